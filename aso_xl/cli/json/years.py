"""The JSON of confirming rounds and going on to the next (design, section 5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...domain.numerals import plain
from ...domain.plain_data import plain_of
from ...exchange.cell_values import to_json
from .evaluation import Payload, counts_payload, issues_payload

if TYPE_CHECKING:
    from ...domain.plan import Plan
    from ...domain.succession import Successor
    from ...jobs.masters import Succeeded
    from ...years.closing import Closed, ReopenedRound
    from ...years.next_round import NextRound
    from ...years.restoring import RestoredRecords
    from ...years.revising import Revised


def closed_payload(closed: Closed) -> Payload:
    """Return ``{"round","at","by","indicators","counts","conflicts","output","issues"}``.

    Where errors or conflicts stopped it, what would have come of it is null. The findings are
    counted in ``issue_counts``: ``counts`` are those of the evaluation.
    """
    record = closed.record
    found = issues_payload(closed.issues)
    return {
        "round": str(closed.round),
        "at": record.at if record else None,
        "by": record.by if record else None,
        "indicators": len(record.summary.achievements) if record else None,
        "counts": counts_payload(record.summary) if record else None,
        "conflicts": closed.conflicts,
        "output": str(closed.output) if closed.output else None,
        "issues": found["issues"],
        "issue_counts": found["counts"],
    }


def undone_payload(undone: ReopenedRound) -> Payload:
    """Return ``{"round","reopened","reason","output"}``."""
    return {
        "round": str(undone.record.round),
        "reopened": True,
        "reason": undone.reason,
        "output": str(undone.output),
    }


def next_payload(begun: NextRound) -> Payload:
    """Return ``{"round","output","copied","notes"}``."""
    return {
        "round": str(begun.round),
        "output": str(begun.output),
        "copied": begun.copied,
        "notes": list(begun.notes),
    }


def revised_payload(revised: Revised) -> Payload:
    """Return ``{"from","kept","renumbered","added","removed","ended","unknown","changed","carried",
    "left_behind","output"}``.
    """
    plan, found = revised.plan, revised.plan.changes
    before, after = plan.compared
    return {
        "from": str(plan.since),
        "kept": len(found.kept),
        "renumbered": [{"from": link.before, "to": link.after} for link in found.renumbered],
        "added": list(found.added),
        "removed": list(found.removed),
        "ended": list(found.ended),
        "unknown": [own.id for own in plan.unknown],
        "changed": [
            {
                **{"id": each.id, "field": each.field},
                **{"from": _plain(each.before, before), "to": _plain(each.after, after)},
            }
            for each in found.changed
        ],
        "carried": {"figures": revised.carried.figures, "texts": revised.carried.texts},
        "left_behind": [
            {
                **{"sheet": each.sheet, "cell": each.cell, "indicator": each.id or None},
                **{"field": each.label or None, "round": each.round},
                **{"value": to_json(each.value), "reason": each.reason},
            }
            for each in revised.left
        ],
        "output": str(revised.output) if revised.output else None,
    }


def _plain(value: Any, plan: Plan) -> Any:
    """Return a value of a plan as JSON holds it; null for none."""
    return None if value in (None, "", ()) else plain_of(value, plan)


def restored_payload(restored: RestoredRecords) -> Payload:
    """Return ``{"restored":[{"round","from"}],"sheet","output"}``."""
    return {
        "restored": [{"round": str(r), "from": str(path)} for r, path in restored.rounds],
        "sheet": restored.sheet,
        "output": str(restored.output) if restored.output else None,
    }


def succeeded_payload(made: Succeeded) -> Payload:
    """Return ``{"output","round","verification","successors","begun","ended","notes"}``."""
    found, plan = made.strategy.succession, made.strategy.definition.plan
    documents = made.verification.documents
    return {
        "output": str(made.path),
        "round": str(found.round),
        "verification": str(documents[0]) if documents else None,
        "successors": [_successor(each, plan) for each in found.successors],
        "begun": [own.id for own in found.begun],
        "ended": [own.id for own in found.ended],
        "notes": list(made.strategy.notes),
    }


def _successor(each: Successor, plan: Plan) -> dict[str, Any]:
    baseline = plan.by_id[each.new.id].baseline
    return {
        "id": each.new.id,
        "was": each.old.id if each.old else None,
        "value": plain(each.last.value) if each.last else None,
        "year": str(each.last.year) if each.last else None,
        "result": each.judged.result.value if each.judged else None,
        "baseline": None if baseline is None else plain(baseline),
        "treatment": each.treatment.name.lower(),
    }
