"""The live workbook: read in blocks (or, where those do not tell all, as a copy), written in blocks."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ...domain.ledger import Area, Ledger
from ...errors import AsoError, WorkbookError
from ...last_net import log
from ...workbook.read.reading import read, read_book
from . import application, percent_formats
from .live_book import NotPlain, live_book, live_sheets

Block = list[list[Any]]


def ledger_of(book: Any) -> Ledger:
    """Return what the open workbook holds now, saved or not: the same as its file would say.

    What blocks of values cannot tell is read from a copy that Excel saves of its present state;
    so is everything if Excel answers for a block otherwise than it should (the log says how).
    The user's file and its saved state are not touched. Raise WorkbookError for a workbook that
    is not ours.
    """
    try:
        return _ledger_by_blocks(book)
    except AsoError:
        raise
    except NotPlain:
        pass
    except Exception as error:
        if application.is_busy(error):
            raise
        log(error)
    with copy_of(book) as copy:
        return read(copy)


def _ledger_by_blocks(book: Any) -> Ledger:
    sheets = live_sheets(book)
    ledger = read_book(live_book(book, sheets))
    percent_formats.require_none(sheets, ledger)
    return ledger


@contextmanager
def copy_of(book: Any) -> Iterator[Path]:
    """Give a copy of the workbook's present state, for as long as it is needed.

    Errors raised meanwhile name the open workbook, not the copy.
    """
    with tempfile.TemporaryDirectory(prefix="aso_xl_") as folder:
        suffix = Path(book.name).suffix.lower()
        copy = Path(folder) / f"book{suffix if suffix in ('.xlsx', '.xlsm') else '.xlsx'}"
        book.api.SaveCopyAs(str(copy))
        try:
            yield copy
        except AsoError as error:
            sentence = str(error).replace(copy.name, f"「{book.name}」")
            raise type(error)(sentence) from None


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
    """Write rows below the heading of a table, replacing what stood there: two calls at most.

    Past xlwings' own ``formula``, which asks Excel dozens of things before it writes.
    """
    top, left, right = area.first_row + 1, area.first_column, area.last_column
    bottom = area.first_row + len(rows)
    if rows:
        block = tuple(tuple("" if value is None else value for value in row) for row in rows)
        sheet.range((top, left), (bottom, right)).api.Formula = block
    if area.last_row > bottom:
        with begun(area.sheet):
            sheet.range((bottom + 1, left), (area.last_row, right)).clear_contents()


@contextmanager
def begun(title: str) -> Iterator[None]:
    """Say that a sheet is changed in part where Excel takes no further calls."""
    try:
        yield
    except Exception as error:
        if not application.is_busy(error):
            raise
        raise WorkbookError(
            f"シート「{title}」への書き込みが途中で止まりました(前回の内容が残っているところがあります)。"
            "セルの入力中なら Enter キーで確定し、もう一度押してください。"
        ) from None


def as_text(text: str) -> str:
    """Return text that Excel takes as text: no formula, and ``1-01-1`` no date."""
    return f"'{text}" if text[:1] in set("=+-@'0123456789") else text


def document_place(book: Any) -> Path:
    """Return where the workbook stands; of one on the web, where it would among the user's documents.

    Raise WorkbookError for a workbook that was never saved.
    """
    if _is_on_the_web(book):
        return Path.home() / "Documents" / str(book.name)
    return saved_path(book)


def saved_path(book: Any) -> Path:
    """Return where the workbook's file is.

    Raise WorkbookError for one that was never saved, or that lies on the web.
    """
    if _is_on_the_web(book):
        raise WorkbookError(
            "Web(SharePoint など)上のブックでは行えません。パソコンに保存したブックで行ってください。"
        )
    path = Path(application.full_name(book))
    if not path.is_absolute():
        raise WorkbookError(
            "このブックはまだ保存されていません。名前を付けて保存してから、もう一度押してください。"
        )
    return path


def _is_on_the_web(book: Any) -> bool:
    return urlsplit(application.full_name(book)).scheme in ("http", "https")
