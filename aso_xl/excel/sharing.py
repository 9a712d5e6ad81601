"""配布, 回収状況 and 統合, whether a button or an icon was used.

Workbooks that came back are looked for in the folder 提出 beside the master.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from .. import jobs
from ..job_words import merge_counts, merge_errors, merge_remarks, merge_sheets, split_made
from .master import Answer, Master
from .text_files import text_file

if TYPE_CHECKING:
    from ..exchange.merge_files import MergeResult
    from ..exchange.split import Split

REMARKS: Final = "統合の記録.txt"
_MOST: Final = 12
"""Lines of remarks that fit into a dialog."""


def split(master: Master) -> Answer:
    """Make a workbook per 担当課 in a new folder beside the master, which stays as it is."""
    path = master.path
    with master.copy() as copy:
        made = jobs.split(copy, beside=path)
    return Answer(_handed_out(made), made.folder)


def _handed_out(made: Split) -> str:
    lines = [split_made(made)]
    if made.unassigned:
        lines.append(
            f"担当課が決まっていない指標 {len(made.unassigned)}件は、未割当のブックに入れました。"
        )
    return "\n".join(lines)


def status(master: Master) -> Answer:
    """Say which departments have sent what, and save the table 回収状況 beside the master."""
    from ..exchange.split import master_of

    path = master.path
    with master.copy() as copy:
        master_of(copy)
        places = [jobs.returned_folder(path)]
        table = path.with_name(jobs.STATUS_TABLE)
        collected = jobs.status(copy, places, table, name=path.stem)
    return Answer(_received(collected), collected.table, collected.status.has_findings)


def _received(collected: jobs.Collected) -> str:
    from ..exchange.status import LABELS

    status = collected.status
    lines = [
        f"・{d.name}: {LABELS[d.state]}"
        f"(指標 {d.filled}/{d.asked}、施策 {d.measures_filled}/{d.measures}、エラー {d.errors})"
        for d in status.departments
    ]
    lines += [f"・{each.failed}" for each in status.failed]
    head = f"{status.round.label}の評価の回収状況です。"
    return "\n".join([head, *lines, f"一覧: {collected.table}"])


def merge(master: Master) -> Answer | None:
    """Merge what came back into the master's file, exactly as ``aso-xl merge`` does."""
    path = master.path
    master.ledger()
    folder = jobs.returned_folder(path)
    if not master.may_change(f"「{jobs.RETURNED}」フォルダーのブックを統合"):
        return None
    with master.released() as file:
        result = jobs.merge(file, [folder])
    return Answer(_merged(result, path), result.output, result.has_findings)


def _merged(result: MergeResult, master: Path) -> str:
    """Return the counts of what was merged, and which sheets to look at."""
    remarks = _few([f"・{line}" for line in merge_remarks(result)], master)
    lines = [merge_counts(result), merge_errors(result), *remarks, *merge_sheets(result)]
    return "\n".join(lines)


def _few(lines: list[str], master: Path) -> list[str]:
    """Return lines that fit into a dialog; of more, all stand in a new text beside the master."""
    if len(lines) <= _MOST:
        return lines
    written = text_file(master.with_name(REMARKS), lines)
    return [*lines[:_MOST], f"・ほか {len(lines) - _MOST}件。すべては {written} にあります。"]
