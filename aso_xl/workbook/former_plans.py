"""The earlier versions of a plan that was revised, in the hidden sheet: one text for all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, Final

from ..domain.lineage import Descent, FormerPlan, Lineage
from ..domain.numerals import FiscalYear
from .packed_record import packed, raw
from .stamped_plan import plan_of

FORMER: Final = "former"
"""Key of the record in a master."""


def kept_former(former: Iterable[FormerPlan]) -> str:
    """Return earlier versions as the text that the hidden sheet holds."""
    return packed({"versions": [_plain(each) for each in former]})


def former_plans(hidden: Mapping[str, str]) -> tuple[FormerPlan, ...]:
    """Return the earlier versions that the hidden sheet holds; () where none can be read."""
    try:
        versions = raw(hidden[FORMER])["versions"] if hidden.get(FORMER) else ()
        return tuple(map(_version, versions))
    except Exception:  # whatever somebody made of it
        return ()


def _plain(former: FormerPlan) -> dict[str, Any]:
    return {
        "definition": former.text,
        "until": str(former.until),
        "at": former.at,
        "onward": [[link.before, link.after, str(link.factor)] for link in former.onward.links],
        "lost": former.lost,
        "reason": former.reason,
    }


def _version(data: Mapping[str, Any]) -> FormerPlan:
    links = (Descent(one, other, Fraction(factor)) for one, other, factor in data["onward"])
    text = str(data["definition"])
    until = FiscalYear.parse(data["until"])
    lost = {
        id_: {key: (then, back) for key, (then, back) in fields.items()}
        for id_, fields in data["lost"].items()
    }
    onward, reason = Lineage(tuple(links)), str(data.get("reason", ""))
    return FormerPlan(plan_of(text), text, until, str(data["at"]), onward, lost, reason)
