"""The named places that staff type in a base document, as 「{{名前}}」 in Word.

Full-width braces and blanks within the braces mean the same.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from operator import eq
from typing import Final

from ...domain.text import bare

BODY: Final = "本文"
SPECIMEN: Final = "見本"

SECTIONS: Final[Mapping[str, str]] = {
    "表題": "文書の題名",
    "目次": "見出しの一覧",
    "概要": "全体と基本目標ごとの達成状況、前回からの変化(概要版では、その1ページ)",
    "評価": "基本目標ごとの評価表",
    "あと少し": "達成まであと少しの指標と、目標までの差",
    "遅れ": "遅れている指標と、その要因・今後の方向",
    "施策": "施策ごとの取組・課題・今後の方向",
    "推移": "年度ごとの達成状況、KPIの進捗率と、指標の推移のグラフ",
    "用語": "達成率・進捗率・進み具合などの説明",
    "資料": "基本目標ごとの指標の一覧表",
    "担当課別": "担当課ごとの達成状況と、その指標の一覧",
    "会議": "会議資料: 基本目標ごとの評価と、意見を書く欄",
    "意見": "会議の意見と、その対応の一覧",
    "新旧対照": "改訂した所の新旧対照表",
}
"""Name of a section → what stands there."""

FRONT: Final = frozenset({"表題", "目次"})
"""Sections that say nothing of the evaluation by themselves."""

BLOCKS: Final[Mapping[str, str]] = {
    BODY: "次のうち、自分の場所がないものすべて",
    **SECTIONS,
    SPECIMEN: "この段落から後ろは報告書に出ない",
}
"""Places that stand alone in a paragraph of the body."""

WORDS: Final[Mapping[str, str]] = {
    "総合戦略": "総合戦略の名称",
    "見出し": "設定の「見出し」",
    "市町村": "市町村の名称",
    "評価年度": "評価年度(令和8年度)",
    "達成項目数": "達成したKPIの数",
    "項目数": "KPIの数",
    "達成率": "KPIの達成率",
    "作成日": "文書を作った日",
}
"""Places within any text, header and footer."""

FIGURE_WORDS: Final[Mapping[str, str]] = {
    "達成項目数": "achieved",
    "項目数": "total",
    "達成率": "rate",
}
"""Words that are figures → what their marks are named after: ``word_rate_2``."""

_NARROW: Final = str.maketrans("｛｝", "{}")
_PLACE: Final = re.compile(r"\{\{([^{}]*)\}\}")
_SINGLE: Final = re.compile(r"\{([^{}]*)\}")
_LIKELY: Final = 0.5
"""One wrong letter of two is still a likely slip: 概用 for 概要."""


@dataclass(frozen=True)
class Placeholder:
    """A place as it stands in a text: its name, how it was written, and from where to where."""

    name: str
    written: str
    start: int
    end: int


def places(text: str) -> Iterator[Placeholder]:
    """Yield the places of a text in order, whatever their names."""
    for match in _PLACE.finditer(text.translate(_NARROW)):
        start, end = match.span()
        yield Placeholder(_name(match[1]), text[start:end], start, end)


def alone(text: str) -> str:
    """Return the name of the place that is all of the text but blanks; "" if there is none."""
    match = _PLACE.fullmatch(text.translate(_NARROW).strip())
    return _name(match[1]) if match else ""


def loose_braces(text: str) -> str:
    """Return the piece of a text where braces are missing, cut short; "" if all is well.

    Single braces are braces of staff's own, unless a name of ours stands in them.
    """
    rest = _PLACE.sub(lambda match: "\0" * len(match[0]), text.translate(_NARROW))
    starts = [rest.find(pair) for pair in ("{{", "}}")]
    starts += [f.start() for f in _SINGLE.finditer(rest) if _name(f[1]) in {*BLOCKS, *WORDS}]
    starts = [start for start in starts if start >= 0]
    if not starts:
        return ""
    start = min(starts)
    if rest.startswith("}}", start):
        start = max(0, rest.rfind("\0", 0, start) + 1, rest.rfind("{", 0, start), start - 10)
    return text[start : start + 12].strip()


def written(name: str) -> str:
    """Return the place as staff should type it."""
    return f"{{{{{name}}}}}"


def suggestion(name: str, known: Iterable[str]) -> str:
    """Return the known name most like a mistyped one, letters in their place first; "" if none."""

    def likeness(other: str) -> tuple[float, int]:
        return SequenceMatcher(None, name, other).ratio(), sum(map(eq, name, other))

    best = max(known, key=likeness)
    return best if likeness(best)[0] >= _LIKELY else ""


def _name(text: str) -> str:
    return bare(text)
