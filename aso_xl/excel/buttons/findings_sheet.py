"""Writing 検証結果: a row per finding, with a link to its cell and the key the colours look up.

What was found often is counted in rows at the top, each with a link to where its list begins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from ...domain.checks import Issue
from ...domain.checks.groups import Group, grouped
from ...domain.fields import indicator_fields
from ...domain.ledger import Area, Ledger
from ...office.addresses import address_of
from ...workbook.layout import FINDING_HEADS, FINDINGS, FINDINGS_TABLE
from . import live

NO_FINDING: Final = "指摘はありません。"
BELOW: Final = "下に 1 件ずつ並べています。"


def write(book: Any, ledger: Ledger, issues: Iterable[Issue]) -> None:
    """Replace the findings in the workbook's own table 検証結果表, the gravest first.

    Raise WorkbookError, with nothing changed, if staff have protected the sheet.
    """
    sheet, area = _place(book, ledger)
    live.require_unprotected(sheet)
    heads = _heads(ledger)
    groups = grouped(issues)
    listed = [_row(issue, heads) for group in groups for issue in group.issues]
    rows = [*_counted(groups, area), *listed] or [["", "", "", NO_FINDING, "", ""]]
    live.write_body(sheet, area, rows)
    with live.begun(area.sheet):
        _resize(sheet, area, len(rows))


def _place(book: Any, ledger: Ledger) -> tuple[Any, Area]:
    """Return the sheet and area of the table; both are made anew where staff deleted them."""
    if area := ledger.areas.get(FINDINGS_TABLE):
        return book.sheets[area.sheet], area
    names = [sheet.name for sheet in book.sheets]
    if FINDINGS in names:
        sheet = book.sheets[FINDINGS]
        live.require_unprotected(sheet)
    else:
        sheet = book.sheets.add(FINDINGS, after=book.sheets[names[-1]])
    sheet.range((4, 1), (4, len(FINDING_HEADS))).value = list(FINDING_HEADS)
    used = sheet.used_range.last_cell.row
    return sheet, Area(FINDINGS, 4, 1, max(5, used), len(FINDING_HEADS))


def _resize(sheet: Any, area: Area, rows: int) -> None:
    if area.last_row != area.first_row + rows and area.table in sheet.tables:
        bottom = area.first_row + rows
        cells = sheet.range((area.first_row, area.first_column), (bottom, area.last_column))
        sheet.tables[area.table].resize(cells)


Heads = Mapping[tuple[str, str], tuple[str, str]]


def _heads(ledger: Ledger) -> Heads:
    """Return id and column heading of every cell of an indicator, by sheet and address."""
    heads = {
        field.key: field.head
        for kind in ("headline", "kpi")
        for field in indicator_fields(ledger.plan, kind)
    }
    return {
        (cell.sheet, cell.address): (row.id, heads[key])
        for row in ledger.rows.values()
        for key, cell in row.cells.items()
        if key in heads
    }


def _row(issue: Issue, heads: Heads) -> list[str]:
    id_, head = heads.get((issue.sheet or "", issue.cell or ""), ("", ""))
    subject = " ".join(filter(None, (issue.indicator, issue.name)))
    word = issue.severity.word
    key = f"{word}|{id_}|{head}" if id_ else ""
    texts = (subject, issue.finding, issue.remedy, key)
    return [word, _link(issue), *map(live.as_text, texts)]


def _counted(groups: Sequence[Group], area: Area) -> Iterator[list[str]]:
    """Yield a row for every kind that was found often."""
    many = [group for group in groups if group.is_many]
    place = area.first_row + len(many) + 1
    for group in groups:
        if group.is_many:
            cell = address_of(place, area.first_column + 1)
            link = _jump(area.sheet, cell, f"{place}行目から")
            yield [group.kind.severity.word, link, "", group.heading, BELOW, ""]
        place += len(group.issues)


def _link(issue: Issue) -> str:
    """Return a formula that shows the place and jumps to it; plain text without a cell."""
    if not (issue.sheet and issue.cell):
        return live.as_text(issue.place)
    return _jump(issue.sheet, issue.cell, issue.place)


def _jump(sheet: str, cell: str, shown: str) -> str:
    name = sheet.replace("'", "''").replace('"', '""')
    shown = shown.replace('"', '""')
    return f'=HYPERLINK("#\'{name}\'!{cell}","{shown}")'
