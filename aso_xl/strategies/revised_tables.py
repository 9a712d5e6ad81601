"""Indicators put back into the tables of a definition, with what revisions changed of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from decimal import Decimal
from typing import Any

from ..domain.numerals import FiscalYear
from ..domain.plan import REVISABLE, Indicator, Revision
from ..domain.rule import Rule
from .shapes import Table


def with_revisions(raw: Table, indicators: Mapping[str, Indicator]) -> dict[str, Any]:
    """Return the tables of a definition in which these indicators (by id) hold as they do here."""
    made: dict[str, Any] = deepcopy(dict(raw))
    for table in indicator_tables(made):
        if own := indicators.get(table["id"]):
            _put(table, own)
    return made


def indicator_tables(raw: Table) -> Iterator[dict[str, Any]]:
    """Yield the table of every indicator of a definition."""
    for goal in raw.get("goals", ()):
        yield from goal.get("headlines", ())
        yield from goal.get("kpis", ())
        for measure in goal.get("measures", ()):
            yield from measure.get("kpis", ())


def _put(table: dict[str, Any], own: Indicator) -> None:
    for key in REVISABLE:
        _set(table, key, getattr(own, key))
    _set(table, "targets", {str(round_): _text(value) for round_, value in own.targets})
    _set(table, "revised", [_revision(each) for each in own.revised])


def _revision(own: Revision) -> dict[str, Any]:
    made: dict[str, Any] = {"from": str(own.since)}
    for key in (*REVISABLE, "reason"):
        _set(made, key, getattr(own, key))
    return made


def _set(table: dict[str, Any], key: str, value: Any) -> None:
    """Set an entry; what is none has no entry."""
    if value in (None, "", {}, []):
        table.pop(key, None)
    else:
        table[key] = _text(value)


def _text(value: Any) -> Any:
    match value:
        case Decimal():
            return format(value, "f")
        case FiscalYear():
            return str(value)
        case Rule():
            return value.label
    return value
