"""年度の確定 and 次年度へ, whether a button or an icon was used."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from ..job_words import closed_words, next_words, not_closed
from ..jobs import years
from .master import Answer, Master

if TYPE_CHECKING:
    from ..years.closing import Closed

_MOST: Final = 8
"""Errors that fit into a dialog."""


def close(master: Master) -> Answer | None:
    """Confirm the round that is set in 設定, by the name that staff give."""
    path = master.path
    round_ = master.ledger().settings.round
    by = master.name_of_who(f"{path.name} の{round_.label}を確定する人の名前")
    if not by or not master.may_change(f"{round_.label}を確定"):
        return None
    with master.released() as file:
        closed = years.close(file, None, by)
    return Answer(_closed(closed, path.name), closed.output, closed.record is None)


def _closed(closed: Closed, name: str) -> str:
    if closed.record is None:
        return _joined([not_closed(closed, name), *_few(e.message for e in closed.errors)])
    return _joined(closed_words(closed, name))


def begin_next(master: Master) -> Answer | None:
    """Go on to the round after the confirmed one."""
    path = master.path
    master.ledger()
    if not master.may_change("評価年度を更新"):
        return None
    with master.released() as file:
        begun = years.begin_next(file)
    return Answer(_joined(next_words(begun, path.name)), begun.output)


def _few(lines: Iterable[str]) -> list[str]:
    every = [f"・{line}" for line in lines]
    more = len(every) - _MOST
    return every if more <= 0 else [*every[:_MOST], f"・ほか{more}件"]


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(line.strip() for line in lines)
