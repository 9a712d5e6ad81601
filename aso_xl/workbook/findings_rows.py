"""The rows of 検証結果, whoever writes them: a row per finding, with a link to its cell and the key
that the colours look up.

What was found often is counted in rows at the top, each with a link to where its list begins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ..domain.checks import Issue
from ..domain.checks.groups import Group, grouped
from ..domain.fields import fields_of
from ..domain.ledger import Area, Ledger
from ..office.addresses import address_of

NO_FINDING: Final = "指摘はありません。"
BELOW: Final = "下に 1 件ずつ並べています。"


@dataclass(frozen=True)
class Jump:
    """A link: the cell to which it leads, and what it shows."""

    sheet: str
    cell: str
    shown: str

    @property
    def formula(self) -> str:
        """Return the formula that shows and follows it, without ``=``."""
        sheet = self.sheet.replace("'", "''").replace('"', '""')
        shown = self.shown.replace('"', '""')
        return f'HYPERLINK("#\'{sheet}\'!{self.cell}","{shown}")'


Row = tuple[str | Jump, ...]


def finding_rows(
    ledger: Ledger, issues: Iterable[Issue], area: Area, first: Sequence[Row] = ()
) -> list[Row]:
    """Return the rows below the headings of the table that stands at ``area``, the gravest first.

    What else is to be listed stands ``first``.
    """
    keys, groups = _keys(ledger), grouped(issues)
    listed = (_row(issue, keys) for group in groups for issue in group.issues)
    counted = _counted(groups, area.first_row + len(first), area)
    return [*first, *counted, *listed] or [("", "", "", NO_FINDING, "", "")]


Keys = Mapping[tuple[str, str], str]


def key_of(id_: str, head: str) -> str:
    """Return what the colours look up of a cell, behind a severity: its row's id, its heading."""
    return f"|{id_}|{head}"


def _keys(ledger: Ledger) -> Keys:
    """Return the key of every cell of an indicator, 施策 or goal, by sheet and address."""
    return {
        (cell.sheet, cell.address): key_of(row.id, heads[name])
        for row in ledger.every_row()
        for heads in [{field.key: field.head for field in fields_of(ledger.plan, row.id)}]
        for name, cell in row.cells.items()
        if name in heads
    }


def _row(issue: Issue, keys: Keys) -> Row:
    key = keys.get((issue.sheet or "", issue.cell or ""), "")
    subject = " ".join(filter(None, (issue.indicator, issue.name)))
    word = issue.severity.word
    return (
        word,
        _place(issue),
        subject,
        issue.finding,
        issue.remedy,
        f"{word}{key}" if key else "",
    )


def _counted(groups: Sequence[Group], above: int, area: Area) -> Iterator[Row]:
    """Yield a row for every kind that was found often; they follow the row ``above``."""
    many = [group for group in groups if group.is_many]
    place = above + len(many) + 1
    for group in groups:
        if group.is_many:
            cell = address_of(place, area.first_column + 1)
            link = Jump(area.sheet, cell, f"{place}行目から")
            yield (group.kind.severity.word, link, "", group.heading, BELOW, "")
        place += len(group.issues)


def _place(issue: Issue) -> str | Jump:
    """Return a link to the place; plain text without a cell."""
    if not (issue.sheet and issue.cell):
        return issue.place
    return Jump(issue.sheet, issue.cell, issue.place)
