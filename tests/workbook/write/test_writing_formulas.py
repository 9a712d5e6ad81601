"""Formulas beside cells that are written: none is lost, none computes something else."""

from __future__ import annotations

from decimal import Decimal

from compared_packages import cell, elements, sheet
from lxml import etree
from packages import unpacked
from rich_workbook import GOAL, NOTES, rich, sheet_parts
from workbook_tools import MAIN, Xlsx

from aso_xl.workbook.write.writing import Cached, CellEdit, apply


def test_formulas_that_shared_the_one_replaced_get_their_own() -> None:
    new = apply(rich(), [CellEdit(NOTES, "B1", Decimal(9))])
    formulas = {c.get("r"): c.find(f"{MAIN}f") for c in sheet(new, NOTES).iter(f"{MAIN}c")}
    assert formulas["B1"] is None
    own = [formulas[f"B{row}"] for row in (2, 3, 4)]
    assert [f.text for f in own if f is not None] == ["A2*2+$A$1", "A3*2+$A$1", "A4*2+$A$1"]
    assert [f.items() for f in own if f is not None] == [[]] * 3
    kept = sheet(apply(rich(), [CellEdit(NOTES, "B3", Decimal(9))]), NOTES)
    shared = [f for f in kept.iter(f"{MAIN}f") if f.get("t") == "shared"]
    assert [(f.text, f.get("ref")) for f in shared] == [
        ("A1*2+$A$1", "B1:B4"),
        (None, None),
        (None, None),
    ]


def chain(package: bytes) -> list[tuple[str, str]]:
    """Return the order of calculation as (sheet id, address), the sheet said or implied."""
    found, said = [], ""
    for entry in etree.fromstring(unpacked(package)["xl/calcChain.xml"]):
        said = entry.get("i", said)
        found.append((said, str(entry.get("r"))))
    return found


def test_only_its_entry_leaves_the_order_of_calculation(rich_book: Xlsx) -> None:
    ids = {str(s.get("name")): s.get("sheetId") for s in rich_book.workbook.iter(f"{MAIN}sheet")}
    first = next(iter(rich_book.formulas(GOAL)))
    places = [(GOAL, first), (NOTES, "D1"), (NOTES, "C1")]
    new = apply(rich(), [CellEdit(*place, Decimal(1)) for place in places])
    gone = [(str(ids[name]), address) for name, address in places]
    assert set(gone) < set(chain(rich()))
    assert chain(new) == [entry for entry in chain(rich()) if entry not in gone]


def test_an_empty_order_of_calculation_is_no_part(rich_book: Xlsx) -> None:
    places = [(name, at) for name in rich_book.sheet_parts for at in rich_book.formulas(name)]
    parts = unpacked(apply(rich(), [CellEdit(*place, Decimal(1)) for place in places]))
    assert "xl/calcChain.xml" not in parts
    assert b"calcChain" not in parts["[Content_Types].xml"] + parts["xl/_rels/workbook.xml.rels"]
    assert b"<f" not in b"".join(parts[p] for p in sheet_parts(parts).values()).replace(
        b"<for", b""
    )


def test_a_formula_shows_what_it_is_told(rich_book: Xlsx) -> None:
    text, number = rich_book.find("1-01-1", "判定"), rich_book.find("1-01-1", "進捗率")
    typed = rich_book.find("1-01-1", "R8")
    shown = [Cached(*text, "未達成"), Cached(*number, Decimal("-12.5")), Cached(*typed, "だめ")]
    new = apply(rich(), [], [*shown, Cached(NOTES, "Z99", "だめ")])
    old_cell, new_cell = cell(rich(), text), cell(new, text)
    assert new_cell.findtext(f"{MAIN}f") == old_cell.findtext(f"{MAIN}f") != ""
    assert (new_cell.get("t"), new_cell.findtext(f"{MAIN}v")) == ("str", "未達成")
    assert (cell(new, number).get("t"), cell(new, number).findtext(f"{MAIN}v")) == (None, "-12.5")
    assert new_cell.get("s") == old_cell.get("s")
    but = {text[1], number[1]}
    assert list(elements(sheet(rich(), GOAL), but)) == list(elements(sheet(new, GOAL), but))
