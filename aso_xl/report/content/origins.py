"""Where a printed figure comes from: of what it is, so that its cells and its arithmetic can be named.

An origin is told where a figure is made, and looked into only where somebody asks: it costs a
document nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from ...domain.achievement import Achievement
    from ...domain.numerals import FiscalYear
    from ...domain.outlook import CountChange
    from ...domain.straight_line import StraightLine
    from ...domain.summary import Count, GoalSummary

Aspect: TypeAlias = Literal[
    "baseline", "final", "aim", "target", "actual", "result", "progress", "standing", "missing"
]
"""What can be printed of a judged indicator: the final target, that of the round (``aim``), all that
it has (``target``), …
"""

Number: TypeAlias = Literal["items", "total", "rate", "other_rate", "rate_with_one_more"]
"""How a number of indicators comes about: how many there are; those in the denominator; of them the
share that is 達成, with the other denominator, or if one more were.
"""

Difference: TypeAlias = Literal["items", "achieved", "points"]


Items: TypeAlias = "Callable[[], Iterable[Achievement]]"


class OfIndicators(NamedTuple):
    """Something of one judged indicator, or of some, each of its values by itself."""

    achievements: tuple[Achievement, ...]
    aspects: tuple[Aspect, ...]


class OfCells(NamedTuple):
    """What is typed in cells: id of the row and key of the field (a round's actual: ``R8``)."""

    cells: tuple[tuple[str, str], ...]


class OfCount(NamedTuple):
    """A number of indicators or a rate: ``items`` gives those that are counted, ``counted`` as what.

    ``among`` gives those that were looked at, where it can be that none is counted. ``published``
    are goals of which only the counts are known, and typed. ``round`` is that of the counts, where it
    is another than the document's.
    """

    number: Number
    items: Items
    counted: Count | None = None
    published: tuple[GoalSummary, ...] = ()
    among: Items | None = None
    round: FiscalYear | None = None

    def rests_on(self) -> tuple[Achievement, ...]:
        """Return those that are counted; where none is, those that were looked at."""
        return tuple(self.items()) or tuple(self.among() if self.among else ())


class OfChange(NamedTuple):
    """What changed since the round before, of what was judged in both."""

    difference: Difference
    change: CountChange


class OfLine(NamedTuple):
    """Where a straight line through two values of an indicator leads."""

    achievement: Achievement
    line: StraightLine


class OfRecord(NamedTuple):
    """When a round was confirmed."""

    round: FiscalYear


class OfRules(NamedTuple):
    """Words that follow from the definition, and from settings, by their paths."""

    settings: tuple[tuple[str, ...], ...] = ()


Origin: TypeAlias = OfIndicators | OfCells | OfCount | OfChange | OfLine | OfRecord | OfRules


OF_PACE: Final = OfRules((("pace", "on_track_share"), ("pace", "slow_share")))
OF_ROUND: Final = OfRules((("round",),))
"""Of the round that 設定 names."""


def of(achievement: Achievement, *aspects: Aspect) -> OfIndicators:
    """Return the origin of something of one indicator."""
    return OfIndicators((achievement,), aspects)


def of_cell(id_: str, field: str) -> OfCells:
    """Return the origin of what is typed in one cell."""
    return OfCells(((id_, field),))
