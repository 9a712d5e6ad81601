"""The JSON of confirming rounds and going on to the next (design, section 5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .evaluation import Payload, counts_payload, issues_payload

if TYPE_CHECKING:
    from ...years.closing import Closed, ReopenedRound
    from ...years.next_round import NextRound
    from ...years.restoring import RestoredRecords


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


def restored_payload(restored: RestoredRecords) -> Payload:
    """Return ``{"restored":[{"round","from"}],"sheet","output"}``."""
    return {
        "restored": [{"round": str(r), "from": str(path)} for r, path in restored.rounds],
        "sheet": restored.sheet,
        "output": str(restored.output) if restored.output else None,
    }
