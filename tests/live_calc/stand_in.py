"""What stands where ``python.txt`` names python.exe, so that a click in Calc runs our launcher.

LibreOffice's VBA runs the very command line Excel's would; this program makes the office xlwings'
application, then does what ``python -I -m aso_xl.excel.launch …`` does. Environment:
ASO_LIVE_OFFICE (its UNO address, set by ``Office``), ASO_LIVE_RECORD (file for arguments and
dialogs), ASO_LIVE_DIALOGS (``window`` shows them, else they are answered cautiously).
"""

from __future__ import annotations

import json
import os
import runpy
import stat
import sys
import traceback
from pathlib import Path
from typing import Any

TESTS = Path(__file__).parents[1]
"""Found without ``paths``: the office starts this file alone."""


def installed(local: Path, record: Path, *, dialogs: bool = False) -> dict[str, str]:
    """Put the program where the launcher looks, ``local``; return the environment it needs.

    ``local`` is what Windows calls LOCALAPPDATA. With ``dialogs`` they are shown in the window.
    """
    folder = local / "aso_xl"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "python.txt").write_text(str(program(folder / "python")), encoding="utf-8")
    return {
        "LOCALAPPDATA": str(local),
        "ASO_LIVE_RECORD": str(record),
        "ASO_LIVE_DIALOGS": "window" if dialogs else "",
    }


def program(path: Path) -> Path:
    """Write the program to ``path`` and return it: a script that starts this file."""
    path.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{__file__}" "$@"\n', encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def records(path: Path) -> list[dict[str, Any]]:
    """Return what was recorded so far: ``arguments``, each ``alert``, at the end ``exit``."""
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def main(arguments: list[str]) -> None:
    sys.path[:0] = [str(TESTS / "tools"), str(TESTS), str(TESTS.parent)]
    from aso_xl.excel.launch import leave_out_unused

    leave_out_unused()  # before the engine imports xlwings
    from live_calc.engine import Alert, attach
    from live_calc.process import reached
    from live_calc.window import message_box

    def note(**what: Any) -> None:
        with Path(os.environ["ASO_LIVE_RECORD"]).open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(what, ensure_ascii=False) + "\n")

    context = reached(os.environ["ASO_LIVE_OFFICE"])
    app = attach(context, os.getppid()).impl
    asked = message_box(context) if os.environ.get("ASO_LIVE_DIALOGS") else app.cautious

    def answer(alert: Alert) -> str:
        note(alert=vars(alert))
        return asked(alert)

    app.answer = answer
    note(arguments=arguments, book=os.environ.get("ASO_XL_BOOK"))
    module = arguments.index("-m") + 1
    sys.argv = arguments[module:]
    try:  # sys.modules["__main__"] must stay: UNO keeps its runtime there
        runpy.run_module(arguments[module], run_name="__main__")
        note(exit=0)
    except SystemExit as end:
        note(exit=end.code)
        raise
    except BaseException as error:
        note(exit=1, error="".join(traceback.format_exception(error)))
        raise


if __name__ == "__main__":
    main(sys.argv[1:])
