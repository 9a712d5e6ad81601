"""From the origin of a printed figure to its cells: on the sheets, or of a confirmed round in 確定記録."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple, assert_never

from ..domain.achievement import Achievement
from ..domain.cells import Cell
from ..domain.corrections import actual_of
from ..domain.fields import (
    BASELINE,
    BASELINE_YEAR,
    DEPARTMENT,
    PRINTED_BASELINE,
    PRINTED_TARGET,
    REVISED,
    RULE,
    TARGET,
    TARGET_YEAR,
    fields_of,
    is_round,
    notes,
    target_of,
)
from ..domain.joining import asked_until
from ..domain.ledger import Ledger
from ..domain.numerals import FiscalYear
from ..domain.plan import Indicator, Plan
from ..domain.record_heads import (
    ACHIEVED,
    AT,
    ID,
    NAME,
    OWNER,
    SENTENCE,
    TOTAL,
    VALUE,
    WRITTEN,
    YEAR,
)
from ..domain.record_heads import BASELINE as BASELINE_HEAD
from ..domain.record_heads import RULE as RULE_HEAD
from ..domain.record_heads import TARGET as TARGET_HEAD
from ..domain.settings import keys
from ..report.content.origins import (
    OF_PACE,
    Aspect,
    OfCells,
    OfChange,
    OfCount,
    OfIndicators,
    OfLine,
    OfRecord,
    OfRules,
    Origin,
)
from ..report.content.sections.wording import aim_of_round

_IN_RECORD: Final[Mapping[str, str]] = {
    BASELINE: BASELINE_HEAD,
    PRINTED_BASELINE: BASELINE_HEAD,
    TARGET: TARGET_HEAD,
    PRINTED_TARGET: TARGET_HEAD,
    RULE: RULE_HEAD,
    DEPARTMENT: OWNER,
}
"""The columns of 確定記録 that hold what stands in a column of the sheets."""


_Lines = Mapping[tuple[str, str], Mapping[str, Cell]]


class GivenCell(NamedTuple):
    """A cell that gives a figure: of a row and field, "" where it is none of the tables' (設定)."""

    cell: Cell
    id: str = ""
    field: str = ""


class Cells:
    """Finds the cells of origins in a workbook, for the documents of one round."""

    def __init__(self, ledger: Ledger, round_: FiscalYear) -> None:
        self._ledger, self._round = ledger, round_
        self._lines = _record_lines(ledger)
        self._rounds: dict[FiscalYear, _CellsOfRound] = {}

    def of(self, origin: Origin) -> tuple[GivenCell, ...]:
        """Return the cells that a figure is of, each once, in order; () where none gives it."""
        found: dict[tuple[str, str], GivenCell] = {}
        for each in self._of(origin):
            found.setdefault((each.cell.sheet, each.cell.address), each)
        return tuple(found.values())

    def _in(self, round_: FiscalYear) -> _CellsOfRound:
        """Return what finds the cells of a round: what it is judged by may be another's record."""
        if round_ not in self._rounds:
            own = self._ledger.records.get(self._round)
            plan = own.plan if own else self._ledger.plan
            self._rounds[round_] = _CellsOfRound(self._ledger, round_, self._lines, plan)
        return self._rounds[round_]

    def _of(self, origin: Origin) -> Iterator[GivenCell]:
        own = self._in(self._round)
        match origin:
            case OfIndicators(achievements, aspects):
                yield from self._indicators(achievements, aspects)
            case OfCells(cells):
                yield from own.fields(cells)
            case OfCount():
                yield from self._indicators(origin.rests_on(), ("actual",))
                for goal in origin.published:
                    yield from self._in(origin.round or self._round).counts(goal.goal.number)
            case OfChange(_, change):
                yield from self._indicators((each.before for each in change.shifts), ("actual",))
                yield from self._indicators((each.now for each in change.shifts), ("actual",))
            case OfLine(achievement, line):
                indicator = achievement.indicator
                years = (line.first[0], line.newest[0])
                yield from own.fields((indicator.id, str(y + indicator.lag)) for y in years)
                yield from self._indicators((achievement,), ("final",))
            case OfRecord(round_):
                yield from self._in(round_).confirmation()
            case OfRules(settings):
                for path in settings:
                    yield from own.setting(*path)
            case _:
                assert_never(origin)

    def _indicators(
        self, achievements: Iterable[Achievement], aspects: Iterable[Aspect]
    ) -> Iterator[GivenCell]:
        """Yield the cells of each value of some indicators, in the round in which it was judged."""
        for achievement in achievements:
            for part in achievement.parts:
                ids = numbers_of(part)
                yield from self._in(part.round).indicator(part, aspects, ids)


class _CellsOfRound:
    """Finds the cells of one round: in its record, else on the sheets.

    Rows are asked for by their ids in ``plan``; a record of an earlier version has those of its day.
    """

    def __init__(self, ledger: Ledger, round_: FiscalYear, lines: _Lines, plan: Plan) -> None:
        self._ledger, self._round, self._lines = ledger, round_, lines
        self._record = ledger.records.get(round_)
        self._plan = self._record.plan if self._record else ledger.plan
        self._then = _ids_then(ledger, self._plan, plan)

    def fields(self, cells: Iterable[tuple[str, str]]) -> Iterator[GivenCell]:
        """Yield the cells of rows and fields; none where the row or the column is gone."""
        for id_, field in cells:
            if cell := self._at(id_, field):
                yield GivenCell(cell, id_, field)

    def indicator(
        self, achievement: Achievement, aspects: Iterable[Aspect], ids: Sequence[str]
    ) -> Iterator[GivenCell]:
        """Yield the cells that something of a judged value is of, under each of its numbers."""
        for each in aspects:
            for id_ in ids:
                yield from self.fields((id_, field) for field in self._named(achievement, each))
            if each == "standing" and not self._plan.grades:
                for path in OF_PACE.settings:
                    yield from self.setting(*path)

    def setting(self, *path: str) -> Iterator[GivenCell]:
        """Yield the cells of a setting."""
        for key in keys(*path):
            kept = self._line(key, WRITTEN) if self._record else None
            if cell := kept or self._ledger.setting_cells.get(key):
                yield GivenCell(cell)

    def counts(self, goal: int) -> Iterator[GivenCell]:
        """Yield the cells of the counts that are typed of a goal."""
        if not self._record:
            yield from map(GivenCell, self._ledger.count_cells.get(goal, ()))
            return
        for head in (TOTAL, ACHIEVED):
            if cell := self._line(f"{goal} KPI", head):
                yield GivenCell(cell)

    def confirmation(self) -> Iterator[GivenCell]:
        """Yield the cell that says when the round was confirmed."""
        if cell := self._line(self._plan.title, AT):
            yield GivenCell(cell)

    def _named(self, achievement: Achievement, aspect: Aspect) -> Iterator[str]:
        """Yield the fields that something of an indicator is of."""
        match aspect:
            case "actual":
                yield from map(str, self._rounds(achievement))
            case "baseline":
                yield from _baseline(achievement.indicator)
            case "final":
                yield from _target(achievement.indicator)
            case "aim":
                yield from _aims(achievement)
            case "target":
                yield from _target(achievement.indicator)
                yield from _aims(achievement)
            case "result" | "missing":
                yield from map(str, self._rounds(achievement))
                yield from _judged_target(achievement)
                if achievement.is_kept:
                    yield from _baseline(achievement.indicator)
            case "progress":
                yield from map(str, self._rounds(achievement))
                if self._plan.progress == "baseline":
                    yield from _baseline(achievement.indicator)
                yield from _judged_target(achievement)
            case "standing":
                yield from self._named(achievement, "result")
                yield from self._named(achievement, "progress")
                yield from (BASELINE_YEAR, TARGET_YEAR)
            case _:
                assert_never(aspect)

    def _rounds(self, achievement: Achievement) -> Iterable[FiscalYear]:
        """Return the rounds in which the judged value, or what is lacking of it, was entered."""
        own = achievement.indicator
        if own.aggregate != "latest":
            every = asked_until(own, self._plan.rounds, achievement.round)
            return every or (achievement.round,)
        judged = achievement.value_round or achievement.round
        return dict.fromkeys((judged, *achievement.awaited))

    def _at(self, id_: str, field: str) -> Cell | None:
        if self._record and (cell := self._confirmed(self._then.get(id_, id_), field)):
            return cell
        row = self._ledger.row(id_)
        return row.cells.get(field) if row else None

    def _confirmed(self, id_: str, field: str) -> Cell | None:
        """Return the cell of 確定記録 that says what the record of the round holds of a field."""
        if is_round(field):
            return self._actual(id_, field)
        is_note = any(field == each.key for each in notes(fields_of(self._plan, id_)))
        return self._line(id_, WRITTEN if is_note else _IN_RECORD.get(field, ""))

    def _actual(self, id_: str, year: str) -> Cell | None:
        """Return the cell of an actual: in its own round's record, on the sheets where it stands there
        still, else at the confirmation of the round.
        """
        assert self._record is not None
        written = self._record.rows.get(id_, {}).get(year)
        other = self._ledger.records.get(FiscalYear.parse(year))
        if other and other.rows.get(id_, {}).get(year) == written:
            return self._lines.get((year, id_), {}).get(VALUE)
        figure = self._ledger.figures.get(id_, {}).get(FiscalYear.parse(year))
        if figure and figure.actual == actual_of(written):
            return figure.cell
        return self._line(self._plan.title, SENTENCE)

    def _line(self, named: str, head: str) -> Cell | None:
        """Return a cell of 確定記録: of the round, in the row with this number, or name."""
        return self._lines.get((str(self._round), named), {}).get(head)


def _ids_then(ledger: Ledger, then: Plan, now: Plan) -> Mapping[str, str]:
    """Return the ids that rows had in an earlier version of the plan, by those of a later one."""
    if then.fingerprint == now.fingerprint:
        return {}
    return {link.after: link.before for link in ledger.onward_from(then, now).links}


def _record_lines(ledger: Ledger) -> _Lines:
    """Return the rows of 確定記録 by round and name, and by round and number, which goes before."""
    return {
        (line[YEAR].text, line[head].text): line
        for head in (NAME, ID)
        for line in ledger.record_lines or ()
        if {YEAR, head} <= line.keys() and line[head].text
    }


def numbers_of(value: Achievement) -> tuple[str, ...]:
    """Return the ids under which a judged value stands: several where a list names it once."""
    return tuple(indicator.id for indicator in value.indicators)


def _baseline(indicator: Indicator) -> Iterator[str]:
    yield BASELINE
    yield from (PRINTED_BASELINE,) * bool(indicator.printed_baseline)
    yield from (REVISED,) * bool(indicator.revised)


def _target(indicator: Indicator) -> Iterator[str]:
    if indicator.target is not None:
        yield TARGET
    yield from (PRINTED_TARGET,) * bool(indicator.printed_target)
    yield from (REVISED,) * bool(indicator.revised)
    yield RULE


def _aims(achievement: Achievement) -> Iterator[str]:
    """Yield the field of the target that the round has of its own."""
    aim = aim_of_round(achievement)
    if aim and aim.target_round:
        yield target_of(aim.target_round).key
        yield RULE


def _judged_target(achievement: Achievement) -> Iterator[str]:
    is_final = achievement.judged_as == achievement.indicator
    yield from _target(achievement.indicator) if is_final else _aims(achievement)
