"""What merging has received from the departments: kept in the master's hidden sheet.

By it is known what is in the master already, and what changed after a chief had confirmed it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from ..domain.ledger import Ledger
from ..domain.slip import Slip
from ..workbook.packed_record import packed, raw
from .cell_values import Key, Value, Values, comparable, keys, same
from .submissions import Returned
from .three_way import Source

RECEIVED: Final = "received"
"""Key of the record in a master."""

_WORKBOOKS: Final = "workbooks"


@dataclass(frozen=True)
class Receipt:
    """What a workbook brought the last time: ``values`` are those that were not sent so.

    ``slip`` is None where the workbook has no 提出票; ``at`` is when it was merged.
    """

    source: Source
    round: str
    file: str
    at: str
    slip: Slip | None = None
    values: Values = field(default_factory=dict)

    def is_like(self, other: Receipt) -> bool:
        """Return whether both brought the same, whatever the file is called and when it came."""
        mine, theirs = (
            {key: comparable(value) for key, value in each.values.items()} for each in (self, other)
        )
        return self.slip == other.slip and mine == theirs


@dataclass(frozen=True)
class Afterwards:
    """What changed in a department's workbook after its chief had confirmed it.

    ``before`` says who confirmed it and when; ``is_confirmed_again`` whether somebody did since.
    """

    file: str
    department: str
    before: Slip
    changes: tuple[tuple[Key, Value, Value], ...]
    is_confirmed_again: bool


def received(each: Returned, at: str = "") -> Receipt | None:
    """Return what a file brings; None where everything in it is as it was sent."""
    if each.submission is None or each.handout is None or each.ledger is None:
        return None
    submission, slip = each.submission, each.ledger.slip
    values = {
        key: value
        for key, value in submission.theirs.items()
        if not same(value, submission.base.get(key))
    }
    if not values and not each.rejected and slip in (None, Slip()):
        return None
    return Receipt(submission.source, each.handout.round, each.file, at, slip, values)


def receipts_of(ledger: Ledger) -> dict[Source, Receipt]:
    """Return what a master has received in its round, by workbook sent; {} where it is damaged."""
    round_ = str(ledger.settings.round)
    known = {(key.id, key.field): key for key in keys(ledger.plan)}
    try:
        text = ledger.record.get(RECEIVED)
        lines = raw(text)[_WORKBOOKS] if text else []
        found = [_unpacked(line, known) for line in lines]
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):  # whatever it was made
        return {}
    return {each.source: each for each in found if each.round == round_}


def received_record(receipts: Iterable[Receipt]) -> str:
    """Return the record of what was received."""
    return packed({_WORKBOOKS: [_packed(each) for each in receipts]})


def _packed(receipt: Receipt) -> dict[str, Any]:
    by_id: dict[str, dict[str, Value]] = {}
    for key, value in receipt.values.items():
        by_id.setdefault(key.id, {})[key.field] = _kept(value)
    slip = receipt.slip
    said = [slip.is_confirmed, slip.by, str(slip.on or ""), slip.message] if slip else None
    about = {"split": receipt.source.split, "department": receipt.source.department}
    about |= {"round": receipt.round, "file": receipt.file, "at": receipt.at}
    return {**about, "slip": said, "values": by_id}


def _kept(value: Value) -> Value:
    """Return a value as JSON can hold it."""
    return str(value) if isinstance(value, Decimal) and not value.is_finite() else value


def _unpacked(line: Mapping[str, Any], known: Mapping[tuple[str, str], Key]) -> Receipt:
    """Return a receipt. Raise ValueError, KeyError or TypeError for what is none."""
    slip = None
    if line["slip"] is not None:
        is_confirmed, by, on, message = line["slip"]
        day = dt.date.fromisoformat(on) if on else None
        slip = Slip(bool(is_confirmed), str(by), day, str(message))
    values = {
        known.get((id_, name), Key(id_, name)): value
        for id_, fields in line["values"].items()
        for name, value in fields.items()
    }
    source = Source(str(line["split"]), str(line["department"]))
    about = (str(line["round"]), str(line["file"]), str(line["at"]))
    return Receipt(source, *about, slip, values)


def changed_afterwards(
    files: Iterable[Returned], receipts: Mapping[Source, Receipt]
) -> Iterator[Afterwards]:
    """Yield what changed in the newest file of each workbook since its chief confirmed it.

    What was confirmed is known from an earlier file of the same workbook, else from the last merge.
    """
    by_source: dict[Source, list[Returned]] = {}
    for each in sorted(files, key=lambda file: (file.changed_at, file.file), reverse=True):
        if each.submission:
            by_source.setdefault(each.submission.source, []).append(each)
    for source, (newest, *earlier) in by_source.items():
        was = next(_confirmed(source, earlier, receipts), None)
        if was and (found := _afterwards(newest, was)):
            yield found


def _afterwards(each: Returned, was: Receipt) -> Afterwards | None:
    """Return what a file has otherwise than when it was confirmed; None if it is the same."""
    if each.submission is None or each.ledger is None or was.slip is None:
        return None
    base, now = each.submission.base, each.ledger.slip
    changes = tuple(
        (key, before, value)
        for key, value in each.submission.theirs.items()
        if not same(value, before := was.values.get(key, base.get(key)))
    )
    again = now is not None and now.is_confirmed and now.on != was.slip.on
    about = (each.file, was.source.department, was.slip, changes)
    return Afterwards(*about, is_confirmed_again=again) if changes else None


def _confirmed(
    source: Source, earlier: Iterable[Returned], receipts: Mapping[Source, Receipt]
) -> Iterator[Receipt]:
    """Yield what of the workbook was confirmed, the newest first."""
    files = (found for each in earlier if (found := received(each)) is not None)
    mine = [receipts[source]] if source in receipts else []
    for found in (*files, *mine):
        if found.source == source and found.slip and found.slip.is_confirmed:
            yield found


def renewed(
    receipts: Mapping[Source, Receipt], files: Iterable[Returned], at: str
) -> dict[Source, Receipt]:
    """Return what has been received when these files are merged too, the newest of each workbook."""
    newest = {
        came.source: came
        for each in sorted(files, key=lambda file: (file.changed_at, file.file))
        if (came := received(each, at)) is not None
    }
    old = {s for s, came in newest.items() if s in receipts and receipts[s].is_like(came)}
    return {**receipts, **{s: came for s, came in newest.items() if s not in old}}
