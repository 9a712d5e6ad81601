"""What came of confirming a round and of going on to the next, as lines for people."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..domain.text import one_line
from ..job_words import (
    closed_words,
    next_words,
    not_closed,
    offered_words,
    revised_changes,
    revised_words,
    succeeded_words,
)
from .findings import finding_lines

if TYPE_CHECKING:
    from ..jobs.masters import Succeeded
    from ..years.closing import Closed, ReopenedRound
    from ..years.next_round import NextRound
    from ..years.restoring import RestoredRecords
    from ..years.revising import Revised

_SHOWN: Final = 20
"""Indicators that are listed; all of them stand on the sheet."""
_LONGEST: Final = 40
"""Letters of a value that are shown."""


def closed_lines(closed: Closed, master: Path) -> Iterator[str]:
    """Yield what was confirmed, with the warnings that are left; or what stands in the way."""
    if closed.record is None:
        yield not_closed(closed, master.name)
        yield from finding_lines(closed.errors)
        return
    yield from closed_words(closed, master.name)
    yield from finding_lines(closed.warnings)


def undone_lines(undone: ReopenedRound) -> Iterator[str]:
    """Yield what is open again."""
    record = undone.record
    yield f"{undone.output.name}: {record.round.label}の確定({record.at} {record.by})を取り消しました。"
    yield "  理由は「確定記録」に残しました。この年度の欄は、また入力できます。"


def next_lines(begun: NextRound) -> Iterator[str]:
    """Yield what was begun, and what is to be looked at."""
    yield from next_words(begun, begun.output.name)


def restored_lines(restored: RestoredRecords, master: Path) -> Iterator[str]:
    """Yield what was brought back, and from where."""
    if restored.output is None:
        yield f"{master.name}: 確定の記録はそろっています。変えたところはありません。"
        return
    for round_, path in restored.rounds:
        yield f"{master.name}: {round_.label}の確定の記録を {path.name} から戻しました。"
    yield f"{master.name}: 「確定記録」を記録から作り直しました。"


def revised_lines(revised: Revised, master: Path) -> Iterator[str]:
    """Yield what a revision comes to, with everything that differs and every value without a place."""
    yield from revised_words(revised, master.name)
    yield from revised_changes(revised)
    for each in revised.left:
        place = " ".join(filter(None, (each.sheet, each.cell)))
        of = " ".join(filter(None, (each.id, each.label, each.round)))
        about = f"{place}({of})" if of else place
        yield f"  {about}: {one_line(str(each.value))[:_LONGEST]} … {each.reason}"


def succeeded_lines(made: Succeeded, *, renamed: bool) -> Iterator[str]:
    """Yield what was made for the next strategy: the baselines that were offered, and the 検証."""
    yield f"{made.path} を作りました。"
    if renamed:
        yield "  同じ名前のブックがあるため、番号を付けました。"
    yield from (f"  {line}" for line in succeeded_words(made))
    yield from (f"  {line}" for line in offered_words(made, _SHOWN))
    yield from finding_lines(made.verification.stopping)
