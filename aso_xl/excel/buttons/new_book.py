"""The button 新しいブック: it needs no open workbook."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from ...jobs import masters
from ..desktop import desktop
from .application import full_name


def new(app: Any) -> str:
    """Make a new master beside the workbook that is open, else on the desktop, and open it."""
    path = masters.new(masters.PLAN, _folder(app))
    app.books.open(str(path))
    return f"{path} を作りました。「使い方」シートの順に進めてください。"


def _folder(app: Any) -> Path:
    with suppress(Exception):  # no workbook is open, or it stands on no disk
        folder = Path(full_name(app.books.active)).parent
        if folder.is_absolute() and folder.is_dir():
            return folder
    return desktop()
