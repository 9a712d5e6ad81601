"""Figures far from all that is known of their indicator: slips of digits, of rows, of anything.

Known are the baseline, the target and the other actuals. What lies between them is expected, and
so is what comes near: growth beyond a target, a bad year, counts of a handful.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from itertools import pairwise
from typing import Final, NamedTuple

from ..catalogue import DIGIT_SLIP, FAR_OFF, ROW_SLIP
from ..figures import EnteredFigure, Figures
from ..ledger import Ledger
from ..numerals import FiscalYear
from ..plan import Indicator, Kind
from ..shown import show
from .issue import Issue, issue

BEYOND_MOST: Final = 3
BEYOND_LEAST: Final = 5
"""Far is what exceeds three times the greatest known value and five times the least, or the reverse."""
BEYOND_ONE: Final = 100
"""Where a single value is known, only what is a hundred times as much or as little is far."""
NEAR: Final = (Decimal("0.8"), Decimal("1.25"))
"""How near to the known values a figure must come when its digits are put right."""
SMALL: Final = 10
"""Counts below this jump tenfold without anything being wrong."""
MANY: Final = 1000
"""What was a thousand does not become a handful; what was a hundred may."""
POINTS: Final = 2
"""Shares that differ by fewer percentage points are not far apart."""
PLACES: Final = (1, 2, 3, 4, 6, 8)
"""Digits that slip: a key too many, a point, or a unit of 千, 万, 百万 or 億."""
APART, ALIKE = Decimal("1.5"), Decimal("1.25")
"""How many times beyond its own known values, and how near another row's, a figure of that row is."""
IN_A_ROW: Final = 3
"""How many figures of the row above (or below) make a column that slid."""


class Range(NamedTuple):
    """The least and the greatest known value, and how many are known."""

    low: Decimal
    high: Decimal
    known: int = 2

    def distance(self, value: Decimal) -> Decimal:
        """Return how far outside a value lies; 0 inside."""
        return max(self.low - value, value - self.high, Decimal(0))

    def times(self, value: Decimal) -> Decimal:
        """Return how many times beyond the nearest known value it lies; 1 inside."""
        if not self.distance(value):
            return Decimal(1)
        if value > self.high > 0:
            return value / self.high
        if 0 < value < self.low:
            return self.low / value
        size = max(abs(self.low), abs(self.high))
        return 1 + self.distance(value) / size if size else Decimal(BEYOND_ONE)


@dataclass(frozen=True)
class ExpectedFigure:
    """Where a figure of an indicator stands or is missing in a round, and which values of it are known."""

    indicator: Indicator
    values: tuple[Decimal, ...]
    figure: EnteredFigure | None

    @cached_property
    def known(self) -> Range:
        return Range(min(self.values), max(self.values), len(self.values))

    @property
    def value(self) -> Decimal | None:
        return self.figure.value if self.figure else None

    @property
    def shown(self) -> str:
        """Return the known values: 「94人～120人」."""
        ends = (show(self.indicator, self.known.low), show(self.indicator, self.known.high))
        return "～".join(dict.fromkeys(ends))


Places = Mapping[tuple[str, FiscalYear], ExpectedFigure]


def check(ledger: Ledger, sound: Figures) -> Iterator[Issue]:
    """Yield at most one finding per figure, of those that are sound one by one."""
    found = dict(_places(ledger, sound))
    slid = dict(_slid(ledger, found))
    for at, place in found.items():
        if other := slid.get(at):
            yield _of_another_row(place, other)
        elif place.figure and place.value:
            yield from _far(place, place.figure, place.value)


def _places(
    ledger: Ledger, sound: Figures
) -> Iterator[tuple[tuple[str, FiscalYear], ExpectedFigure]]:
    for indicator in ledger.plan.indicators():
        run = sound.get(indicator.id, {})
        asked = [round_ for round_ in ledger.plan.rounds if indicator.is_asked(round_)]
        stated = _stated(indicator, len(asked))
        for round_ in asked:
            others = (figure.value for other, figure in run.items() if other != round_)
            if known := tuple(value for value in (*stated, *others) if value is not None):
                yield (indicator.id, round_), ExpectedFigure(indicator, known, run.get(round_))


def _stated(indicator: Indicator, rounds: int) -> tuple[Decimal | None, ...]:
    """Return what the strategy says of the values of single rounds.

    Of values that are summed up, the target is that of all ``rounds`` together.
    """
    if indicator.aggregate != "sum":
        return indicator.stated
    if indicator.target is None:
        return ()
    step = Decimal(1).scaleb(-indicator.decimals)
    return ((indicator.target / rounds).quantize(step, ROUND_HALF_UP),)


def _far(place: ExpectedFigure, figure: EnteredFigure, value: Decimal) -> Iterator[Issue]:
    at = (figure.cell, place.indicator, figure.round)
    meant = _put_right(place.indicator, value, place.values)
    if meant is not None:
        yield issue(DIGIT_SLIP, *at, value=figure.show(value), better=figure.show(meant))
    elif is_far(value, place.known, place.indicator):
        yield issue(FAR_OFF, *at, value=figure.show(value), expected=place.shown)


def is_far(value: Decimal, known: Range, indicator: Indicator) -> bool:
    """Return whether a value lies far outside; zero never does, nor a few percentage points."""
    if indicator.is_percentage and known.distance(value) < POINTS:
        return False
    return value != 0 and _is_beyond(value, known, indicator)


def _is_beyond(value: Decimal, known: Range, indicator: Indicator) -> bool:
    low, high, number = known
    floor = Decimal(SMALL if indicator.is_count else 0)
    most, least = (BEYOND_MOST, BEYOND_LEAST) if number > 1 else (BEYOND_ONE, BEYOND_ONE)
    if low < 0 or value < 0:
        return abs(value) > most * max(abs(low), abs(high), floor)
    if value > high:
        return value > max(max(high, floor) * most, max(low, floor) * least)
    if indicator.is_count and value < SMALL and low < MANY:
        return False
    return value < min(low / most, high / least)


def _put_right(indicator: Indicator, value: Decimal, values: Sequence[Decimal]) -> Decimal | None:
    """Return what a figure was meant to be if only its digits slipped, else None."""
    known = [v for v in values if v > 0]
    if len(known) < 2 or value <= 0:
        return None
    among = Range(min(known), max(known))
    if _is_on_the_way(indicator, value) or not _is_beyond(value, among, indicator):
        return None
    meant = slipped_from(value, among.low, among.high)
    return meant.quantize(Decimal(1)) if meant is not None and indicator.is_count else meant


def _is_on_the_way(indicator: Indicator, value: Decimal) -> bool:
    start, end = indicator.baseline, indicator.target
    return start is not None and end is not None and min(start, end) <= value <= max(start, end)


def slipped_from(value: Decimal, low: Decimal, high: Decimal) -> Decimal | None:
    """Return what ``value`` was meant to be if digits slipped, else None. All are positive.

    A slip comes back among the known values, from ``low`` to ``high``, when it is divided by a
    power of ten: 500 beside 36 and 60 is one, 227 grown to 1,000 is none.
    """
    for places in PLACES:
        meant = value.scaleb(-places if value > high else places)
        if low * NEAR[0] <= meant <= high * NEAR[1]:
            return meant
    return None


def _of_another_row(expected: ExpectedFigure, other: ExpectedFigure) -> Issue:
    assert expected.figure and expected.value is not None
    return issue(
        ROW_SLIP,
        *(expected.figure.cell, expected.indicator, expected.figure.round),
        value=show(expected.indicator, expected.value),
        expected=expected.shown,
        other=f"{other.indicator.id} {other.indicator.name}",
        theirs=other.shown,
    )


def _slid(
    ledger: Ledger, places: Places
) -> Iterator[tuple[tuple[str, FiscalYear], ExpectedFigure]]:
    """Yield figures that belong to the next row: two that changed places, columns that slid."""
    for ids in _tables(ledger):
        for round_ in ledger.plan.rounds:
            column = [places.get((id_, round_)) for id_ in ids]
            for at, to in [*_swapped(column), *_shifted(column, -1), *_shifted(column, 1)]:
                if other := column[to]:
                    yield (ids[at], round_), other


def _tables(ledger: Ledger) -> Iterator[list[str]]:
    """Yield the ids of each table in the order of its rows."""
    tables: dict[tuple[str, Kind], list[tuple[int, str]]] = {}
    for indicator in ledger.plan.indicators():
        if row := ledger.rows.get(indicator.id):
            tables.setdefault((row.sheet, indicator.kind), []).append((row.number, indicator.id))
    for rows in tables.values():
        yield [id_ for _, id_ in sorted(rows)]


def _is_of(expected: ExpectedFigure | None, other: ExpectedFigure | None) -> bool:
    """Return whether the figure of ``expected`` is no figure of its row, but one of the other row."""
    if (
        expected is None
        or other is None
        or expected.value is None
        or min(expected.known.known, other.known.known) < 2
    ):
        return False
    return (
        expected.known.times(expected.value) > APART and other.known.times(expected.value) <= ALIKE
    )


def _swapped(column: Sequence[ExpectedFigure | None]) -> Iterator[tuple[int, int]]:
    for at, (one, other) in enumerate(pairwise(column)):
        if _is_of(one, other) and _is_of(other, one):
            yield from ((at, at + 1), (at + 1, at))


def _shifted(column: Sequence[ExpectedFigure | None], to: int) -> Iterator[tuple[int, int]]:
    """Yield what slid by a row, where at least three in a row did and none clearly belongs."""
    slid: list[int] = []
    for at, expected in enumerate([*column, None]):
        other = column[at + to] if 0 <= at + to < len(column) else None
        if _is_of(expected, other):
            slid.append(at)
        elif at == len(column) or _is_at_home(expected, other):
            if len(slid) >= IN_A_ROW:
                yield from ((each, each + to) for each in slid)
            slid = []


def _is_at_home(expected: ExpectedFigure | None, other: ExpectedFigure | None) -> bool:
    """Return whether a figure lies among its row's known values, and not near the other row's."""
    if expected is None or expected.value is None or expected.known.distance(expected.value):
        return False
    return other is None or other.known.times(expected.value) > ALIKE
