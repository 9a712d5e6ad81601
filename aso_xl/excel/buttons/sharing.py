"""The buttons for sharing: 配布, 回収状況 and 統合, on the live master.

Workbooks that came back are looked for in the folder 提出 beside the master.
"""

from __future__ import annotations

from typing import Any, Final

from ...errors import WorkbookError
from ...exchange.merge_files import merge_files
from ...exchange.split import as_master, master_of, new_folder
from ...exchange.split import split as split_master
from ...exchange.status import status as status_of
from ...workbook.read.reading import read
from ..sharing_words import handed_out, merged, received, returned_folder, saved_status
from . import live
from .session import alert, macro

CLOSING: Final = (
    "いまの内容を保存してブックをいったん閉じ、「提出」フォルダーのブックを統合してから開き直します。"
    "統合前のブックは「履歴」フォルダーに残ります。\n\n続けますか。"
)


@macro("各課へ配るブックを作成しています…")
def split(book: Any) -> str:
    """Make a workbook per 担当課 in a new folder beside the master; the master stays as it is."""
    place = live.saved_path(book)
    with live.copy_of(book) as copy:
        folder = new_folder(place, str(read(copy).settings.round))
        return handed_out(split_master(copy, folder))


@macro("回収状況を調べています…")
def status(book: Any) -> str:
    """Say which departments have sent what, and save the table 回収状況 beside the master."""
    place = live.saved_path(book)
    with live.copy_of(book) as copy:
        master_of(copy)
        found = status_of(copy, [returned_folder(place)])
    return received(found, saved_status(found, place))


@macro("提出されたブックを統合しています…")
def merge(book: Any) -> str | None:
    """Merge what came back into the master's file, exactly as ``aso-xl merge`` does.

    Excel holds an open file, so the book is saved and closed for it, and opened again whatever
    happens.
    """
    place = live.saved_path(book)
    as_master(live.ledger_of(book), f"「{place.name}」")
    folder = returned_folder(place)
    if not live.is_writable(book):
        raise WorkbookError("このブックは読み取り専用か共有中のため、統合できません。")
    app = book.app
    if alert(app, CLOSING, "info", "yes_no") != "yes":
        return None
    book.save()
    book.close()
    try:
        outcome = merge_files(place, [folder])
    finally:
        app.books.open(str(place))
    return merged(outcome, place)
