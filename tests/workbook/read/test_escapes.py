"""Escapes in the text of cells: decoded once, written so that they read back, in every kind of text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from workbook_tools import MAIN, Xlsx

from aso_xl.exchange.cell_values import value_of
from aso_xl.strategies.definition import load
from aso_xl.workbook.build import template
from aso_xl.workbook.escapes import decoded, encoded
from aso_xl.workbook.read.reading import read
from aso_xl.workbook.write.writing import CellEdit, apply

DECODED = {
    "一_x000D_\n二": "一\n二",
    "一_x000D_二": "一\n二",
    "一_x000B_二": "一\n二",
    "_x005F_x000D_": "_x000D_",
    "_x005F_x005F_": "_x005F_",
    "_x3042_": "あ",
    "_xD83D__xDE00_": "😀",
    "_xD83D_一": "一",
    "_x0007_一_x0000_": "一",
    "_x00d_ _X000D_ x000D_": "_x00d_ _X000D_ x000D_",
}


@pytest.mark.parametrize("stored", DECODED)
def test_escapes_are_decoded_once(stored: str) -> None:
    assert decoded(stored) == DECODED[stored]


@given(st.text(alphabet="_x0041FDあ\n", max_size=30))
def test_text_that_looks_like_an_escape_reads_back(text: str) -> None:
    assert decoded(encoded(text)) == text


@pytest.mark.parametrize("kind", ["inlineStr", "str", "s"])
def test_every_kind_of_text_is_decoded(sample_path: Path, tmp_path: Path, kind: str) -> None:
    ledger, book = read(sample_path), Xlsx(sample_path)
    place = ledger.rows["1-01-1"].cells["remark"]
    book.put((place.sheet, place.address), "後で")
    cell = book.cells(place.sheet)[place.address]
    cell.set("t", kind)
    for child in list(cell):
        cell.remove(child)
    if kind == "inlineStr":
        etree.SubElement(etree.SubElement(cell, f"{MAIN}is"), f"{MAIN}t").text = "一_x000D_\n二"
    elif kind == "str":
        etree.SubElement(cell, f"{MAIN}v").text = "一_x000D_\n二"
    else:
        strings = book.xml("xl/sharedStrings.xml")
        one = etree.SubElement(etree.SubElement(strings, f"{MAIN}si"), f"{MAIN}t")
        one.text = "一_x000D_\n二"
        book.parts["xl/sharedStrings.xml"] = etree.tostring(strings)
        etree.SubElement(cell, f"{MAIN}v").text = str(len(strings) - 1)
    found = read(book.save(tmp_path / "book.xlsx")).rows["1-01-1"].cells["remark"]
    assert (found.value, value_of(found.value, text=True)) == ("一\n二", "一\n二")


def test_settings_and_headings_are_decoded(sample_path: Path, tmp_path: Path) -> None:
    book = Xlsx(sample_path)
    strings = book.parts["xl/sharedStrings.xml"].decode()
    for word in ("備考", "見出し", "検証"):
        strings = strings.replace(f">{word}<", f">_x{ord(word[0]):04X}_{word[1:]}<")
    book.parts["xl/sharedStrings.xml"] = strings.encode()
    assert read(book.save(tmp_path / "book.xlsx")) == read(sample_path)


@pytest.mark.parametrize("text", ["_x000D_", "a_x0041_x0042_b", "_x005F_", "__x0009__"])
def test_what_is_written_reads_back(sample_path: Path, tmp_path: Path, text: str) -> None:
    place = read(sample_path).rows["1-01-1"].cells["remark"]
    path = tmp_path / "book.xlsx"
    path.write_bytes(apply(sample_path.read_bytes(), [CellEdit(place.sheet, place.address, text)]))
    assert read(path).rows["1-01-1"].cells["remark"].value == text


def test_what_a_new_workbook_is_built_of_reads_back(tmp_path: Path) -> None:
    made = load("third", sample=True)
    entries = {**made.entries, "remarks": {"1-01-1": "_x000D_と_x005F_"}}
    path = tmp_path / "book.xlsx"
    path.write_bytes(template.build(type(made)(made.plan, made.text, entries)))
    assert read(path).rows["1-01-1"].cells["remark"].value == "_x000D_と_x005F_"
