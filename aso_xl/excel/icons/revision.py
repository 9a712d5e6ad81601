"""A revised definition together with its master on an icon: the master is revised."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from ...job_words import revised_changes, revised_words
from ...jobs import years
from ...last_net import DONE, FOUND
from ..dialogs import Dialogs, may_change
from ..master import with_buttons_as

_MOST: Final = 12
"""Changes that are read in a dialog."""


def revise(definition: Path, master: Path, talk: Dialogs) -> int:
    """Say what a revision comes to and, if staff agree, revise the master and open it."""
    look = years.revise(master, str(definition), only_look=True)
    changes = list(revised_changes(look))
    more = len(changes) - _MOST
    lines = [*revised_words(look, master.name), *changes[:_MOST]]
    lines += [f"ほか {more}件"] if more > 0 else []
    question = may_change("", f"{master.name}を改訂")
    if not talk.ask("\n".join([*lines, "", question])):
        return DONE
    revised = years.revise(master, str(definition), finish=with_buttons_as(master))
    talk.say("\n".join(revised_words(revised, master.name)))
    talk.open(master)
    return FOUND if revised.left else DONE
