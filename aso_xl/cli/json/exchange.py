"""The JSON of split, status, merge, diff and undo (design, section 5): numbers are decimal strings."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...domain.checks import Severity
from ...exchange.cell_values import Key, to_json

if TYPE_CHECKING:
    from ...domain.slip import Slip
    from ...exchange.confirmations import Afterwards
    from ...exchange.diff import Comparison
    from ...exchange.inbox import Inbox
    from ...exchange.merge_files import MergeResult
    from ...exchange.past_changes import PastChange
    from ...exchange.reminders import Reminders
    from ...exchange.send_back import SendingBack
    from ...exchange.split import Split
    from ...exchange.standing import Standing
    from ...exchange.status import Status
    from ...exchange.submissions import Returned
    from ...exchange.three_way import Applied, Conflict, Rejected, Superseded
    from ...jobs.masters import Undone

Payload = dict[str, Any]


def split_payload(made: Split) -> Payload:
    """Return ``{"split","round","folder","workbooks","unassigned"}``."""
    return {
        "split": made.id,
        "round": made.round,
        "folder": str(made.folder),
        "workbooks": [
            {
                "department": each.part.department,
                "file": str(each.path),
                "indicators": list(each.part.indicators),
                "measures": list(each.part.measures),
            }
            for each in made.workbooks
        ],
        "unassigned": list(made.unassigned),
        "notes": list(made.notes),
    }


def sent_back_payload(made: SendingBack) -> Payload:
    """Return ``{"round","folder","workbooks","failed","notes","output"}``."""
    return {
        "round": made.round,
        "folder": str(made.folder) if made.folder else None,
        "workbooks": [
            {
                "department": back.department,
                "file": str(back.path),
                "letter": str(back.letter),
                "sent": back.sent,
                "errors": back.count(Severity.ERROR),
                "warnings": back.count(Severity.WARNING),
                "questions": [
                    {"number": q.number, "indicator": q.about, "question": q.text}
                    for q in back.questions
                ],
            }
            for back in made.workbooks
        ],
        "failed": list(made.failed),
        "notes": list(made.notes),
        "output": str(made.output) if made.output else None,
    }


def status_payload(status: Status, reminders: Reminders | None = None) -> Payload:
    """Return ``{"departments": [{"name","file","filled","asked","errors","state"}]}`` and more."""
    made = reminders.texts if reminders else {}
    return {
        "round": str(status.round),
        "departments": [
            {**_standing(each), "reminder": str(made[each.name]) if each.name in made else None}
            for each in status.departments
        ],
        "failed": [{"file": each.file, "failed": each.failed} for each in status.failed],
        "after_confirmation": [_afterwards(each) for each in status.afterwards],
        "notes": [*status.notes, *(reminders.notes if reminders else ())],
        "skipped": skipped(status.inbox),
    }


def _standing(each: Standing) -> Payload:
    return {
        "name": each.name,
        "file": each.file,
        "filled": each.filled,
        "asked": each.asked,
        "errors": each.errors,
        "state": each.state,
        "files": list(each.files),
        "measures": each.measures,
        "measures_filled": each.measures_filled,
        "submitted": each.submitted or None,
        "deadline": each.deadline.text or None,
        "due": str(each.deadline.day) if each.deadline.day else None,
        "late": each.late,
        "confirmed": _confirmed(each.slip),
        "message": (each.slip.message if each.slip else "") or None,
        "merged": each.merged or None,
        "returned": each.returned or None,
        "formerly": each.formerly or None,
    }


def _confirmed(slip: Slip | None) -> Payload | None:
    """Return who confirmed a workbook and when; None where nobody has."""
    if slip is None or not slip.is_confirmed:
        return None
    return {"by": slip.by or None, "on": str(slip.on) if slip.on else None}


def _afterwards(later: Afterwards) -> Payload:
    return {
        "department": later.department,
        "file": later.file,
        "confirmed": _confirmed(later.before),
        "confirmed_again": later.is_confirmed_again,
        "changes": [
            {**_cell(key), "from": to_json(old), "to": to_json(new)}
            for key, old, new in later.changes
        ],
    }


def merge_payload(result: MergeResult) -> Payload:
    """Return ``{"applied","unchanged","conflicts","rejected","output"}`` and what was read."""
    return {
        "applied": [_applied(a, result) for a in result.merged.applied],
        "unchanged": result.merged.unchanged,
        "conflicts": [_conflict(c) for c in result.open_conflicts],
        "rejected": [_rejected(r) for r in result.rejected],
        "output": str(result.output) if result.output else None,
        "past": [_past(p) for p in result.past],
        "after_confirmation": [_afterwards(each) for each in result.afterwards],
        "superseded": [_superseded(s) for s in result.merged.superseded],
        "errors": {
            "total": sum(result.errors.values()),
            "departments": [{"name": n, "errors": e} for n, e in result.errors.items()],
        },
        "files": [_file(each) for each in result.files],
        "notes": list(result.notes),
        "skipped": skipped(result.inbox),
    }


def diff_payload(comparison: Comparison) -> Payload:
    """Return ``{"changes","only_a","only_b"}``."""
    return {
        "changes": [each.to_json() for each in comparison.differences],
        "only_a": list(comparison.only_one),
        "only_b": list(comparison.only_other),
        "notes": list(comparison.notes),
    }


def undo_payload(undone: Undone, master: Path) -> Payload:
    """Return ``{"output","restored","kept","passed_over"}``."""
    passed_over = undone.restored.passed_over
    return {
        "output": str(master),
        "restored": str(undone.restored.kept),
        "kept": str(undone.kept) if undone.kept else None,
        "passed_over": [{"file": str(path), "reason": why} for path, why in passed_over],
    }


def skipped(inbox: Inbox) -> Payload:
    """Return how many files were passed by: what programs leave there, and other kinds by name."""
    return {
        "locks": inbox.locks,
        "others": inbox.others,
        "names": [str(path) for path in inbox.passed],
    }


def _cell(key: Key) -> Payload:
    field = "actual" if key.round else key.field
    return {"indicator": key.id, "field": field, "round": key.round}


def _applied(applied: Applied, result: MergeResult) -> Payload:
    issues: Iterable[Any] = result.flags.get((applied.key, applied.file), ())
    return {
        **_cell(applied.key),
        "from": to_json(applied.before),
        "to": to_json(applied.after),
        "department": applied.department,
        "file": applied.file,
        "flags": [issue.to_json() for issue in issues],
    }


def _conflict(conflict: Conflict) -> Payload:
    return {
        **_cell(conflict.key),
        "base": to_json(conflict.base),
        "master": to_json(conflict.master),
        "submitted": to_json(conflict.submitted),
        "department": conflict.department,
        "file": conflict.file,
    }


def _past(past: PastChange) -> Payload:
    change = {"from": to_json(past.before), "to": to_json(past.after)}
    return {**_cell(past.key), **change, "file": past.file}


def _superseded(superseded: Superseded) -> Payload:
    return {
        **_cell(superseded.key),
        "submitted": to_json(superseded.value),
        "master": to_json(superseded.master),
        "department": superseded.department,
        "file": superseded.file,
    }


def _rejected(rejected: Rejected) -> Payload:
    return {
        "indicator": rejected.id or None,
        "field": rejected.label,
        "round": rejected.round,
        "value": to_json(rejected.value),
        "department": rejected.department,
        "file": rejected.file,
        "reason": rejected.reason,
    }


def _file(each: Returned) -> Payload:
    return {
        "file": str(each.path),
        "department": each.handout.department if each.handout else None,
        "errors": each.errors,
        "notes": list(each.notes),
        **({"failed": each.failed} if each.failed else {}),
    }
