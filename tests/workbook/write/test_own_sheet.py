"""Sheets of ours in a workbook of theirs: added behind all others, drawn anew, never taken over."""

from __future__ import annotations

import io
import warnings
from dataclasses import replace
from decimal import Decimal
from typing import Final

import pytest
from cli_tools import is_one_sentence
from compared_packages import changed_parts, elements, sheet
from lxml import etree
from openpyxl import Workbook, load_workbook
from packages import unpacked
from rich_workbook import KINDS, link, packed, rich, sheet_parts
from workbook_tools import MAIN, Xlsx

from aso_xl.errors import OutputError
from aso_xl.workbook.write.own_sheet import Open, OwnSheet
from aso_xl.workbook.write.writing import CellEdit, apply

CONFLICTS: Final = OwnSheet(
    name="競合",
    table="競合表",
    heads=("番号", "マスター", "提出", "採用"),
    rows=(
        ("1-01-1", Decimal("94"), Decimal("95.5"), None),
        ("1-01-2", "=1+1", "一行目\n二行目", "マスター"),
        ("1-H1", None, " 空白 ", None),
    ),
    widths=(10, 30, 30.5, 12),
    inputs=("採用",),
    choices={"採用": ("マスター", "提出", "別の値")},
)
EMPTY: Final = replace(CONFLICTS, rows=())


def book(package: bytes, *, data_only: bool = False) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl says what it would drop
        return load_workbook(io.BytesIO(package), data_only=data_only)


def shown(package: bytes, name: str = "競合") -> list[tuple[object, ...]]:
    return list(book(package)[name].iter_rows(values_only=True))


@pytest.fixture(scope="module")
def added() -> bytes:
    return apply(rich(), [], sheets=[CONFLICTS])


def test_it_shows_headings_and_rows_as_a_table(added: bytes) -> None:
    made = book(added)["競合"]
    assert shown(added) == [
        CONFLICTS.heads,
        ("1-01-1", 94, 95.5, None),
        ("1-01-2", "=1+1", "一行目\n二行目", "マスター"),
        ("1-H1", None, " 空白 ", None),
    ]
    assert made["B3"].data_type == "s"
    assert [(t.displayName, t.ref) for t in made.tables.values()] == [("競合表", "A1:D4")]
    assert made.freeze_panes == "A2"
    widths = tuple(made.column_dimensions[c].width for c in "ABCD")
    assert widths == CONFLICTS.widths
    assert made.page_setup.orientation == "landscape"


def test_only_what_staff_fill_is_open_and_has_a_list(added: bytes) -> None:
    made = book(added)["競合"]
    assert made.protection.sheet
    cells = [cell for row in made.iter_rows() for cell in row]
    opened = {cell.coordinate for cell in cells if not cell.protection.locked}
    assert opened == {"D2", "D3", "D4"}
    coloured = {c.coordinate for c in cells if c.fill.fgColor.rgb == "FFFFFBE6"}
    assert coloured == opened
    assert all(cell.alignment.wrap_text and cell.border.left.style == "thin" for cell in cells)
    assert all(cell.font.name == "BIZ UDPゴシック" and cell.font.sz == 10 for cell in cells)
    assert {cell.font.b for cell in made[1]} == {True}
    (rule,) = made.data_validations.dataValidation
    assert (str(rule.sqref), rule.formula1) == ("D2:D4", '"マスター,提出,別の値"')


LINED: Final = replace(
    CONFLICTS, lines=("選んでください。", "残り: {open}件"), open=Open('({採用}="")*1', "採用", 2)
)


def test_lines_stand_above_and_count_what_is_open() -> None:
    made = apply(rich(), [], sheets=[LINED])
    assert [row[0] for row in shown(made)[:4]] == [
        *("選んでください。", '="残り: "&SUMPRODUCT(($D$4:$D$6="")*1)&"件"', "番号", "1-01-1"),
    ]
    there = book(made)["競合"]
    assert [t.ref for t in there.tables.values()] == ["A3:D6"]
    assert (there.freeze_panes, there.sheet_view.selection[0].activeCell) == ("A4", "D4")
    assert not there["A1"].alignment.wrap_text and there["A1"].border.left.style is None
    assert book(made, data_only=True)["競合"]["A2"].value == "残り: 2件"


def test_a_mark_is_drawn_once_and_those_of_staff_stay() -> None:
    parts = unpacked(apply(rich(), [], sheets=[LINED]))
    part = sheet_parts(parts)["競合"]
    theirs = '<conditionalFormatting sqref="B4"><cfRule type="expression" dxfId="0" priority="9">'
    theirs += "<formula>$B$4=1</formula></cfRule></conditionalFormatting><dataValidations"
    parts[part] = parts[part].replace(b"<dataValidations", theirs.encode())
    more = replace(LINED, rows=(*LINED.rows, ("x", None, "y", None)))
    made = book(apply(packed(parts), [], sheets=[more]))["競合"]
    marks = {str(m.sqref): m.rules[0].formula for m in made.conditional_formatting}
    assert marks == {"B4": ["$B$4=1"], "D4:D7": ['($D4="")*1']}


def test_a_sheet_that_moves_gets_its_view_and_widths_anew(added: bytes) -> None:
    moved = replace(LINED, present="競合", is_moved=True, widths=(9, 8, 7, 6))
    made = book(apply(added, [], sheets=[moved]))["競合"]
    assert made.freeze_panes == "A4"
    assert tuple(made.column_dimensions[c].width for c in "ABCD") == (9, 8, 7, 6)


def test_adding_it_touches_the_lists_and_the_looks_only(added: bytes, rich_book: Xlsx) -> None:
    lists = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"}
    new = {"xl/worksheets/sheet18.xml", "xl/worksheets/_rels/sheet18.xml.rels"}
    assert changed_parts(rich(), added) == lists | new | {"xl/styles.xml", "xl/tables/table26.xml"}
    old_looks, looks = (etree.fromstring(unpacked(p)["xl/styles.xml"]) for p in (rich(), added))
    for old, now in zip(old_looks, looks, strict=True):
        assert [etree.tostring(c) for c in old] == [etree.tostring(c) for c in now][: len(old)]
        assert now.get("count") in (None, str(len(now)))
    sheets = list(sheet_parts(unpacked(added)))
    assert sheets == [*rich_book.sheet_parts, "競合"]
    ids = [int(t["id"]) for t in _tables(added)]
    assert len(set(ids)) == len(ids) == 26


def _tables(package: bytes) -> list[dict[str, str]]:
    parts = unpacked(package)
    tables = [etree.fromstring(data) for name, data in parts.items() if "xl/tables/" in name]
    return [{str(k): str(v) for k, v in table.items()} for table in tables]


def test_drawing_the_same_again_changes_no_part(added: bytes) -> None:
    assert changed_parts(added, apply(added, [], sheets=[CONFLICTS])) == set()


def test_drawn_anew_it_has_the_new_rows_and_keeps_what_staff_arranged(added: bytes) -> None:
    parts = unpacked(added)
    part = sheet_parts(parts)["競合"]
    text = parts[part].decode().replace('width="30"', 'width="55"')
    text = text.replace(
        "<pageMargins", '<mergeCells count="1"><mergeCell ref="A6:B6"/></mergeCells><pageMargins'
    )
    parts[part] = text.encode()
    workbook = parts["xl/workbook.xml"].decode().replace('name="競合"', 'name="競合(済)"')
    parts["xl/workbook.xml"] = workbook.encode()
    more = replace(CONFLICTS, rows=(*CONFLICTS.rows, *[("x", None, "y", None)] * 3))
    again = apply(packed(parts), [], sheets=[more])
    assert changed_parts(packed(parts), again) == {part, "xl/tables/table26.xml"}
    made = book(again)["競合(済)"]
    assert "競合" not in book(again).sheetnames
    assert made.max_row == 7
    assert made.column_dimensions["B"].width == 55
    assert not made.merged_cells.ranges
    assert [(t.displayName, t.ref) for t in made.tables.values()] == [("競合表", "A1:D7")]
    assert [str(r.sqref) for r in made.data_validations.dataValidation] == ["D2:D7"]
    tags = [etree.QName(child).localname for child in sheet(again, "競合(済)")]
    assert tags.index("sheetData") < tags.index("sheetProtection") < tags.index("dataValidations")
    assert tags.index("dataValidations") < tags.index("pageMargins") < tags.index("tableParts")


def test_nothing_to_say_still_is_a_table_and_formulas_typed_there_are_forgotten() -> None:
    typed = unpacked(apply(rich(), [], sheets=[CONFLICTS]))
    part = sheet_parts(typed)["競合"]
    root = etree.fromstring(typed[part])
    (target,) = (c for c in root.iter(f"{MAIN}c") if c.get("r") == "D2")
    etree.SubElement(target, f"{MAIN}f").text = "B2"
    typed[part] = etree.tostring(root)
    number = (
        etree.fromstring(typed["xl/workbook.xml"]).findall(f".//{MAIN}sheet")[-1].get("sheetId")
    )
    entry = f'<c r="D2" i="{number}"/></calcChain>'.encode()
    typed["xl/calcChain.xml"] = typed["xl/calcChain.xml"].replace(b"</calcChain>", entry)
    emptied = apply(packed(typed), [], sheets=[EMPTY])
    assert shown(emptied) == [CONFLICTS.heads, (None,) * 4]
    assert [t["ref"] for t in _tables(emptied) if t["name"] == "競合表"] == ["A1:D2"]
    chains = [etree.fromstring(unpacked(p)["xl/calcChain.xml"]) for p in (emptied, rich())]
    assert list(elements(chains[0], ())) == list(elements(chains[1], ()))


def test_a_sheet_of_theirs_with_that_name_is_left_alone() -> None:
    workbook = unpacked(rich())
    text = workbook["xl/workbook.xml"].decode().replace('name="メモ"', 'name="競合"')
    workbook["xl/workbook.xml"] = text.encode()
    theirs = packed(workbook)
    made = apply(theirs, [], sheets=[CONFLICTS])
    assert list(elements(sheet(theirs, "競合"), ())) == list(elements(sheet(made, "競合"), ()))
    assert shown(made, "競合 (2)")[0] == CONFLICTS.heads
    again = apply(made, [], sheets=[EMPTY])
    assert book(again).sheetnames == book(made).sheetnames
    assert shown(again, "競合 (2)")[1:] == [(None,) * 4]


def test_a_name_defined_by_staff_is_no_name_for_our_table() -> None:
    workbook = unpacked(rich())
    entry = "<definedName name=\"競合表\">'メモ'!$A$1</definedName></definedNames>"
    text = workbook["xl/workbook.xml"].decode().replace("</definedNames>", entry)
    workbook["xl/workbook.xml"] = text.encode()
    made = apply(apply(packed(workbook), [], sheets=[CONFLICTS]), [], sheets=[EMPTY])
    assert [t["name"] for t in _tables(made) if t["name"].startswith("競合")] == ["競合表_2"]
    assert [name for name in book(made).sheetnames if "競合" in name] == ["競合"]


def test_comments_of_staff_on_it_stay_and_a_table_of_theirs_goes(added: bytes) -> None:
    parts = unpacked(added)
    part = sheet_parts(parts)["競合"]
    root = etree.fromstring(parts[part])
    (tables,) = root.iter(f"{MAIN}tableParts")
    legacy = etree.Element(f"{MAIN}legacyDrawing")
    legacy.set(f"{{{KINDS}}}id", "rId50")
    tables.addprevious(legacy)
    extra = etree.SubElement(tables, f"{MAIN}tablePart")
    extra.set(f"{{{KINDS}}}id", "rId60")
    parts[part] = etree.tostring(root)
    link(parts, part, "rId50", "vmlDrawing", "../drawings/vmlDrawing2.vml")
    link(parts, part, "rId51", "comments", "../comments2.xml")
    link(parts, part, "rId60", "table", "../tables/table77.xml")
    parts["xl/tables/table77.xml"] = (
        parts["xl/tables/table26.xml"]
        .decode()
        .replace("競合表", "別表")
        .replace('id="25"', 'id="77"')
        .encode()
    )
    again = apply(packed(parts), [], sheets=[EMPTY])
    made = sheet(again, "競合")
    assert made.find(f"{MAIN}legacyDrawing") is not None
    assert "xl/tables/table77.xml" not in unpacked(again)
    assert unpacked(again)["xl/comments2.xml"] == unpacked(rich())["xl/comments2.xml"]
    assert [len(t) for t in made.iter(f"{MAIN}tableParts")] == [1]


@pytest.mark.parametrize("words", [("あ" * 200, "い" * 60), ("a,b", "c")])
def test_a_list_that_excel_cannot_hold_is_said(words: tuple[str, ...]) -> None:
    with pytest.raises(OutputError) as error:
        apply(rich(), [], sheets=[replace(CONFLICTS, choices={"採用": words})])
    assert is_one_sentence(str(error.value))


def test_changes_and_sheets_go_together() -> None:
    made = apply(
        rich(),
        [CellEdit("メモ", "A1", "新")],
        sheets=[CONFLICTS, replace(EMPTY, name="変更履歴", table="履歴表")],
    )
    assert book(made).sheetnames[-2:] == ["競合", "変更履歴"]
    assert book(made)["メモ"]["A1"].value == "新"
