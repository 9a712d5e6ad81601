"""What is said of 配布, 回収状況 and 統合, whether a button or an icon was used."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from ..errors import AsoError
from ..exchange.merge_files import Outcome
from ..exchange.merge_words import errors_of, remarks
from ..exchange.split import Split
from ..exchange.status import LABELS, SHEET, Status, write_sheet
from ..files.output import write_beside
from ..workbook.layout import CHANGES, CONFLICTS, REJECTED
from .icons.text_lists import text_file

RETURNED: Final = "提出"
REMARKS: Final = "統合の記録.txt"
_MOST: Final = 12


def returned_folder(master: Path) -> Path:
    """Return the folder beside the master that holds what came back.

    Raises AsoError if it is not there.
    """
    folder = master.parent / RETURNED
    if not folder.is_dir():
        raise AsoError(
            f"「{RETURNED}」フォルダーがありません。{master.parent} に作り、"
            "各課から届いたブックを入れてから、もう一度行ってください。"
        )
    return folder


def handed_out(made: Split) -> str:
    """Return what was made for the departments, and what no department has."""
    lines = [f"{made.folder} に {len(made.workbooks)}課分のブックを作りました。"]
    if made.unassigned:
        lines.append(
            f"担当課が決まっていない指標 {len(made.unassigned)}件は、未割当のブックに入れました。"
        )
    return "\n".join(lines)


def saved_status(found: Status, master: Path) -> Path:
    """Return where the table 回収状況 was saved: beside the master, over nothing."""
    target = master.with_name(f"{SHEET}.xlsx")
    return write_beside(target, lambda stream: write_sheet(found, master.stem, stream))


def received(found: Status, table: Path) -> str:
    """Return which departments have sent what, and where the table of it is."""
    lines = [
        f"・{d.name}: {LABELS[d.state]}(入力済み {d.filled}/{d.asked}、誤り {d.errors})"
        for d in found.departments
    ]
    lines += [f"・{each.failed}" for each in found.failed]
    return "\n".join([f"{found.round.label}の評価の回収状況です。", *lines, f"一覧: {table}"])


def merged(outcome: Outcome, master: Path) -> str:
    """Return the counts of what was merged, and which sheets to look at.

    Of many remarks all stand in a new text beside the master.
    """
    applied, open_ = outcome.merged.applied, outcome.open_conflicts
    lines = [
        f"取り込み {len(applied)}件、変更なし {outcome.merged.unchanged}件、"
        f"競合 {len(open_)}件、受け付けなかった変更 {len(outcome.rejected)}件",
        errors_of(outcome),
        *_few([f"・{line}" for line in remarks(outcome)], master),
    ]
    if applied:
        lines.append(f"変更は「{CHANGES}」シートにあります。")
    if open_:
        lines.append(f"「{CONFLICTS}」シートの採用を選び、保存してから、もう一度統合してください。")
    if outcome.rejected:
        lines.append(f"受け付けなかったものは「{REJECTED}」シートにあります。")
    return "\n".join(lines)


def _few(lines: list[str], master: Path) -> list[str]:
    """Return lines that fit into a dialog."""
    if len(lines) <= _MOST:
        return lines
    written = text_file(master.with_name(REMARKS), lines)
    return [*lines[:_MOST], f"・ほか {len(lines) - _MOST}件。すべては {written} にあります。"]
