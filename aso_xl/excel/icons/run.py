"""What starts with an icon or 「送る」: an action with every file that was chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from ...actions import Action, Door, at, function
from ...errors import AsoError
from ...jobs import masters
from ...last_net import COULD_NOT, DONE, FOUND, guarded
from ...office.suffixes import DOCUMENT
from ..dialogs import Dialogs
from ..master import Job
from .file_master import FileMaster

Pair = Callable[[Path, Path, Dialogs], int]
OnFile = Callable[[Path, Dialogs], int]
Alone = Callable[[Path | None, Dialogs], int]
_HOW_TO: Final = (
    "総合戦略のブック(.xlsx)か、そこから作った文書(.docx)をこのアイコンの上に落とすか、"
    "右クリックして「送る」から選んでください。"
)


def run(arguments: Sequence[str], talk: Dialogs) -> int:
    """Return the exit code of doing the action with every file: the gravest of all."""
    name, *files = [*arguments, ""]
    paths = [Path(file) for file in files if file]
    action = {each.name: each for each in at(Door.ICON)}.get(name)
    if action and action.is_alone and not paths:
        alone: Alone = function(action.icon)
        return guarded(lambda: alone(None, talk), lambda sentence: talk.say(sentence, grave=True))
    if action is None or not paths:
        talk.say(_HOW_TO)
        return COULD_NOT
    if pair := _pair(action, paths):
        definition, master = sorted(paths, key=masters.is_master)
        return guarded(
            lambda: pair(definition, master, talk), lambda sentence: talk.say(sentence, grave=True)
        )
    return max(_done(action, path, talk) for path in paths)


def _pair(action: Action, paths: Sequence[Path]) -> Pair | None:
    """Return what the action does with a definition and a master; None where the files are others."""
    if not action.pair or len(paths) != 2:
        return None
    with suppress(AsoError):
        if {masters.is_master(path) for path in paths} == {True, False}:
            pair: Pair = function(action.pair)
            return pair
    return None


def _done(action: Action, path: Path, talk: Dialogs) -> int:
    """Return the exit code of one file; its failure is said and does not stop the others."""
    return guarded(
        lambda: _work(action, path)(path, talk), lambda sentence: talk.say(sentence, grave=True)
    )


def _work(action: Action, path: Path) -> OnFile:
    """Return what the action does with this kind of file. Raise AsoError for one it is not for."""
    work: OnFile
    if path.suffix.lower() == DOCUMENT:
        if not action.document:
            raise AsoError(
                f"{path.name} は文書です。ここでは総合戦略のブック(.xlsx)を選んでください。"
            )
        work = function(action.document)
    else:
        work = function(action.icon) if action.icon else on_master(function(action.job))
    return work


def on_master(job: Job) -> OnFile:
    """Return what a job on a master does with its file: its answer is said, what it made opened."""

    def work(path: Path, talk: Dialogs) -> int:
        answer = job(FileMaster(path, talk))
        if answer is None:
            return DONE
        talk.say(answer.text)
        if answer.made:
            talk.open(answer.made)
        return FOUND if answer.has_findings else DONE

    return work
