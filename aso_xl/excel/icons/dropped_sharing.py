"""A master on an icon or 「送る」: 配布, 回収状況 and 統合, as the buttons do them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from ...exchange.merge_files import merge_files
from ...exchange.split import master_of
from ...exchange.split import split as split_master
from ...exchange.status import status as status_of
from ..sharing_words import handed_out, merged, received, returned_folder, saved_status
from .dialogs import Dialogs
from .text_lists import DONE, FOUND

_MERGING: Final = (
    "{name} に「提出」フォルダーのブックを統合します。"
    "統合前のブックは「履歴」フォルダーに残ります。\n\n続けますか。"
)


def split(path: Path, talk: Dialogs) -> int:
    """Make a workbook per 担当課 in a new folder beside the master, and open the folder."""
    made = split_master(path)
    talk.say(handed_out(made))
    talk.open(made.folder)
    return DONE


def status(path: Path, talk: Dialogs) -> int:
    """Say which departments have sent what, and open the table of it, made beside the master."""
    master_of(path)
    found = status_of(path, [returned_folder(path)])
    table = saved_status(found, path)
    talk.say(received(found, table))
    talk.open(table)
    return FOUND if found.has_findings else DONE


def merge(path: Path, talk: Dialogs) -> int:
    """Merge what came back into the master, once that is confirmed; open it if it has changed."""
    master_of(path)
    folder = returned_folder(path)
    if not talk.ask(_MERGING.format(name=path.name)):
        return DONE
    outcome = merge_files(path, [folder])
    talk.say(merged(outcome, path))
    if outcome.output:
        talk.open(outcome.output)
    return FOUND if outcome.has_findings else DONE
