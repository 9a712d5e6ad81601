"""The bytes of a definition file as tables: what cannot be read is said with its line and remedy."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, Final

from ..errors import DefinitionError
from ..files.inputs import read_input

MOST: Final = 50 * 2**20
"""Bytes of a definition file; the packaged ones have some tens of thousands."""

_SAVE: Final = "メモ帳などで開き、「名前を付けて保存」の文字コードを UTF-8 にして保存してください。"
_PLACE: Final = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_LONG: Final = re.compile(r"[0-9A-Fa-f_]{1000,}")
_BRACKETS: Final = re.compile(r"[\[{.]")

_MEANINGS: Final = (
    ("Expected '='", "項目のあとに = がありません。項目 = 値 の形で書いてください"),
    ("Expected newline", "1 行に 2 つのことが書かれています。値のあとで改行してください"),
    ("Expected ']'", "見出しが閉じていません。[plan] のように ] で閉じてください"),
    ("Expected ']]'", "見出しが閉じていません。[[goals]] のように ]] で閉じてください"),
    ("Unclosed array", "[ が閉じていません。値の間を , で区切り、] で閉じてください"),
    ("Unclosed inline table", "{ が閉じていません。項目の間を , で区切り、} で閉じてください"),
    ("Unterminated string", '文字列が閉じていません。" で閉じてください'),
    ("Illegal character '\\n'", '文字列が行の中で閉じていません。" で閉じてください'),
    ("Illegal character", "使えない制御文字があります。消してください"),
    ("Found invalid character", "使えない制御文字があります。消してください"),
    ("Unescaped", r"文字列の中の \ は \\ と書いてください"),
    ("Escaped character", r"\u で書かれた文字がありません。正しい文字を書いてください"),
    ("Invalid hex", r"\u のあとには 16 進数を書いてください"),
    ("Invalid date", "日付として読めません。年度や数値は引用符で囲んでください"),
    ("Invalid initial", "項目の名前がありません。日本語の項目名は引用符で囲んでください"),
    ("Invalid statement", "項目にも見出しにもなっていません。項目 = 値 の形で書いてください"),
    ("Invalid value", '値として読めません。文字・数値・年度は "R8" のように引用符で囲んでください'),
    ("Duplicate", "同じ項目が 2 回書かれています。1 つにしてください"),
    ("Cannot overwrite", "同じ項目が 2 回書かれています。1 つにしてください"),
    ("Cannot declare", "同じ見出しが 2 回書かれています。1 つにしてください"),
    ("Cannot", "見出しが、前に書かれたことと合いません。[ ] と [[ ]] の別と順序を確かめてください"),
)


def tables_of(path: Path) -> dict[str, Any]:
    """Return the tables of the definition file at ``path``.

    Raise DefinitionError, which names the file, the line where there is one, and the remedy.
    """
    return _parsed(path.name, _decoded(path.name, _bytes(path)))


def _bytes(path: Path) -> bytes:
    try:
        there = path.exists()
    except (OSError, ValueError):  # a name that no file can have
        there = False
    if not there:
        raise DefinitionError(
            f"定義ファイルが見つかりません: {str(path)[:200]}。"
            "third、second、またはファイルの場所を指定してください。"
        )
    return read_input(
        path, DefinitionError, what="定義ファイル", program="ほかのプログラム", most=MOST
    )


def _decoded(name: str, data: bytes) -> str:
    """Return the text, with line ends of Windows and old Macs made one."""
    if data.startswith(b"PK\x03\x04"):
        raise DefinitionError(
            f"{name} は文字のファイルではありません(Excel ブックなど)。"
            "定義ファイル(.toml)を指定してください。"
        )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DefinitionError(f"{name} は UTF-16 で保存されています。{_SAVE}")
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        raise DefinitionError(
            f"{name} の {line} 行目に文字でないもの(NUL)があります。"
            f"それを消すか、元のファイルを確かめてください。{_SAVE}"
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DefinitionError(
            f"{name} は UTF-8 で保存されていません({line} 行目{_guess(data)})。{_SAVE}"
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _guess(data: bytes) -> str:
    """Return the encoding that the file seems to have, to be said."""
    for codec, name in (("euc_jp", "EUC-JP"), ("cp932", "Shift_JIS")):
        try:
            data.decode(codec)
        except UnicodeDecodeError:
            continue
        return f"、{name} のようです"
    return ""


def _parsed(name: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError(f"{name}{_syntax(str(error))}") from None
    except RecursionError:
        lines = text.split("\n")
        deepest = max(range(len(lines)), key=lambda n: len(_BRACKETS.findall(lines[n])))
        raise DefinitionError(
            f"{name} の {deepest + 1} 行目: [ ] や {{ }} の入れ子が深すぎます。"
            "書き方の例に合わせて、入れ子を減らしてください。"
        ) from None
    except (ValueError, OverflowError):
        long = _LONG.search(text)
        place = f" の {text.count(chr(10), 0, long.start()) + 1} 行目" if long else ""
        raise DefinitionError(
            f"{name}{place}: 数字が長すぎて読めません。けた数を確かめてください。"
        ) from None


def _syntax(error: str) -> str:
    """Return what the TOML parser says, in Japanese, with the line."""
    place = _PLACE.search(error)
    line = f" の {place[1]} 行目" if place and place[1] else " の最後"
    meaning = next(
        (meaning for begin, meaning in _MEANINGS if error.startswith(begin)), "書き方が違います"
    )
    return f"{line}: TOML として読めません。{meaning}。"
