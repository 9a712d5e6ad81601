"""An indicator whose definition says only how it is now: rounds before keep what held in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from .lineage import Descent
from .numerals import FiscalYear
from .plan import REVISABLE, Indicator, Revision
from .revising import held
from .shown import show_asked


def continued(
    before: Indicator, after: Indicator, by: Descent, since: FiscalYear, reason: str = ""
) -> Indicator:
    """Return the indicator of the later version so that rounds before ``since`` keep what held.

    Where that version says itself what was revised and when, and begins as the one before did, it
    holds as it is written; so does what no revision can say (定性 that becomes a number).
    """
    before = _in_unit_of(before, by)
    is_written = after.revised and _first(before) == _first(after)
    if is_written or before.rule.is_typed != after.rule.is_typed:
        return after
    now = held(after, since)
    begun = replace(after, **_beginning(before, after), targets=_targets(before, after, since))
    earlier = tuple(each for each in before.revised if each.since < since)
    then = held(replace(begun, revised=earlier), since)
    own = tuple(each for each in after.revised if each.since > since)
    change = _change(then, now)
    made = (Revision(since, **change, reason=reason),) if change else ()
    return replace(begun, revised=(*earlier, *made, *own))


def _first(indicator: Indicator) -> dict[str, Any]:
    return {name: getattr(indicator, name) for name in REVISABLE}


def _in_unit_of(before: Indicator, by: Descent) -> Indicator:
    """Return an indicator with its figures in the unit that it has later."""
    if by.factor == 1:
        return before

    def of(own: Indicator | Revision) -> dict[str, Any]:
        named = {"baseline": own.baseline, "target": own.target}
        return {name: by.convert(value) for name, value in named.items() if value is not None}

    targets = tuple((round_, by.convert(value)) for round_, value in before.targets)
    revised = tuple(replace(each, **of(each)) for each in before.revised)
    return replace(before, **of(before), targets=targets, revised=revised)


def _beginning(before: Indicator, after: Indicator) -> dict[str, Any]:
    """Return what held at first: as before, but for a baseline that a revision cannot take away."""
    first = _first(before)
    if after.baseline is None:
        first |= {"baseline": None, "baseline_year": after.baseline_year}
    return first


def _targets(
    before: Indicator, after: Indicator, since: FiscalYear
) -> tuple[tuple[FiscalYear, Any], ...]:
    kept = [(round_, value) for round_, value in before.targets if round_ < since]
    return (*kept, *((round_, value) for round_, value in after.targets if round_ >= since))


def _change(then: Indicator, now: Indicator) -> Mapping[str, Any]:
    """Return what a revision changes so that what held ``then`` holds as ``now``.

    A revision cannot say that a word is no longer printed: it prints the number that is judged.
    """
    wanted = _first(now)
    if then.printed_target and not now.printed_target:
        wanted["printed_target"] = show_asked(now)
    return {
        name: value
        for name, value in wanted.items()
        if value not in (None, "") and value != getattr(then, name)
    }
