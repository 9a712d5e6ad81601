"""A finding of a check: place, finding and remedy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from .. import words
from ..catalogue import IssueKind, Severity
from ..cells import Cell
from ..numerals import FiscalYear, from_float, plain
from ..plan import Indicator

__all__ = ["Issue", "Severity", "errors_of", "issue", "typed"]
_LONGEST = 40


@dataclass(frozen=True)
class Issue:
    """One finding. ``indicator`` is the id, ``name`` its name; what does not apply is None."""

    kind: IssueKind
    sheet: str | None
    cell: str | None
    indicator: str | None
    round: FiscalYear | None
    value: str | None
    finding: str
    remedy: str
    name: str = ""

    @property
    def code(self) -> str:
        return self.kind.code

    @property
    def severity(self) -> Severity:
        return self.kind.severity

    @property
    def message(self) -> str:
        """Return 「place: finding remedy」, as shown to staff."""
        subject = " ".join(filter(None, (self.indicator, self.name)))
        about = "、".join(filter(None, (subject, str(self.round) if self.round else "")))
        return f"{self.place}{f'({about})' if about else ''}: {self.finding}{self.remedy}"

    @property
    def place(self) -> str:
        """Return sheet and cell, as far as there are any."""
        return " ".join(filter(None, (self.sheet, self.cell))) or words.WHOLE_BOOK

    def to_json(self) -> dict[str, str | None]:
        """Return the shape of the command line's JSON (design, section 5); absent is None."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "sheet": self.sheet,
            "cell": self.cell,
            "indicator": self.indicator,
            "round": str(self.round) if self.round else None,
            "value": self.value,
            "message": self.message,
        }


def errors_of(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """Return the findings that are errors."""
    return tuple(issue for issue in issues if issue.severity is Severity.ERROR)


def issue(
    kind: IssueKind,
    cell: Cell | None = None,
    indicator: Indicator | None = None,
    round_: FiscalYear | None = None,
    /,
    **words: object,
) -> Issue:
    """Return an issue of this kind at ``cell``; ``words`` fill the gaps of its sentences.

    The gap {value} is filled with what was typed, unless ``words`` say it better; {left_out} and
    {format} with what the cell's look leaves out and its number format. Raise TypeError for words that
    are missing or too many.
    """
    value = typed(cell) if cell else None
    looks = {"left_out": cell.left_out, "format": cell.number_format} if cell else {}
    gaps = {"value": value or "", **looks, **words}
    if wrong := (words.keys() - kind.gaps) | (kind.gaps - gaps.keys()):
        raise TypeError(f"{kind.code}: {', '.join(sorted(wrong))}")
    shown = {gap: _shorten(str(word)) for gap, word in gaps.items()}
    return Issue(
        kind,
        cell.sheet if cell else None,
        cell.address if cell else None,
        indicator.id if indicator else None,
        round_,
        value,
        kind.finding.format_map(shown),
        kind.remedy.format_map(shown),
        indicator.name if indicator else "",
    )


def typed(cell: Cell) -> str | None:
    """Return what stands in the cell as text, numbers as decimal strings; None for nothing.

    Where the whole is struck out or damaged, that is what stands there.
    """
    match cell.value:
        case bool(value):
            return str(value).upper()
        case float(value):
            return plain(from_float(value))
        case dt.datetime() | dt.date() | dt.time() as value:
            return value.isoformat()
    return cell.text or cell.left_out or None


def _shorten(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
