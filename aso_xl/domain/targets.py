"""Which target an indicator is judged against in a round, and which other one there is.

A target is said as the indicator that has it (its aim): value and year are those of that target.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from .numerals import FiscalYear
from .plan import Indicator, JudgedAgainst


def aims(
    indicator: Indicator, round_: FiscalYear, judged_against: JudgedAgainst
) -> tuple[Indicator, Indicator | None]:
    """Return the aim that is judged in a round, and the other: the final one, or that of the round.

    None where the round has no target but the final one.
    """
    yearly = aim_of(indicator, round_)
    if judged_against == "yearly" and yearly:
        return yearly, indicator
    return indicator, yearly


def aim_of(indicator: Indicator, round_: FiscalYear) -> Indicator | None:
    """Return the aim of a round: its own, else the next later one; None for the final one."""
    coming = [(year, value) for year, value in indicator.targets if year >= round_]
    if not coming or min(coming) == (indicator.target_round, indicator.target):
        return None
    year, value = min(coming)
    return replace(
        indicator, target=value, target_year=year + -indicator.lag, printed_target="", statement=""
    )


def is_astray(indicator: Indicator) -> bool:
    """Return whether the targets of the rounds do not lead to the final one.

    They go from one to the next in the direction from baseline to target (where there is none,
    that of the rule), and that of the last round is the final one.
    """
    if indicator.target is None or not indicator.targets:
        return False
    start, final = indicator.baseline, indicator.target
    rises = indicator.rule.asks_for_more if start in (None, final) else start < final
    way = [value for _, value in indicator.targets] + [final]
    if any(after < before if rises else after > before for before, after in pairwise(way)):
        return True
    year, value = indicator.targets[-1]
    return year == indicator.target_round and value != final
