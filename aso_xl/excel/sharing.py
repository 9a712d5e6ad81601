"""配布, 回収状況 and 統合, whether a button or an icon was used.

Workbooks that came back are looked for in the folder 提出 beside the master.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..files.notepad import text_file
from ..job_words import (
    merge_counts,
    merge_errors,
    merge_remarks,
    merge_sheets,
    reminders_made,
    sent_back,
    split_made,
    status_remarks,
)
from ..jobs import sharing
from .master import Answer, Master

if TYPE_CHECKING:
    from ..exchange.merge_files import MergeResult
    from ..exchange.split import Split
    from ..exchange.status import Status

REMARKS, SENT_BACK = "統合の記録.txt", "差戻しの記録.txt"
_NAMED: Final = 5
"""Departments that are named in a question."""

_MOST: Final = 12
"""Lines of remarks, or departments, that fit into a dialog."""


def split(master: Master) -> Answer:
    """Make a workbook per 担当課 in a new folder beside the master, which stays as it is."""
    path = master.path
    with master.copy() as copy:
        made = sharing.split(copy, beside=path)
    return Answer(_handed_out(made), made.folder)


def _handed_out(made: Split) -> str:
    lines = [split_made(made)]
    if made.unassigned:
        lines.append(
            f"担当課が決まっていない指標 {len(made.unassigned)}件は、未割当のブックに入れました。"
        )
    return "\n".join(lines)


def status(master: Master) -> Answer:
    """Say which departments are how far, and save the table 回収状況 beside the master.

    Where some are late, staff are asked whether they want the mails to them.
    """
    from ..exchange.split import master_of

    path = master.path
    with master.copy() as copy:
        master_of(copy)
        places = [sharing.returned_folder(path)]
        table = path.with_name(sharing.STATUS_TABLE)
        collected = sharing.status(copy, places, table, name=path.stem)
    lines = [*_received(collected), *_reminders(master, collected.status)]
    return Answer("\n".join(lines), collected.table, collected.status.has_findings)


def _received(collected: sharing.Collected) -> Iterator[str]:
    from ..exchange.board import tally
    from ..exchange.standing import LABELS

    status = collected.status
    yield f"{status.round.label}の評価の回収状況です。"
    yield tally(status)
    first = sorted(status.departments, key=lambda each: each.state.is_done)
    shown = first[:_MOST] if len(first) > _MOST else status.departments
    for d in shown:
        late = f"、期限から {d.late}日" if d.late else ""
        counts = f"指標 {d.filled}/{d.asked}、施策 {d.measures_filled}/{d.measures}"
        yield f"・{d.name}: {LABELS[d.state]}({counts}、エラー {d.errors}{late})"
    if len(first) > len(shown):
        yield f"・ほか {len(first) - len(shown)}課は、一覧にあります。"
    yield from (f"・{each.failed}" for each in status.failed)
    yield from (f"・{line}" for line in status_remarks(status))
    yield f"一覧: {collected.table}"


def _reminders(master: Master, status: Status) -> Iterator[str]:
    """Write the mails to those who are late, if staff want them; yield what came of it."""
    if not status.late:
        return
    names = "、".join(each.name for each in status.late[:_NAMED])
    more = " ほか" if len(status.late) > _NAMED else ""
    question = (
        f"期限を過ぎた課が {len(status.late)}課 あります({names}{more})。"
        f"督促のメールの文を「{sharing.REMINDERS}」フォルダーに作りますか。"
    )
    if master.agrees(question):
        made = sharing.remind(status, master.path.with_name(sharing.REMINDERS))
        yield from (reminders_made(made), *(f"・{note}" for note in made.notes))


def merge(master: Master) -> Answer | None:
    """Merge what came back into the master's file, exactly as ``aso-xl merge`` does."""
    path = master.path
    master.ledger()
    folder = sharing.returned_folder(path)
    if not master.may_change(f"「{sharing.RETURNED}」フォルダーのブックを統合"):
        return None
    with master.released() as file:
        result = sharing.merge(file, [folder])
    return Answer(_merged(result, path), result.output, result.has_findings)


def _merged(result: MergeResult, master: Path) -> str:
    """Return the counts of what was merged, and which sheets to look at."""
    remarks = _few([f"・{line}" for line in merge_remarks(result)], master.with_name(REMARKS))
    lines = [merge_counts(result), merge_errors(result), *remarks, *merge_sheets(result)]
    return "\n".join(lines)


def send_back(master: Master) -> Answer | None:
    """Make the workbooks that go back to departments; the master keeps what went out."""
    path = master.path
    master.ledger()
    folder = sharing.returned_folder(path)
    if not master.may_change("差戻しを記録"):
        return None
    with master.released() as file:
        made = sharing.send_back(file, [folder])
    lines = _few([*sent_back(made)], path.with_name(SENT_BACK))
    return Answer("\n".join(lines), made.folder, bool(made.failed))


def _few(lines: list[str], text: Path) -> list[str]:
    """Return lines that fit into a dialog; of more, all stand in a new text."""
    if len(lines) <= _MOST:
        return lines
    written = text_file(text, lines)
    return [*lines[:_MOST], f"・ほか {len(lines) - _MOST}件。すべては {written} にあります。"]
