"""Departments that are called otherwise since their workbooks were sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .shares import Share
from .submissions import Returned


def renamed(parts: Sequence[Share], came: Mapping[str, Sequence[Returned]]) -> dict[str, str]:
    """Return the new names by the old ones.

    An old name is one that the master has no more; the new one's, of which nothing came, are most
    of the rows that were sent under the old one.
    """
    known = {part.department for part in parts}
    free = {part.department: _ids(part) for part in parts if part.department not in came}
    found: dict[str, str] = {}
    for old, files in came.items():
        sent = _sent(files)
        if old in known or not sent or not free:
            continue
        new = max(free, key=lambda name: len(free[name] & sent))
        if 2 * len(free[new] & sent) > len(sent):
            found[old] = new
            del free[new]
    return found


def _ids(part: Share) -> frozenset[str]:
    return frozenset((*part.indicators, *part.measures))


def _sent(files: Sequence[Returned]) -> frozenset[str]:
    """Return the ids of the rows of the newest workbook."""
    ledger = files[0].ledger
    if ledger is None:
        return frozenset()
    return frozenset((*ledger.plan.by_id, *ledger.plan.measures))
