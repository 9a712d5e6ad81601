"""Past figures as they once were, in the hidden sheet: what was sent, or what a merge left."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from ..domain.ledger import PastFigures
from ..domain.numerals import FiscalYear
from ..domain.plan import Plan
from .handout import RECORD, unpacked
from .packed_record import packed, raw

PAST: Final = "past"
"""Key of the record in a master."""


def past_record(figures: Mapping[str, Mapping[str, str | Decimal]], day: str) -> str:
    """Return the record of what a merge on that day left."""
    return packed({"day": day, "figures": figures})


def past_of(record: Mapping[str, str], plan: Plan) -> PastFigures | None:
    """Return the past figures that a hidden record knows; None where it has none or is damaged."""
    try:
        if record.get(RECORD):
            return _sent(record[RECORD], plan)
        return _kept(record[PAST], plan) if record.get(PAST) else None
    except (AttributeError, KeyError, TypeError, ValueError):  # whatever somebody made of it
        return None


def _sent(text: str, plan: Plan) -> PastFigures:
    handout = unpacked(text)
    day = handout.split[:8]
    when = f"{day[:4]}-{day[4:6]}-{day[6:]}の" if day.isdigit() and len(day) == 8 else ""
    return PastFigures(
        f"{when}配布", _figures(handout.values, plan, FiscalYear.parse(handout.round))
    )


def _kept(text: str, plan: Plan) -> PastFigures:
    kept = raw(text)
    return PastFigures(f"{str(kept['day'])[:10]}の統合", _figures(kept["figures"], plan))


def _figures(
    values: Mapping[str, Mapping[str, Any]], plan: Plan, before: FiscalYear | None = None
) -> dict[str, dict[str, str | Decimal]]:
    rounds = {str(r) for r in plan.rounds if before is None or r < before}
    return {
        id_: found
        for id_, fields in values.items()
        if (
            found := {
                name: value
                for name, value in fields.items()
                if name in rounds and isinstance(value, str | Decimal)
            }
        )
    }
