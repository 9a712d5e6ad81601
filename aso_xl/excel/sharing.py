"""The buttons for sharing: 配布, 回収状況 and 統合, on the live master.

Workbooks that came back are looked for in the folder 提出 beside the master.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from ..errors import AsoError, WorkbookError
from ..exchange.merge import Outcome, merge_files
from ..exchange.split import FOLDER as HANDED_OUT
from ..exchange.split import split as split_master
from ..exchange.status import LABELS, SHEET, write_sheet
from ..exchange.status import status as status_of
from ..output import free_path, write_beside
from ..workbook.layout import CHANGES, CONFLICTS, REJECTED
from . import live
from .session import alert, macro

RETURNED: Final = "提出"
CLOSING: Final = (
    "いまの内容を保存してブックをいったん閉じ、「提出」フォルダーのブックを統合してから開き直します。"
    "統合前のブックは「履歴」フォルダーに残ります。\n\n続けますか。"
)


@macro("各課へ配るブックを作成しています…")
def split(book: Any) -> str:
    """Make a workbook per 担当課 in a new folder beside the master; the master stays as it is."""
    place = live.saved_path(book)
    with live.copy_of(book) as copy:
        round_ = live.read_copy(book, copy).settings.round
        made = split_master(copy, free_path(place.parent / f"{HANDED_OUT}_{round_}"))
    lines = [f"{made.folder} に {len(made.workbooks)}課分のブックを作りました。"]
    if made.unassigned:
        lines.append(
            f"担当課が決まっていない指標 {len(made.unassigned)}件は、未割当のブックに入れました。"
        )
    return "\n".join(lines)


@macro("回収状況を調べています…")
def status(book: Any) -> str:
    """Say which departments have sent what, and save the table 回収状況 beside the master."""
    place = live.saved_path(book)
    folder = _returned(place)
    with live.copy_of(book) as copy:
        found = status_of(copy, [folder])
    path = write_beside(
        place.with_name(f"{SHEET}.xlsx"), lambda stream: write_sheet(found, place.stem, stream)
    )
    lines = [
        f"・{d.name}: {LABELS[d.state]}(入力済み {d.filled}/{d.asked}、誤り {d.errors})"
        for d in found.departments
    ]
    lines += [f"・{each.failed}" for each in found.failed]
    return "\n".join([f"{found.round.label}の評価の回収状況です。", *lines, f"一覧: {path}"])


@macro("提出されたブックを統合しています…")
def merge(book: Any) -> str | None:
    """Merge what came back into the master's file, exactly as ``aso-xl merge`` does.

    Excel holds an open file, so the book is saved and closed for it, and opened again whatever
    happens.
    """
    place = live.saved_path(book)
    folder = _returned(place)
    if not live.is_writable(book):
        raise WorkbookError("このブックは読み取り専用か共有中のため、統合できません。")
    live.ledger_of(book)
    app = book.app
    if alert(app, CLOSING, "info", "yes_no") != "yes":
        return None
    book.save()
    book.close()
    try:
        outcome = merge_files(place, [folder])
    finally:
        app.books.open(str(place))
    return _told(outcome)


def _returned(master: Path) -> Path:
    folder = master.parent / RETURNED
    if not folder.is_dir():
        raise AsoError(
            f"「{RETURNED}」フォルダーがありません。{master.parent} に作り、"
            "各課から届いたブックを入れてから、もう一度押してください。"
        )
    return folder


def _told(outcome: Outcome) -> str:
    merged, open_ = outcome.merged, outcome.open_conflicts
    lines = [
        f"取り込み {len(merged.applied)}件、変更なし {merged.unchanged}件、"
        f"競合 {len(open_)}件、受け付けなかった変更 {len(outcome.rejected)}件",
        *(f"・{each.failed}" for each in outcome.files if each.failed),
    ]
    if merged.applied:
        lines.append(f"変更は「{CHANGES}」シートにあります。")
    if open_:
        lines.append(f"「{CONFLICTS}」シートの採用を選び、保存してから、もう一度押してください。")
    if outcome.rejected:
        lines.append(f"受け付けなかったものは「{REJECTED}」シートにあります。")
    return "\n".join(lines)
