"""What comes back in workbooks that were sent before the strategy was revised: by the ids of now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from ..domain.ledger import Ledger
from ..domain.lineage import Descent, Lineage
from ..workbook.handout import Handout
from .cell_values import Key, Value, Values

NO_LONGER: Final = "総合戦略の改訂で、この指標や施策は終わるか、分かれるか、合わさりました"


@dataclass(frozen=True)
class Forward:
    """The values of a workbook by the cells of now; ``origin`` are its own by those of now.

    ``without`` are its cells that go on as no single one.
    """

    sent: Values
    theirs: Values
    origin: Mapping[Key, Key]
    without: tuple[Key, ...]


def onward_of(handout: Handout, master: Ledger) -> Lineage | None:
    """Return what of the plan that was sent goes on as what; None if that is no version before now."""
    if handout.whole == master.plan.fingerprint:
        return None
    known = (each.plan for each in master.former if each.plan.fingerprint == handout.whole)
    plan = next(known, None)
    return master.onward_from(plan) if plan else None


def forward(sent: Values, theirs: Values, ledger: Ledger, onward: Lineage) -> Forward:
    """Return what was sent and what came back (with its ``ledger``) by the cells of now."""
    links = {key: onward.alone(key.id) for key in {**sent, **theirs}}
    origin = {_key(key, link): key for key, link in links.items() if link}
    read = {Key(each.indicator.id, str(each.round)): each.value for each in ledger.every_figure()}

    without = tuple(key for key in theirs if links[key] is None)
    both = (dict(_moved(sent, {}, links)), dict(_moved(theirs, read, links)))
    return Forward(*both, origin, without)


def _moved(
    values: Values, known: Mapping[Key, Decimal | None], links: Mapping[Key, Descent | None]
) -> Iterator[tuple[Key, Value]]:
    for key, value in values.items():
        if (link := links[key]) is None:
            continue
        figure = known.get(key)
        figure = value if figure is None and isinstance(value, Decimal) else figure
        is_same = figure is None or key.round is None or link.factor == 1
        yield _key(key, link), value if is_same or figure is None else link.convert(figure)


def _key(key: Key, link: Descent) -> Key:
    return Key(link.after, key.field, key.declared)
