"""What changed in workbooks after a chief had confirmed them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..domain.slip import Slip
from .cell_values import Key, Value, same
from .receipts import Receipt, Signature, received
from .submissions import Returned, newest_first
from .three_way import Source


@dataclass(frozen=True)
class Afterwards:
    """What a workbook holds otherwise than when its chief confirmed it.

    ``before`` says who confirmed it and when, ``now`` what the slip says now, if there is one.
    """

    file: str
    department: str
    before: Slip
    now: Slip | None
    changes: tuple[tuple[Key, Value, Value], ...]

    @property
    def is_confirmed(self) -> bool:
        """Return whether it says that it is confirmed."""
        return self.now is not None and self.now.is_confirmed

    @property
    def is_confirmed_again(self) -> bool:
        """Return whether it was confirmed since, by another or on another day."""
        return self.is_confirmed and not self.before.is_signed_as(self.now)


def changed_afterwards(
    files: Iterable[Returned], receipts: Mapping[Source, Receipt]
) -> Iterator[Afterwards]:
    """Yield what changed in the newest file of each workbook since its chief confirmed it.

    What was confirmed is known from the merges so far, and from earlier files of the same workbook.
    """
    by_source: dict[Source, list[Returned]] = {}
    for each in newest_first(files):
        if each.submission:
            by_source.setdefault(each.submission.source, []).append(each)
    for source, (newest, *earlier) in by_source.items():
        known = [receipts[source].signed] if source in receipts else []
        signatures = [*known, *map(_signature, earlier)]
        if found := _afterwards(newest, [each for each in signatures if each]):
            yield found


def _signature(each: Returned) -> Signature | None:
    came = received(each)
    return came.signed if came else None


def _afterwards(each: Returned, signatures: list[Signature]) -> Afterwards | None:
    """Return what a file has otherwise than when it was confirmed; None if it is the same.

    What bears the same signature is what it is compared with, else what was confirmed last.
    """
    if each.submission is None or each.ledger is None or not signatures:
        return None
    base, now = each.submission.base, each.ledger.slip
    was = next((signed for signed in signatures if signed.slip.is_signed_as(now)), signatures[0])
    changes = tuple(
        (key, before, value)
        for key, value in each.submission.theirs.items()
        if not same(value, before := was.values.get(key, base.get(key)))
    )
    about = (each.file, each.submission.department, was.slip, now)
    return Afterwards(*about, changes) if changes else None
