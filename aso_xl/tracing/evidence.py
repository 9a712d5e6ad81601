"""The evidence of printed figures: cells, source, 担当課, delivery, rule and arithmetic of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, assert_never

from ..domain.achievement import Achievement
from ..domain.cells import Cell
from ..domain.confirming import printed, summary_of
from ..domain.departments import joined, measure_owners, owners
from ..domain.fields import REMARK, is_round
from ..domain.ledger import Ledger
from ..domain.numerals import FiscalYear
from ..domain.words import NONE
from ..exchange.cell_values import Key, cell_of, value_of
from ..report.content.origins import (
    OfCells,
    OfChange,
    OfCount,
    OfIndicators,
    OfLine,
    OfRecord,
    OfRules,
    Origin,
    of,
)
from ..report.content.sections.wording import actual_line, cut
from .arithmetic import Arithmetic
from .cells import Cells, GivenCell, numbers_of
from .deliveries import Deliveries, Delivery
from .printed_figures import PrintedFigure

MANY: Final = "「指標ごとの根拠」のとおり"
"""In place of the sources of so many indicators that each has a row of its own elsewhere."""

_FEW: Final = 4
_REMARK_SIZE: Final = 60


@dataclass(frozen=True)
class Basis:
    """On what a figure rests, whatever it is: cells, source, 担当課, files, days, rule, arithmetic."""

    cells: tuple[Cell, ...]
    source: str
    department: str
    file: str
    at: str
    rule: str
    arithmetic: str


@dataclass(frozen=True)
class Evidence:
    """A printed figure and its basis; ``current`` is what the workbook says, if that is another.

    ``document`` is the kind or the file of the document.
    """

    document: str
    figure: PrintedFigure
    basis: Basis
    current: str | None = None


@dataclass(frozen=True)
class IndicatorEvidence:
    """An indicator of the round with what was judged, and its basis."""

    achievement: Achievement
    number: str
    value: str
    basis: Basis


class Tracer:
    """Finds the evidence of figures in documents of one round of a workbook."""

    def __init__(self, ledger: Ledger, round_: FiscalYear) -> None:
        self.ledger, self.round = ledger, round_
        self.made_of = printed(ledger, round_)
        self._cells = Cells(ledger, round_)
        self._arithmetic = Arithmetic(self.made_of)
        self._deliveries = Deliveries(ledger)

    def evidence(self, document: str, figures: Iterable[PrintedFigure]) -> Iterator[Evidence]:
        """Yield the evidence of every figure that says of what it is; of a mere 「－」 none."""
        for figure in figures:
            if figure.origin is None:
                continue
            basis = self.basis(figure.origin)
            if basis.cells or figure.text != NONE:
                yield Evidence(document, figure, basis)

    def indicators(self) -> Iterator[IndicatorEvidence]:
        """Yield the evidence of every indicator in the plan's order."""
        numbers = self.made_of.plan.printed_numbers
        for achievement in summary_of(self.ledger, self.round).achievements.values():
            basis = self.basis(of(achievement, "actual", "result", "progress"))
            value = actual_line(achievement)
            yield IndicatorEvidence(achievement, numbers[achievement.indicator.id], value, basis)

    def basis(self, origin: Origin) -> Basis:
        """Return on what a figure of this origin rests."""
        given, ids = self._cells.of(origin), tuple(_ids(origin))
        cells = tuple(each.cell for each in given)
        arithmetic = self._arithmetic.of(origin)
        if len(ids) > _FEW:
            return Basis(cells, MANY, "", "", "", "", arithmetic)
        found = [delivery for each in given if (delivery := self._delivery(each))]
        indicators = [self.made_of.plan.by_id[id_] for id_ in ids if id_ in self.made_of.plan.by_id]
        return Basis(
            cells,
            _each(self._source(id_) for id_ in ids),
            _each(self._department(id_) for id_ in ids),
            _each(delivery.words for delivery in found),
            _each(delivery.at for delivery in found),
            _each(indicator.rule_label for indicator in indicators),
            arithmetic,
        )

    def _delivery(self, given: GivenCell) -> Delivery | None:
        key = Key(given.id, given.field)
        own = cell_of(self.ledger, key)
        value = value_of(own.value, text=not is_round(key.field)) if own else None
        return self._deliveries.of(key, value)

    def _source(self, id_: str) -> str:
        """Return where a figure is taken from: its 資料, else what is written beside it."""
        indicator = self.made_of.plan.by_id.get(id_)
        if indicator is None or indicator.source:
            return indicator.source if indicator else ""
        row = self.made_of.rows.get(id_)
        remark = row.cells[REMARK].text if row and REMARK in row.cells else ""
        return f"備考: {cut(remark, _REMARK_SIZE)}" if remark else ""

    def _department(self, id_: str) -> str:
        if indicator := self.made_of.plan.by_id.get(id_):
            return joined(owners(self.made_of, indicator))
        return joined(measure_owners(self.made_of, id_))


def _ids(origin: Origin) -> Iterator[str]:
    """Yield the ids of the rows that a figure is of, each once."""
    match origin:
        case OfIndicators(achievements):
            yield from dict.fromkeys(_indicators(achievements))
        case OfCells(cells):
            yield from dict.fromkeys(id_ for id_, _ in cells)
        case OfCount():
            yield from dict.fromkeys(_indicators(origin.rests_on()))
        case OfChange(_, change):
            yield from dict.fromkeys(_indicators(shift.now for shift in change.shifts))
        case OfLine(achievement):
            yield achievement.indicator.id
        case OfRecord() | OfRules():
            return
        case _:
            assert_never(origin)


def _indicators(achievements: Iterable[Achievement]) -> Iterator[str]:
    return (id_ for each in achievements for part in each.parts for id_ in numbers_of(part))


def _each(texts: Iterable[str]) -> str:
    """Return the texts that there are, each once."""
    return "、".join(dict.fromkeys(filter(None, texts)))
