"""The strategy's own file as lines and tables in their order, whatever kind of file it is."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ...domain.cells import Cell
from ...domain.numerals import from_float
from ...errors import DefinitionError
from ...files.inputs import read_input
from ...office.addresses import LAST, corners_of
from ...workbook.read.book import Sheet
from ...workbook.read.file.number_formats import shown_text
from ...workbook.read.file.workbook_file import open_book
from .items import Grid, Item, Line

_OTHERS: Final = {
    ".pdf": "PDF の表は読めません。Word の元ファイルか、PDF を文字として保存した .txt を指定してください。",
    ".doc": "古い形式(.doc)です。Word で開き、.docx で保存し直してください。",
    ".xls": "古い形式(.xls)です。Excel で開き、.xlsx で保存し直してください。",
}


def items_of(path: Path) -> list[Item]:
    """Return the lines and tables of a file (.docx, .xlsx, .csv, .txt).

    Raise DefinitionError, one sentence, for another kind of file, and for one without any text.
    """
    suffix = path.suffix.lower()
    if suffix == ".docx":
        from .word_source import word_items

        items = list(word_items(path))
    elif suffix in (".xlsx", ".xlsm"):
        items = list(_workbook(path))
    elif suffix in (".csv", ".txt"):
        items = list(_csv(path) if suffix == ".csv" else _plain(path))
    else:
        told = _OTHERS.get(suffix, "読めるのは .docx、.xlsx、.csv、.txt です。")
        raise DefinitionError(f"{path.name}: {told}")
    if not items:
        raise DefinitionError(
            f"{path.name} に文字がありません。画像だけの PDF から作ったものなら、Word の元ファイルか、"
            "文字を読み取ったものを指定してください。"
        )
    return items


def _workbook(path: Path) -> Iterator[Item]:
    for sheet in open_book(path).sheets:
        covered = _covered(sheet)
        held: list[tuple[str, ...]] = []
        start = 0
        for number, cells in sheet.filled_rows():
            last = max(cells, default=0)
            row = tuple(
                _shown(sheet.cell(covered.get((number, c), number), c)) for c in range(1, last + 1)
            )
            filled = [text for text in row if text]
            if held and (len(filled) < 2 or number > start + len(held)):
                yield Grid(tuple(held), f"{sheet.title} {start}行目")
                held = []
            if len(filled) == 1:
                yield Line(filled[0], f"{sheet.title} {number}行目")
            elif filled:
                start = start if held else number
                held.append(row)
        if held:
            yield Grid(tuple(held), f"{sheet.title} {start}行目")


def _covered(sheet: Sheet) -> dict[tuple[int, int], int]:
    """Return cells under a merged range, with the row in which its text stands."""
    found = {}
    for address in sheet.merged(LAST):
        corners = corners_of(address)
        for row in range(corners.top + 1, min(corners.bottom, corners.top + 1000) + 1):
            found[row, corners.left] = corners.top
    return found


def _shown(cell: Cell) -> str:
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return shown_text(cell.number_format, value) or format(from_float(value), "f")
    return "" if value is None else str(value).strip()


def _csv(path: Path) -> Iterator[Item]:
    text = _decoded(path)
    try:
        rows = [tuple(cell.strip() for cell in row) for row in csv.reader(io.StringIO(text))]
    except csv.Error as error:
        raise DefinitionError(f"{path.name} を CSV として読めません({error})。") from None
    yield from _blocks(rows, path.stem)


def _plain(path: Path) -> Iterator[Item]:
    lines = _decoded(path).splitlines()
    yield from _blocks([tuple(cell.strip() for cell in line.split("\t")) for line in lines], "")


def _blocks(rows: list[tuple[str, ...]], name: str) -> Iterator[Item]:
    """Yield rows of several cells that follow each other as a table, and single texts as lines.

    In a CSV file (which has a ``name``) a row with one text is a line, whatever commas follow.
    """
    held: list[tuple[str, ...]] = []
    for number, row in enumerate([*rows, ()], start=1):
        place = f"{name} {number - len(held)}行目".strip()
        filled = [text for text in row if text]
        is_row = len(row) > 1 and bool(filled) and not (name and len(filled) == 1)
        if held and not is_row:
            yield Grid(tuple(held), place)
            held = []
        if is_row:
            held.append(row)
        elif filled:
            yield Line(filled[0], f"{name} {number}行目".strip())


def _decoded(path: Path) -> str:
    data = read_input(path, DefinitionError, what="ファイル", program="ほかのプログラム")
    if b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DefinitionError(f"{path.name} は文字のファイルではありません。")
    for codec in ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else _CODECS:
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            continue
    raise DefinitionError(f"{path.name} の文字コードがわかりません。UTF-8 で保存してください。")


_CODECS: Final = ("utf-8-sig", "cp932", "euc_jp")
_GAP: Final = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
_FOOTNOTE: Final = re.compile(r"\[?[※*]\]?|＊")


def joined(text: str) -> str:
    """Return a name without the blanks of line ends and the marks of footnotes."""
    return _GAP.sub("", " ".join(_FOOTNOTE.sub("", text).split()))
