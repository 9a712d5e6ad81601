"""What the tables of a definition file may hold: keys and the kind of their values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Table = Mapping[str, Any]
Shape = Mapping[str, type | tuple[type, ...]]

YEAR = (str, int)
FILE: Shape = {"plan": dict, "goals": list, "relations": list}
PLAN: Shape = {
    **dict.fromkeys(("id", "title", "short_title", "municipality"), str),
    **dict.fromkeys(("round", "baseline_year", "target_year"), YEAR),
    **dict.fromkeys(("period", "rounds", "departments"), list),
    "stated_kpi_total": int,
}
GOAL: Shape = {
    "number": int,
    "title": str,
    "headlines": list,
    "measures": list,
    "kpi_counts": dict,
}
KPI_COUNTS: Shape = {"total": int, "achieved": int}
MEASURE: Shape = {"number": int, "name": str, "kpis": list}
FLAGS = ("cumulative", "signed", "over_100", "money")
TEXTS = ("unit", "department", "statement", "source", "note")
INDICATOR: Shape = {
    **dict.fromkeys(("id", "name", "rule", *TEXTS), str),
    # numbers are written as text; the parser of numbers says so itself
    **dict.fromkeys(("baseline", "target"), object),
    **dict.fromkeys(("baseline_year", "target_year"), YEAR),
    **dict.fromkeys(FLAGS, bool),
    "lag": int,
}
RELATION: Shape = {
    **dict.fromkeys(("kind", "id", "part", "whole"), str),
    **dict.fromkeys(("plus", "minus", "ids"), list),
}
_WORDS = {str: "文字列", int: "整数", bool: "true か false", list: "[ ] の並び", dict: "表"}


def fits(value: object, kind: type | tuple[type, ...]) -> bool:
    """Return whether a value is of the kind; true and false are no integers."""
    return isinstance(value, kind) and not (isinstance(value, bool) and kind in (int, YEAR))


def misfits(raw: Table, shape: Shape) -> Iterator[tuple[str, str]]:
    """Yield (key, what to do about it) for unknown keys and values of another kind."""
    for key, value in raw.items():
        if key not in shape:
            yield key, f"{key} という項目はありません。つづりを確かめてください"
        elif not fits(value, kind := shape[key]):
            word = "年度" if isinstance(kind, tuple) else _WORDS[kind]
            yield key, f"{key} は{word}で書いてください"
