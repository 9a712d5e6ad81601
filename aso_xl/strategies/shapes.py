"""What the tables of a definition file may hold: keys and the kind of their values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final

Table = Mapping[str, Any]

_MOST: Final = 10**9
"""Whole numbers in a definition count things: none is as large."""


@dataclass(frozen=True)
class Kind:
    """A kind of value: what is asked for, in words, and whether a value is of it."""

    words: str
    fits: Callable[[Any], bool]


Shape = Mapping[str, Kind]


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < _MOST


def _is_year(value: object) -> bool:
    return isinstance(value, str) or _is_whole(value)


def _all(fits: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, list) and all(map(fits, value))


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_table(value: object) -> bool:
    return isinstance(value, dict)


TEXT: Final = Kind('文字列で(" " で囲んで)書いてください', _is_text)
WHOLE: Final = Kind("整数で(けた数の少ない数を、引用符なしで)書いてください", _is_whole)
FLAG: Final = Kind("true か false で書いてください", lambda value: isinstance(value, bool))
YEAR: Final = Kind('年度で、"R8" のように引用符で囲んで書いてください', _is_year)
YEARS: Final = Kind('[ ] の並びで、年度を ["R8", "R9"] のように書いてください', _all(_is_year))
NAMES: Final = Kind('[ ] の並びで、["…", "…"] のように文字列を書いてください', _all(_is_text))
TABLE: Final = Kind("表で(項目 = 値 の形で)書いてください", _is_table)
TARGETS: Final = Kind(
    '{ R8 = "105", R9 = "110" } のように、年度ごとの目標値を書いてください', _is_table
)
REVISED: Final = Kind(
    '[ ] の並びで、[{ from = "R9", target = "430", reason = "…" }] のように書いてください',
    _all(_is_table),
)
LIST: Final = Kind("[ ] の並びで書いてください", lambda value: isinstance(value, list))
ANY: Final = Kind("", lambda value: True)


def tables(head: str) -> Kind:
    """Return the kind of a list of tables that is written under ``[[head]]``."""
    return Kind(f"[ ] の並びで、[[{head}]] と二重のかっこの見出しで書いてください", LIST.fits)


FILE: Final[Shape] = {
    "plan": Kind("[plan] という見出しの表で書いてください", _is_table),
    "goals": tables("goals"),
    "relations": tables("relations"),
    "grades": tables("grades"),
    "fields": tables("fields"),
    "repairs": ANY,
    "entries": ANY,
}
PLAN: Final[Shape] = {
    **dict.fromkeys(("id", "title", "short_title", "municipality"), TEXT),
    **dict.fromkeys(("round", "baseline_year", "target_year"), YEAR),
    **dict.fromkeys(("period", "rounds"), YEARS),
    "departments": NAMES,
    "stated_kpi_total": WHOLE,
    **dict.fromkeys(("judged_against", "progress", "rounding"), TEXT),
}
GOAL: Final[Shape] = {
    "number": WHOLE,
    "title": TEXT,
    "label": TEXT,
    "headlines": LIST,
    "kpis": LIST,
    "measures": tables("goals.measures"),
    "kpi_counts": TABLE,
    "was": NAMES,
}
KPI_COUNTS: Final[Shape] = {"total": WHOLE, "achieved": WHOLE}
MEASURE: Final[Shape] = {
    "number": WHOLE,
    "name": TEXT,
    "kpis": LIST,
    **dict.fromkeys(("label", "group"), TEXT),
    "was": NAMES,
}
FLAGS: Final = ("cumulative", "signed", "over_100", "money")
TEXTS: Final = (
    *("unit", "department", "statement", "source", "note"),
    *("label", "printed_baseline", "printed_target"),
)
INDICATOR: Final[Shape] = {
    **dict.fromkeys(("id", "name", "rule", *TEXTS), TEXT),
    # numbers are written as text; the parser of numbers says so itself
    **dict.fromkeys(("baseline", "target", "factor"), ANY),
    **dict.fromkeys(("baseline_year", "target_year"), YEAR),
    **dict.fromkeys(FLAGS, FLAG),
    "lag": WHOLE,
    "targets": TARGETS,
    "aggregate": TEXT,
    **dict.fromkeys(("from", "until"), YEAR),
    "revised": REVISED,
    "was": NAMES,
}
REVISION: Final[Shape] = {
    "from": YEAR,
    **dict.fromkeys(("baseline", "target"), ANY),
    **dict.fromkeys(("baseline_year", "target_year"), YEAR),
    **dict.fromkeys(("rule", "printed_target", "reason"), TEXT),
}
RELATION: Final[Shape] = {
    **dict.fromkeys(("kind", "id", "part", "whole", "name"), TEXT),
    **dict.fromkeys(("plus", "minus", "ids"), NAMES),
}
GRADE: Final[Shape] = dict.fromkeys(("name", "at_least", "of"), TEXT)
FIELD: Final[Shape] = {
    **dict.fromkeys(("key", "name", "at", "type", "unit", "by", "role"), TEXT),
    **dict.fromkeys(("print", "optional"), FLAG),
    "choices": NAMES,
}
ENTRIES: Final[Shape] = dict.fromkeys(
    ("settings", "actuals", "remarks", "departments", "measures", "indicators", "goals"), TABLE
)
_PLACES: Final = (("ファイルの先頭", FILE), ("[plan]", PLAN), ("[[goals]]", GOAL))
_LATER: Final = (
    ("[[goals.measures]]", MEASURE),
    ("指標", INDICATOR),
    ("revised", REVISION),
    ("[[relations]]", RELATION),
    ("[[grades]]", GRADE),
    ("[[fields]]", FIELD),
    ("[entries]", ENTRIES),
)


def misfits(raw: Table, shape: Shape) -> Iterator[tuple[str, str]]:
    """Yield (key, what to do about it) for unknown keys and values of another kind."""
    for key, value in raw.items():
        if key not in shape:
            yield key, f"{short(key)} という項目はありません。{_hint(key, shape)}"
        elif not shape[key].fits(value):
            yield key, f"{key} は{shape[key].words}"


def _hint(key: str, shape: Shape) -> str:
    for place, other in (*_PLACES, *_LATER):
        if other is not shape and key in other:
            return f"{place}に書く項目です。つづりと書く場所を確かめてください"
    if len(key) < 40 and (near := get_close_matches(key, shape, 1)):
        return f"{near[0]} ではありませんか。つづりを確かめてください"
    return f"つづりを確かめてください(書ける項目: {'、'.join(shape)})"


def short(text: object) -> str:
    """Return a text as it is shown in a message: one line, not too long."""
    line = " ".join(str(text).split())
    line = "".join(c if c.isprintable() else "□" for c in line)
    return line if len(line) <= 40 else f"{line[:39]}…"
