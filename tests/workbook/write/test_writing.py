"""Cells changed in a workbook that carries everything: they change, and nothing else does."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from cli_tools import is_one_sentence
from compared_packages import cell, changed_parts, elements, sheet
from lxml import etree
from packages import unpacked
from rich_workbook import GOAL, NOTES, packed, rich, sheet_parts
from workbook_tools import MAIN, Xlsx

from aso_xl.errors import AsoError, OutputError, WorkbookError
from aso_xl.workbook.read.reading import read
from aso_xl.workbook.write.sheet_cells import MAX_TEXT
from aso_xl.workbook.write.writing import CellEdit, apply

TYPED: dict[tuple[str, str], str | Decimal | None] = {
    ("1-01-1", "R9"): Decimal("1241.55"),
    ("1-01-1", "R8"): None,
    ("1-01-2", "R8"): "未公表",
    ("1-01-1", "備考(要因・出典)"): "=1+1 は式ではない\n「<&>」 \U00020bb7野家 ",
    ("1-H1", "備考(要因・出典)"): " 前後の空白も残る ",
    ("1-01", "取組"): "@SUM(A1)\r\n二行目",
}


def changes_of(rich_book: Xlsx) -> list[CellEdit]:
    return [CellEdit(*rich_book.find(*key), value) for key, value in TYPED.items()]


@pytest.fixture(scope="module")
def written(rich_book: Xlsx) -> bytes:
    return apply(rich(), changes_of(rich_book))


def test_nothing_to_do_changes_nothing() -> None:
    assert apply(rich(), []) is not None
    assert apply(rich(), []) == rich()


def test_every_other_part_stays_byte_for_byte(rich_book: Xlsx, written: bytes) -> None:
    assert changed_parts(rich(), written) == {
        *(rich_book.sheet_parts[name] for name in (GOAL, "施策1")),
        "xl/workbook.xml",
    }


def test_of_the_list_of_sheets_only_the_wish_to_calculate_changes(written: bytes) -> None:
    old, new = (etree.fromstring(unpacked(p)["xl/workbook.xml"]) for p in (rich(), written))
    settings = new.find(f"{MAIN}calcPr")
    assert settings is not None
    assert settings.attrib.pop("fullCalcOnLoad") == "1"
    assert list(elements(old, ())) == list(elements(new, ()))


def test_every_other_element_of_the_sheet_stays(rich_book: Xlsx, written: bytes) -> None:
    old, new = sheet(rich(), GOAL), sheet(written, GOAL)
    addresses = {change.address for change in changes_of(rich_book)}
    assert len(addresses) == len(TYPED)
    assert list(elements(old, addresses)) == list(elements(new, addresses))
    assert (old.nsmap, old.items()) == (new.nsmap, new.items())


def test_the_ledger_has_the_new_values(rich_book: Xlsx, written: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(written)
    (tmp_path / "b.xlsx").write_bytes(rich())
    new, old = read(tmp_path / "a.xlsx"), read(tmp_path / "b.xlsx")
    places = {rich_book.find(*key): value for key, value in TYPED.items()}
    seen = 0
    for table_old, table_new in ((old.rows, new.rows), (old.measures, new.measures)):
        for id_, row in table_new.items():
            for field, found in row.cells.items():
                expected: object = table_old[id_].cells[field].value
                if (found.sheet, found.address) in places:
                    seen += 1
                    expected = places[found.sheet, found.address]
                    if isinstance(expected, str):
                        expected = expected.replace("\r\n", "\n")
                assert found.value == (
                    float(expected) if isinstance(expected, Decimal) else expected
                )
                assert found.is_formula == table_old[id_].cells[field].is_formula
    assert seen == len(TYPED)
    assert new.oddities == old.oddities == ()


def test_a_changed_cell_keeps_its_look(rich_book: Xlsx, written: bytes) -> None:
    for change in changes_of(rich_book):
        place = (change.sheet, change.address)
        assert cell(written, place).get("s") == cell(rich(), place).get("s") is not None


def test_new_cells_stand_in_order_with_the_look_of_their_row_or_column() -> None:
    parts = unpacked(rich())
    part = sheet_parts(parts)[NOTES]
    root = etree.fromstring(parts[part])
    columns = etree.Element(f"{MAIN}cols")
    etree.SubElement(columns, f"{MAIN}col", min="20", max="30", width="9", style="3")
    data = root.find(f"{MAIN}sheetData")
    assert data is not None
    data.addprevious(columns)
    styled = etree.SubElement(data, f"{MAIN}row", r="40", s="5", customFormat="1")
    etree.SubElement(styled, f"{MAIN}c", r="B40", s="1")
    parts[part] = etree.tostring(root)
    at = ["Y2", "A40", "C40", "W20", "XFD1048576", "I1", "A7"]
    new = sheet(
        apply(packed(parts), [CellEdit(NOTES, a, Decimal(n)) for n, a in enumerate(at)]), NOTES
    )
    rows = [int(r.get("r", "0")) for r in new.iter(f"{MAIN}row")]
    assert rows == [1, 2, 3, 4, 7, 20, 40, 1048576]
    cells = [[str(c.get("r")) for c in row] for row in new.iter(f"{MAIN}row")]
    assert cells[0] == ["A1", "B1", "C1", "D1", "E1", "F1", "I1"]
    assert cells[6] == ["A40", "B40", "C40"]
    looks = {c.get("r"): c.get("s") for c in new.iter(f"{MAIN}c")}
    assert [looks[a] for a in at] == ["3", "5", "5", "3", None, None, None]
    dimension = new.find(f"{MAIN}dimension")
    assert dimension is not None
    assert dimension.get("ref") == "A1:XFD1048576"


def test_rows_and_cells_that_do_not_say_where_they_are() -> None:
    parts = unpacked(rich())
    part = sheet_parts(parts)[NOTES]
    root = etree.fromstring(parts[part])
    for element in root.iter(f"{MAIN}row", f"{MAIN}c"):
        element.attrib.pop("r")
    for formula in list(root.iter(f"{MAIN}f")):
        formula.getparent().remove(formula)  # type: ignore[union-attr]
    parts[part] = etree.tostring(root)
    changes = [
        CellEdit(NOTES, "A2", Decimal(7)),
        CellEdit(NOTES, "D3", "新"),
        CellEdit(NOTES, "A6", "下"),
    ]
    rows = list(sheet(apply(packed(parts), changes), NOTES).iter(f"{MAIN}row"))
    assert [row.get("r") for row in rows] == [None] * 4 + ["6"]
    assert rows[1][0].findtext(f"{MAIN}v") == "7"
    assert rows[2][-1].get("r") == "D3"


def test_blanking_what_is_not_there_makes_no_cell() -> None:
    changes = [CellEdit(NOTES, "Z99", None), CellEdit(NOTES, "Z98", "")]
    old, new = sheet(rich(), NOTES), sheet(apply(rich(), changes), NOTES)
    assert list(elements(old, ())) == list(elements(new, ()))


def test_zero_is_a_value() -> None:
    new = apply(
        rich(), [CellEdit(NOTES, "Z9", Decimal("0.00")), CellEdit(NOTES, "Z8", Decimal("-1E+2"))]
    )
    assert cell(new, (NOTES, "Z9")).findtext(f"{MAIN}v") == "0"
    assert float(cell(new, (NOTES, "Z8")).findtext(f"{MAIN}v") or "") == -100


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (CellEdit("ない", "A1", "x"), OutputError),
        (CellEdit(NOTES, "A1", "長" * (MAX_TEXT + 1)), OutputError),
        (CellEdit(NOTES, "A1", "\U00020bb7" * (MAX_TEXT // 2 + 1)), OutputError),
        (CellEdit(NOTES, "A1", Decimal("NaN")), OutputError),
        (CellEdit(NOTES, "A1", Decimal("1E+400")), OutputError),
    ],
    ids=["sheet", "long", "long in UTF-16", "NaN", "huge"],
)
def test_what_cannot_be_written_is_said(change: CellEdit, kind: type[AsoError]) -> None:
    with pytest.raises(kind) as error:
        apply(rich(), [change])
    assert is_one_sentence(str(error.value))


@pytest.mark.parametrize("damage", ["no zip", "no list of sheets", "broken sheet"])
def test_a_damaged_workbook_is_said(damage: str) -> None:
    parts = unpacked(rich())
    if damage == "no list of sheets":
        del parts["xl/workbook.xml"]
    else:
        parts[sheet_parts(parts)[NOTES]] = b"<worksheet><"
    package = b"PK" if damage == "no zip" else packed(parts)
    with pytest.raises(WorkbookError) as error:
        apply(package, [CellEdit(NOTES, "A1", "x")])
    assert is_one_sentence(str(error.value))


def test_a_package_written_as_a_stream_is_copied_whole() -> None:
    """Such a package says the sizes of a part behind it, not in front."""

    class Stream(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise OSError

        def tell(self) -> int:
            raise OSError

    out = Stream()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in unpacked(rich()).items():
            package.writestr(name, data)
    with zipfile.ZipFile(io.BytesIO(out.getvalue())) as opened:
        assert all(info.flag_bits & 8 for info in opened.infolist())
    new = apply(out.getvalue(), [CellEdit(NOTES, "A1", "x")])
    before, after = unpacked(rich()), unpacked(new)
    changed = {name for name in after if before.get(name) != after[name]}
    assert changed == {sheet_parts(before)[NOTES], "xl/workbook.xml"}
    assert before.keys() == after.keys()
