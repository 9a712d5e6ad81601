"""The drawing of the house, docs/images/house.svg: which room stands above which, and how data runs.

``python tests/tools/house_drawing.py`` writes it again.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from paths import ROOT

TARGET = ROOT / "docs" / "images" / "house.svg"
WIDTH, HEIGHT = 1080, 770
FONTS = "BIZ UDPGothic, Meiryo UI, Yu Gothic UI, IPAexGothic, sans-serif"
EDGE, INNER, PURE = ("#e8f1fa", "#1f4e79"), ("#f7f7f5", "#605e5c"), ("#e6f2ea", "#217346")
WAY = "#c05a00"


class Room(NamedTuple):
    """A box: its name in the package, what it is, and lines on what is in it."""

    name: str
    title: str
    lines: tuple[str, ...]
    left: int
    top: int
    width: int
    height: int
    colours: tuple[str, str] = INNER


ROOMS = (
    Room("cli", "コマンド", ("commands/ に 1 つずつ", "行と JSON"), 60, 60, 230, 92, EDGE),
    Room(
        *("excel", "Excel のボタンとアイコン"),
        (
            "buttons/ 開いているブック · icons/ 落としたファイル",
            "install/ · bundle/ · addin/ 導入と配布",
        ),
        *(310, 60, 440, 92, EDGE),
    ),
    Room("frames", "分析する人へ", ("評価を DataFrame で",), 770, 60, 250, 92, EDGE),
    Room(
        *("jobs", "利用者ができること(どの入口からも同じ)"),
        ("job_words その言葉 · actions することの一覧表",),
        *(60, 172, 960, 66),
    ),
    Room(
        *("exchange", "配布と統合"),
        ("split · status", "merge_files · diff", "three_way 三つを比べる"),
        *(60, 258, 180, 116),
    ),
    Room(
        *("tracing", "根拠"),
        ("数字 → セル", "届けた人 · 計算"),
        *(252, 258, 140, 116),
    ),
    Room(
        *("years", "年度"),
        ("確定 · 訂正", "記録を戻す"),
        *(404, 258, 110, 116),
    ),
    Room(
        *("defining", "定義ブック"),
        ("Excel の表 ⇄ TOML", "draft/ 下書き"),
        *(526, 258, 160, 116),
    ),
    Room(
        *("report", "文書"),
        ("word/ 書き出す", "base/ ひな形 · charts/", "reissue/ 作り直し・照合"),
        *(698, 258, 322, 116),
    ),
    Room("report/content", "", ("content/ 何を", "書くか(sections/)"), 706, 296, 146, 60, PURE),
    Room(
        *("workbook", "評価ブック"),
        (
            "layout どこに何があるか · build/ 作る",
            "read/ 開く → 表 → 列 → 行 → Ledger",
            "write/ セルだけを書き換える",
        ),
        *(60, 394, 400, 116),
    ),
    Room(
        *("strategies", "定義"),
        ("総合戦略の TOML → Plan", "一つの項目の形は shapes"),
        *(480, 394, 210, 116),
    ),
    Room("office", "形式", ("安全に開く、", "そのまま写す"), 732, 394, 138, 116),
    Room("files", "保存", ("上書きしない", "履歴・鍵"), 882, 394, 138, 116),
    Room("domain", "", (), 60, 530, 960, 222, PURE),
    Room("ledger", "", ("Ledger", "読んだままのセル"), 80, 552, 170, 84, PURE),
    Room(
        "figures",
        "",
        ("Figures", "数値・未公表・空欄", "(entry · numerals)"),
        290,
        552,
        170,
        84,
        PURE,
    ),
    Room(
        "achievement",
        "",
        ("achievement 判定", "summary 達成数・達成率", "outlook 見通し"),
        610,
        552,
        200,
        84,
        PURE,
    ),
    Room(
        "checks",
        "",
        ("checks/ 確かめる", "(②と③の間で)", "catalogue 指摘の文"),
        840,
        552,
        160,
        84,
        PURE,
    ),
    Room(
        "plan",
        "",
        (
            "plan 計画 · fields シートの列 · settings 設定 · departments 担当課 · words 語: どれも 1 か所",
        ),
        *(80, 660, 920, 38, PURE),
    ),
)
"""Those without a title are parts of the room in which they stand."""

FLOW = (
    ("M30 452H54", 8, 428, "ブック"),
    ("M165 510V548", 175, 526, "① 読む"),
    ("M250 594H284", 258, 586, "②"),
    ("M460 594H604", 470, 586, "③ 1 度だけ数える"),
    ("M761 552V362", 767, 526, "④"),
    ("M852 326H872", 854, 318, "⑤"),
    ("M1024 292H1052", 1030, 268, "文書"),
)
"""The way of the data: a path, and where its words stand."""


def drawing() -> str:
    """Return the drawing as SVG."""
    return "\n".join([*_head(), *_rooms(), *_flow(), "</svg>", ""])


def _head() -> Iterator[str]:
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" font-family="{FONTS}">'
    )
    yield (
        f'<defs><marker id="end" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
        f'markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="{WAY}"/></marker></defs>'
    )
    yield f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>'
    yield _text(
        60,
        36,
        "入口(上)からきまり(下)へ。部屋は、下にあるものだけを使います",
        17,
        "#201f1e",
        "bold",
    )


def _rooms() -> Iterator[str]:
    for room in ROOMS:
        fill, line = room.colours
        yield (
            f'<rect x="{room.left}" y="{room.top}" width="{room.width}" height="{room.height}" '
            f'rx="6" fill="{fill}" stroke="{line}"/>'
        )
        x, y = room.left + (14 if room.name != "report" else 176), room.top + 25
        if room.title:
            yield _text(x, y, room.title, 15, line, "bold")
            name = _text(room.left + room.width - 12, y, room.name, 13, line)
            yield name.replace("<text", '<text text-anchor="end"')
            y += 24
        for line_ in room.lines:
            yield _text(x, y, line_, 13, "#201f1e")
            y += 21


def _flow() -> Iterator[str]:
    for path, x, y, words in FLOW:
        yield f'<path d="{path}" fill="none" stroke="{WAY}" stroke-width="2" marker-end="url(#end)"/>'
        yield _text(x, y, words, 13, WAY, "bold")
    yield _text(
        80,
        734,
        "domain: 総合戦略のきまり。ファイルも Excel も Word も知りません",
        15,
        PURE[1],
        "bold",
    )


def _text(x: int, y: int, words: str, size: int, colour: str, weight: str = "normal") -> str:
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" fill="{colour}" font-weight="{weight}">'
        f"{escape(words)}</text>"
    )


if __name__ == "__main__":
    TARGET.write_text(drawing(), encoding="utf-8")
