"""A definition together with a master on an icon: its strategy is revised, or the next one begins."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from ...job_words import offered_words, succeeded_words
from ...jobs import definitions, masters
from ...last_net import DONE, FOUND
from ..dialogs import Dialogs
from .definition import wrong
from .revision import revise

_MOST: Final = 8
"""Baselines that are read in a dialog."""


def build(definition: Path, master: Path, talk: Dialogs) -> int:
    """Revise the master, or make that of the next strategy; of a definition with faults open a
    marked copy.
    """
    if copy := definitions.marked(definition, definition.parent):
        talk.say(wrong(definition, copy), grave=True)
        talk.open(copy.path)
        return FOUND
    if masters.is_next(str(definition), master):
        return succeed(definition, master, talk)
    return revise(definition, master, talk)


def succeed(definition: Path, master: Path, talk: Dialogs) -> int:
    """Make the master of the next strategy beside its definition, and the 検証 of the one before."""
    made = masters.succeed(str(definition), master, definition.parent)
    words = (*succeeded_words(made), *offered_words(made, _MOST))
    talk.say("\n".join((f"{made.path.name} を作りました。", *words)))
    for path in (made.path, *made.verification.documents):
        talk.open(path)
    return FOUND if made.verification.stopping else DONE
