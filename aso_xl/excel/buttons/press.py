"""A click on a button: what an action does with the workbook that is open in Excel."""

from __future__ import annotations

from typing import Any

from ...actions import ACTIONS, function
from ...last_net import DONE, guarded
from ..master import Job
from .application import alert, clicked, complain


def press(name: str, book: Any) -> int:
    """Return the exit code of an action's button: 0, or 2 when it could not be done."""
    action = ACTIONS[name]
    if action.button:
        return clicked(book, action.doing, function(action.button))
    job: Job = function(action.job)

    def on_master(book: Any) -> str | None:
        from .live_master import LiveMaster

        answer = job(LiveMaster(book))
        return answer.text if answer else None

    return clicked(book, action.doing, on_master)


def press_alone(name: str, app: Any) -> int:
    """Return the exit code of a button that needs no workbook."""

    def work() -> int:
        alert(app, function(ACTIONS[name].button)(app), "info")
        return DONE

    return guarded(work, lambda sentence: complain(app, sentence))
