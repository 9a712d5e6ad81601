"""The JSON of split, status, merge and diff (design, section 5): numbers are decimal strings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...exchange.cell_values import Key, to_json
from ...exchange.diff import Comparison
from ...exchange.inbox import Found
from ...exchange.merge_files import Outcome, PastChange
from ...exchange.split import Split
from ...exchange.status import Status
from ...exchange.submissions import Returned
from ...exchange.three_way import Applied, Conflict, Rejected, Superseded

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


def status_payload(found: Status) -> Payload:
    """Return ``{"departments": [{"name","file","filled","asked","errors","state"}]}`` and more."""
    return {
        "round": str(found.round),
        "departments": [
            {
                "name": each.name,
                "file": each.file,
                "filled": each.filled,
                "asked": each.asked,
                "errors": each.errors,
                "state": each.state,
                "files": list(each.files),
            }
            for each in found.departments
        ],
        "failed": [{"file": each.file, "failed": each.failed} for each in found.failed],
        "notes": list(found.notes),
        "skipped": skipped(found.found),
    }


def merge_payload(outcome: Outcome) -> Payload:
    """Return ``{"applied","unchanged","conflicts","rejected","output"}`` and what was read."""
    return {
        "applied": [_applied(a, outcome) for a in outcome.merged.applied],
        "unchanged": outcome.merged.unchanged,
        "conflicts": [_conflict(c) for c in outcome.open_conflicts],
        "rejected": [_rejected(r) for r in outcome.rejected],
        "output": str(outcome.output) if outcome.output else None,
        "past": [_past(p) for p in outcome.past],
        "superseded": [_superseded(s) for s in outcome.merged.superseded],
        "errors": {
            "total": sum(outcome.errors.values()),
            "departments": [{"name": n, "errors": e} for n, e in outcome.errors.items()],
        },
        "files": [_file(each) for each in outcome.files],
        "notes": list(outcome.notes),
        "skipped": skipped(outcome.found),
    }


def diff_payload(found: Comparison) -> Payload:
    """Return ``{"changes","only_a","only_b"}``."""
    return {
        "changes": [each.to_json() for each in found.differences],
        "only_a": list(found.only_one),
        "only_b": list(found.only_other),
        "notes": list(found.notes),
    }


def skipped(found: Found) -> Payload:
    """Return how many files were passed by: what programs leave there, and other kinds by name."""
    return {
        "locks": found.locks,
        "others": found.others,
        "names": [str(path) for path in found.passed],
    }


def _cell(key: Key) -> Payload:
    field = key.field if key.is_text else "actual"
    return {"indicator": key.id, "field": field, "round": key.round}


def _applied(applied: Applied, outcome: Outcome) -> Payload:
    issues: Iterable[Any] = outcome.flags.get((applied.key, applied.file), ())
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
