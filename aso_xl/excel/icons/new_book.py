"""The icon 新しいブック: clicked it makes the packaged plan's master, with a definition that one's."""

from __future__ import annotations

from pathlib import Path

from ...jobs import masters
from ...last_net import DONE
from ...office.suffixes import WORKBOOK
from ..desktop import desktop
from ..dialogs import Dialogs
from . import definition


def new(path: Path | None, talk: Dialogs) -> int:
    """Make a new master and open it: on the desktop, or beside the definition that was dropped."""
    if path and path.suffix.lower() == WORKBOOK:
        return definition.build(path, talk)
    made = masters.new(str(path), path.parent) if path else masters.new(masters.PLAN, desktop())
    talk.say(f"{made} を作りました。「使い方」シートの順に進めてください。")
    talk.open(made)
    return DONE
