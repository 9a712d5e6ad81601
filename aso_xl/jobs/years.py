"""The years of a plan: confirmed, opened again, gone on from, revised."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ..domain.numerals import FiscalYear
from ..errors import AsoError

if TYPE_CHECKING:
    from ..years.closing import Closed, ReopenedRound
    from ..years.next_round import NextRound
    from ..years.restoring import RestoredRecords
    from ..years.revising import Revised


def close(master: Path, wanted: str | None = None, by: str = "") -> Closed:
    """Return what came of confirming a round, by name; errors and open conflicts stop it.

    Without ``wanted`` it is the one set in 設定. Raise AsoError.
    """
    from ..years.closing import close

    return close(master, _year(wanted), by)


def reopen(master: Path, wanted: str | None, by: str, reason: str) -> ReopenedRound:
    """Return what was confirmed and is open again, with the reason. Raise AsoError."""
    from ..years.closing import reopen

    return reopen(master, _year(wanted), by, reason)


def begin_next(master: Path) -> NextRound:
    """Return what came of going on to the round after the confirmed one. Raise AsoError."""
    from ..years.next_round import begin_next

    return begin_next(master)


def revise(
    master: Path,
    definition: str,
    since: str | None = None,
    output: Path | None = None,
    *,
    reason: str = "",
    only_look: bool = False,
    finish: Callable[[bytes], bytes] = bytes,
) -> Revised:
    """Return what came of revising a master by a definition (``third``, or a file). Raise AsoError.

    ``only_look`` writes nothing; ``finish`` puts buttons into the new master, where the old one has
    them.
    """
    from ..defining.buildable import buildable
    from ..years.revising import revise

    given = buildable(definition)
    about = (master, given, _year(since), output)
    return revise(*about, reason=reason, only_look=only_look, finish=finish)


def restore_records(master: Path) -> RestoredRecords:
    """Return what was brought back of the records of confirmed rounds. Raise AsoError."""
    from ..years.restoring import restore

    return restore(master)


def _year(wanted: str | None) -> FiscalYear | None:
    """Return the year that is written. Raise AsoError for what is none."""
    if wanted is None:
        return None
    try:
        return FiscalYear.parse(wanted)
    except ValueError:
        raise AsoError(f"「{wanted}」は年度として読めません。R9 のように書いてください。") from None
