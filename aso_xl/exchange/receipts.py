"""What merging has received from the departments: kept in the master's hidden sheet.

By it is known what is in the master already, and what a chief had confirmed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Final

from ..domain.ledger import Ledger
from ..domain.slip import Slip
from ..workbook.packed_record import packed, raw
from .cell_values import Key, Value, Values, comparable, keys, same
from .submissions import Returned, newest_first
from .three_way import Source

RECEIVED: Final = "received"
"""Key of the record in a master."""

_WORKBOOKS: Final = "workbooks"


@dataclass(frozen=True)
class Signature:
    """What a chief has confirmed: the slip, and the values that were not sent so."""

    slip: Slip
    values: Values


@dataclass(frozen=True)
class Receipt:
    """What a workbook brought the last time: ``values`` are those that were not sent so.

    ``slip`` is None where the workbook has no 提出票; ``at`` is when it was merged, ``signed`` what
    was confirmed of it last, as it was then.
    """

    source: Source
    round: str
    file: str
    at: str
    slip: Slip | None = None
    values: Values = field(default_factory=dict)
    signed: Signature | None = None

    def is_like(self, other: Receipt) -> bool:
        """Return whether both brought the same, whatever the file is called and when it came."""
        mine, theirs = (
            {key: comparable(value) for key, value in each.values.items()} for each in (self, other)
        )
        return self.slip == other.slip and mine == theirs


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
    signed = Signature(slip, values) if slip and slip.is_confirmed else None
    return Receipt(submission.source, each.handout.round, each.file, at, slip, values, signed)


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
    about = {"split": receipt.source.split, "department": receipt.source.department}
    about |= {"round": receipt.round, "file": receipt.file, "at": receipt.at}
    signed = receipt.signed
    return {
        **about,
        "slip": _packed_slip(receipt.slip) if receipt.slip else None,
        "values": _packed_values(receipt.values),
        "signed": [_packed_slip(signed.slip), _packed_values(signed.values)] if signed else None,
    }


def _packed_slip(slip: Slip) -> list[Any]:
    return [slip.is_confirmed, slip.by, str(slip.on or ""), slip.message]


def _packed_values(values: Values) -> dict[str, dict[str, Value]]:
    by_id: dict[str, dict[str, Value]] = {}
    for key, value in values.items():
        is_odd = isinstance(value, Decimal) and not value.is_finite()
        by_id.setdefault(key.id, {})[key.field] = str(value) if is_odd else value
    return by_id


_Known = Mapping[tuple[str, str], Key]


def _unpacked(line: Mapping[str, Any], known: _Known) -> Receipt:
    """Return a receipt. Raise ValueError, KeyError or TypeError for what is none."""
    source = Source(str(line["split"]), str(line["department"]))
    about = (str(line["round"]), str(line["file"]), str(line["at"]))
    slip = _unpacked_slip(line["slip"]) if line["slip"] else None
    signed = None
    if line["signed"]:
        signed_slip, values = line["signed"]
        signed = Signature(_unpacked_slip(signed_slip), _unpacked_values(values, known))
    return Receipt(source, *about, slip, _unpacked_values(line["values"], known), signed)


def _unpacked_slip(said: Sequence[Any]) -> Slip:
    is_confirmed, by, on, message = said
    return Slip(
        bool(is_confirmed), str(by), dt.date.fromisoformat(on) if on else None, str(message)
    )


def _unpacked_values(by_id: Mapping[str, Mapping[str, Value]], known: _Known) -> dict[Key, Value]:
    return {
        known.get((id_, name), Key(id_, name)): value
        for id_, fields in by_id.items()
        for name, value in fields.items()
    }


def renewed(
    receipts: Mapping[Source, Receipt], files: Iterable[Returned], at: str
) -> dict[Source, Receipt]:
    """Return what has been received when these files are merged too, the newest of each workbook."""
    newest = {
        came.source: came
        for each in reversed(newest_first(files))
        if (came := received(each, at)) is not None
    }
    return {**receipts, **{s: _since(receipts.get(s), came) for s, came in newest.items()}}


def _since(known: Receipt | None, came: Receipt) -> Receipt:
    """Return the known receipt if the same came again; else the new one, with what was confirmed
    first under the same signature.
    """
    if known is None:
        return came
    if known.is_like(came):
        return known
    is_signed_anew = came.signed and not (
        known.signed and known.signed.slip.is_signed_as(came.slip)
    )
    return came if is_signed_anew else replace(came, signed=known.signed)
