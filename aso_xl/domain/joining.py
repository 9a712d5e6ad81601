"""What the typed values of an indicator come to in a round: the newest one, their sum, mean or max."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from .numerals import FiscalYear
from .plan import BLANK, STILL_TO_COME, Actual, Aggregate, Indicator, Mark
from .shown import MEAN_DECIMALS

Actuals = Mapping[FiscalYear, Actual]
Terms = tuple[tuple[FiscalYear, Decimal], ...]


@dataclass(frozen=True)
class Joined:
    """What is judged in a round, and how it came about.

    ``actual`` is blank where a value is missing, and has a mark where nothing can be judged yet;
    ``round`` is the newest one that it is of. ``terms`` are the values that were joined, by round;
    ``awaited`` are rounds that are still to come and left out, ``blank`` those not yet filled in.
    """

    actual: Actual
    round: FiscalYear
    terms: Terms = ()
    awaited: tuple[FiscalYear, ...] = ()
    blank: tuple[FiscalYear, ...] = ()
    is_joined: bool = False


def join(
    indicator: Indicator,
    actuals: Actuals,
    rounds: Sequence[FiscalYear],
    round_: FiscalYear,
    *,
    use_earlier: bool,
) -> Joined:
    """Return what is judged in ``round_``, of the ``rounds`` in which the indicator is asked.

    Where a value is 未公表, ``use_earlier`` judges by what is known.
    """
    known = {e: actuals.get(e, BLANK) for e in asked_until(indicator, rounds, round_)}
    if indicator.aggregate == "latest":
        return _latest(known, round_, use_earlier=use_earlier)
    return _joined(indicator.aggregate, known, round_, use_earlier=use_earlier)


def asked_until(
    indicator: Indicator, rounds: Sequence[FiscalYear], round_: FiscalYear
) -> tuple[FiscalYear, ...]:
    """Return the rounds up to ``round_`` in which an indicator is asked."""
    return tuple(each for each in rounds if each <= round_ and indicator.is_asked(each))


def _latest(known: Actuals, round_: FiscalYear, *, use_earlier: bool) -> Joined:
    """Return the round's own value, or the newest earlier one where that is 未公表."""
    own = known.get(round_, BLANK)
    if own.mark is Mark.UNPUBLISHED and use_earlier:
        judgeable = [each for each in known if _is_judgeable(known[each])]
        if judgeable:
            return Joined(known[max(judgeable)], max(judgeable), awaited=(round_,))
    return Joined(own, round_, awaited=(round_,) if own.mark in STILL_TO_COME else ())


def _joined(
    aggregate: Aggregate, known: Actuals, round_: FiscalYear, *, use_earlier: bool
) -> Joined:
    """Return the values joined: one that is blank or 集計中 leaves them unjudged, 対象外 is left out."""
    terms = tuple((each, a.value) for each, a in known.items() if a.value is not None)
    awaited = tuple(each for each, a in known.items() if a.mark in STILL_TO_COME)
    blank = tuple(each for each, a in known.items() if a.is_blank)
    marks = {a.mark for a in known.values()}
    last = terms[-1][0] if terms else round_
    if blank:
        actual = BLANK
    elif Mark.PENDING in marks:
        actual = Actual(mark=Mark.PENDING)
    elif Mark.UNPUBLISHED in marks and not (use_earlier and terms):
        actual = Actual(mark=Mark.UNPUBLISHED)
    elif not terms:
        actual = Actual(mark=Mark.EXCLUDED)
    else:
        actual = Actual(of_all(aggregate, [value for _, value in terms]))
    return Joined(actual, last, terms, awaited, blank, is_joined=True)


def of_all(aggregate: Aggregate, values: Sequence[Decimal]) -> Decimal:
    """Return what some values come to; the last one where nothing joins them."""
    match aggregate:
        case "sum":
            return sum(values, Decimal(0))
        case "mean":
            return _mean(values)
        case "max":
            return max(values)
        case "latest":
            return values[-1]
        case _:
            assert_never(aggregate)


def _mean(values: Sequence[Decimal]) -> Decimal:
    exact = sum(map(Fraction, values), Fraction(0)) / len(values)
    scaled = exact * 10**MEAN_DECIMALS
    whole = int(abs(scaled) + Fraction(1, 2))
    mean = Decimal(whole if scaled >= 0 else -whole).scaleb(-MEAN_DECIMALS)
    return Decimal(f"{mean.normalize():f}")


def _is_judgeable(actual: Actual) -> bool:
    return actual.value is not None or actual.verdict is not None
