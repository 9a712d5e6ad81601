"""The live workbook: read in blocks (or, where those do not tell all, as a copy), written in blocks."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from ..errors import WorkbookError
from ..ledger import Area, Ledger
from ..workbook.reading import read, read_book
from . import percent_formats
from .live_book import NotPlain, live_book

Block = list[list[Any]]
OUTPUTS: Final = "outputs"


def ledger_of(book: Any) -> Ledger:
    """Return what the open workbook holds now, saved or not: the same as its file would say.

    What blocks of values cannot tell is read from a copy that Excel saves of its present state.
    The user's file and its saved state are not touched. Raises WorkbookError for a workbook that
    is not ours.
    """
    try:
        ledger = read_book(live_book(book))
        percent_formats.require_none(book, ledger)
        return ledger
    except NotPlain:
        with copy_of(book) as copy:
            return read_copy(book, copy)


@contextmanager
def copy_of(book: Any) -> Iterator[Path]:
    """Give a copy of the workbook's present state, for as long as it is needed."""
    with tempfile.TemporaryDirectory(prefix="aso_xl_") as folder:
        suffix = Path(book.name).suffix.lower()
        copy = Path(folder) / f"book{suffix if suffix in ('.xlsx', '.xlsm') else '.xlsx'}"
        book.api.SaveCopyAs(str(copy))
        yield copy


def read_copy(book: Any, copy: Path) -> Ledger:
    """Return what a copy holds; errors name the open workbook, not the copy."""
    try:
        return read(copy)
    except WorkbookError as error:
        raise WorkbookError(str(error).replace(copy.name, f"「{book.name}」")) from None


def is_writable(book: Any) -> bool:
    """Return whether results may be written into the workbook (not read-only, not shared)."""
    return not (book.api.ReadOnly or book.api.MultiUserEditing)


def require_unprotected(sheet: Any) -> None:
    """Raise WorkbookError if the sheet is protected, before anything is written."""
    if sheet.api.ProtectContents:
        raise WorkbookError(
            f"シート「{sheet.name}」が保護されているため、結果を書き込めません。"
            "「校閲」の「シート保護の解除」を選んでから、もう一度押してください。"
        )


def write_body(sheet: Any, area: Area, rows: Block) -> None:
    """Write rows below the heading of a table, replacing what stood there: two calls at most."""
    top, left = area.first_row + 1, area.first_column
    right = area.last_column
    if area.last_row >= top:
        sheet.range((top, left), (area.last_row, right)).clear_contents()
    if rows:
        bottom = top + len(rows) - 1
        sheet.range((top, left), (bottom, right)).formula = [tuple(row) for row in rows]


def as_text(text: str) -> str:
    """Return text that Excel takes as text: no formula, and ``1-01-1`` no date."""
    return f"'{text}" if text[:1] in set("=+-@'0123456789") else text


def outputs_folder(book: Any) -> Path:
    """Return the folder for documents: beside the workbook, or the user's own for a web one.

    Raises WorkbookError for a workbook that was never saved.
    """
    if _is_on_the_web(book):
        return Path.home() / "Documents" / OUTPUTS
    return saved_path(book).parent / OUTPUTS


def saved_path(book: Any) -> Path:
    """Return where the workbook's file is.

    Raises WorkbookError for one that was never saved, or that lies on the web.
    """
    if _is_on_the_web(book):
        raise WorkbookError(
            "Web(SharePoint など)上のブックでは行えません。パソコンに保存したブックで行ってください。"
        )
    path = Path(str(book.fullname))
    if not path.is_absolute():
        raise WorkbookError(
            "このブックはまだ保存されていません。名前を付けて保存してから、もう一度押してください。"
        )
    return path


def _is_on_the_web(book: Any) -> bool:
    return urlsplit(str(book.fullname)).scheme in ("http", "https")
