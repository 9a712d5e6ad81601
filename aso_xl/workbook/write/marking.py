"""The findings written into a workbook: listed in 検証結果 with links, from where the cells take
their colours. Every other sheet stays byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from ...domain.checks import Issue
from ...domain.ledger import Area, Ledger
from ..build.findings_sheet import WIDTHS
from ..findings_rows import Jump, Row, finding_rows
from ..layout import FINDING_HEADS, FINDING_KEYS, FINDINGS, FINDINGS_TABLE, MAX_FINDINGS
from .own_sheet import OwnSheet
from .own_sheet_part import free_name
from .sheet_cells import Formula, Value
from .writing import TableBody, apply

_PLACE, _KEY = FINDING_HEADS[1], FINDING_HEADS[-1]
_KEY_WIDTH: Final = 10.0


@dataclass(frozen=True)
class Marking:
    """What puts findings into a workbook: the rows of 検証結果, or the sheet where it is gone."""

    bodies: tuple[TableBody, ...] = ()
    sheets: tuple[OwnSheet, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)


def marked(package: bytes, ledger: Ledger, issues: Iterable[Issue], name: str) -> bytes:
    """Return the workbook with its findings, the gravest first.

    Raise WorkbookError, with the ``name`` of the workbook, where the package is damaged.
    """
    marks = marking(ledger, issues)
    return apply(
        package, (), name=name, bodies=marks.bodies, sheets=marks.sheets, names=marks.names
    )


def marking(ledger: Ledger, issues: Iterable[Issue], first: Sequence[Row] = ()) -> Marking:
    """Return what puts the findings into a workbook, below what else is to be listed ``first``."""
    if area := ledger.areas.get(FINDINGS_TABLE):
        rows = finding_rows(ledger, issues, area, first)
        return Marking(bodies=(TableBody(area, _stored(rows)),))
    sheet = free_name(FINDINGS, ledger.sheets)
    rows = finding_rows(ledger, issues, Area(sheet, 1, 1, 1, len(FINDING_HEADS)), first)
    again = OwnSheet(
        *(sheet, FINDINGS_TABLE, FINDING_HEADS, _stored(rows), (*WIDTHS, _KEY_WIDTH)),
        links=(_PLACE,),
        hidden=(_KEY,),
        is_protected=False,
    )
    column = again.column(_KEY)
    keys = f"'{sheet}'!${column}$2:${column}${1 + MAX_FINDINGS}"
    return Marking(sheets=(again,), names={FINDING_KEYS: keys})


def _stored(rows: Iterable[Row]) -> tuple[tuple[Value | Formula, ...], ...]:
    return tuple(tuple(map(_cell, row)) for row in rows)


def _cell(value: str | Jump) -> Value | Formula:
    return Formula(value.formula, value.shown) if isinstance(value, Jump) else value or None
