"""A figure that cannot be read is no blank: not in diff, not unsaid in a split."""

from __future__ import annotations

from pathlib import Path

import pytest
from exchange_tools import Town
from lxml import etree
from workbook_tools import MAIN, Formula, Xlsx

from aso_xl.exchange.diff import compare
from aso_xl.exchange.split import split
from aso_xl.workbook.read.reading import read


def stored(path: Path, what: str) -> str:
    """Put a damaged number (or a formula without a result) into a master; return its address."""
    book = Xlsx(path)
    sheet, address = book.find("1-01-1", "R8")
    if what == "formula":
        book.put((sheet, address), Formula("1+1"))
    else:
        book.put((sheet, address), None)
        etree.SubElement(book.cells(sheet)[address], f"{MAIN}v").text = what
    book.save(path)
    return f"{sheet} {address}"


@pytest.mark.parametrize("what", ["1E999", "1e+400", "百二十", "nan"])
def test_a_damaged_number(town: Town, tmp_path: Path, what: str) -> None:
    before = tmp_path / "前.xlsx"
    before.write_bytes(town.master.read_bytes())
    place = stored(town.master, what)
    [change] = compare(before, town.master).differences
    assert (change.id, change.round, str(change.one), change.other) == ("1-01-1", "R8", "95", what)
    made = split(town.master, tmp_path / "配布2")
    assert made.notes == (
        f"{place}(1-01-1 実績値): 「{what}」を読めないため、空欄で配りました。"
        "マスターを直し、もう一度分けてください。",
    )
    [sent] = [w.path for w in made.workbooks if w.part.department == "農政課"]
    assert read(sent).rows["1-01-1"].cells["R8"].value is None


def test_a_formula_without_its_result(town: Town, tmp_path: Path) -> None:
    place = stored(town.master, "formula")
    [note] = split(town.master, tmp_path / "配布2").notes
    assert note.startswith(f"{place}(1-01-1 実績値): 数式の結果を読めないため、空欄で")


def test_what_can_be_read_needs_no_word(town: Town, tmp_path: Path) -> None:
    assert split(town.master, tmp_path / "配布2").notes == ()
