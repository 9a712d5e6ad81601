"""The copy with buttons: the buttons are where and what they should be, all else is untouched."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from build_addin.addin import parts
from cli_tools import ROOT
from lxml import etree
from test_ooxml_validator import findings, validator  # noqa: F401

from aso_xl.errors import WorkbookError
from aso_xl.excel.addin.button_workbook import PROJECT, make
from aso_xl.workbook.read.reading import read

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
X = "{urn:schemas-microsoft-com:office:excel}"
V = "{urn:schemas-microsoft-com:vml}"
SEQUENCE = re.findall(
    r"\w+",
    """sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection
protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells
phoneticPr conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup
headerFooter rowBreaks colBreaks customProperties cellWatches ignoredErrors smartTags drawing
legacyDrawing legacyDrawingHF drawingHF picture oleObjects controls webPublishItems tableParts
extLst""",
)
"""The order of a worksheet's elements in the schema."""

MASTERS = ["template", "sample", "second_term"]
GOALS = [f"基本目標{n}" for n in range(1, 5)]


def master(name: str) -> bytes:
    return (ROOT / "workbooks" / f"{name}.xlsx").read_bytes()


def sheet_parts(package: dict[str, bytes]) -> dict[str, str]:
    links = etree.fromstring(package["xl/_rels/workbook.xml.rels"])
    targets = {k.get("Id"): f"xl/{k.get('Target')}" for k in links}
    sheets = etree.fromstring(package["xl/workbook.xml"]).iter(f"{MAIN}sheet")
    return {str(s.get("name")): targets[s.get(f"{REL}id")] for s in sheets}


def vml(package: dict[str, bytes], sheet: str) -> etree._Element | None:
    """Return the root of the drawing that holds a sheet's buttons; None if it has none."""
    part = Path(sheet_parts(package)[sheet])
    root = etree.fromstring(package[part.as_posix()])
    element = root.find(f"{MAIN}legacyDrawing")
    if element is None:
        return None
    links = etree.fromstring(package[f"xl/worksheets/_rels/{part.name}.rels"])
    (target,) = [k.get("Target") for k in links if k.get("Id") == element.get(f"{REL}id")]
    return etree.fromstring(package[f"xl/drawings/{Path(str(target)).name}"])


def buttons(package: dict[str, bytes], sheet: str) -> dict[str, tuple[str, list[int]]]:
    """Return macro and anchor of every button of a sheet by its caption."""
    root = vml(package, sheet)
    if root is None:
        return {}
    found = {}
    for shape in root.iter(f"{V}shape"):
        data = shape.find(f"{X}ClientData")
        if data is not None and data.get("ObjectType") == "Button":
            anchor = [int(n) for n in str(data.findtext(f"{X}Anchor")).split(",")]
            caption = "".join(map(str, shape.itertext("font")))
            found[caption] = (str(data.findtext(f"{X}FmlaMacro")), anchor)
    return found


@pytest.mark.parametrize("name", MASTERS)
def test_guide_and_goal_sheets_have_the_buttons(name: str) -> None:
    made = parts(make(master(name)))
    for sheet in sheet_parts(made):
        found = buttons(made, sheet)
        if sheet not in ("使い方", *GOALS):
            assert found == {}
            continue
        for_all = {
            "入力チェック": "[0]!AsoCheck",
            "集計": "[0]!AsoCalculate",
            "Word作成": "[0]!AsoReport",
        }
        on_guide = {
            "配布": "[0]!AsoSplit",
            "回収状況": "[0]!AsoStatus",
            "統合": "[0]!AsoMerge",
            "差戻し": "[0]!AsoReturn",
            "年度の確定": "[0]!AsoClose",
            "次年度へ": "[0]!AsoNext",
        }
        assert {caption: macro for caption, (macro, _) in found.items()} == (
            for_all | on_guide if sheet == "使い方" else for_all
        )


@pytest.mark.parametrize("name", MASTERS)
def test_buttons_stand_in_row_3_side_by_side_clear_of_text(name: str) -> None:
    made = parts(make(master(name)))
    for sheet in ("使い方", *GOALS):
        anchors = [anchor for _, anchor in buttons(made, sheet).values()]
        columns = range(1, 6) if sheet == "使い方" else range(9, 18)
        for left, _, top, above, right, _, bottom, below in anchors:
            assert (top, bottom) == (2, 2)
            assert {left, right} <= set(columns)
            assert 0 < above < below <= 32
        ends = [(left, into, right, over) for left, into, _, _, right, over, *_ in anchors]
        for (_, _, right, over), (left, into, _, _) in pairwise(ends):
            assert (right, over) < (left, into)
        root = etree.fromstring(made[sheet_parts(made)[sheet]])
        (row,) = [r for r in root.iter(f"{MAIN}row") if r.get("r") == "3"]
        assert float(str(row.get("ht"))) == 24
        assert not {c.get("r") for c in row} - {"A3", "B3", "C3"}


@pytest.mark.parametrize("name", MASTERS)
def test_every_other_part_stays_byte_for_byte(name: str) -> None:
    old, new = parts(master(name)), parts(make(master(name)))
    sheets = sheet_parts(old)
    touched = {sheets[sheet] for sheet in ("使い方", *GOALS)}
    rels = {f"xl/worksheets/_rels/{Path(part).name}.rels" for part in touched}
    lists = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"}
    assert old.keys() <= new.keys()
    assert {part for part in old if old[part] != new[part]} == touched | lists | rels & old.keys()
    added = new.keys() - old.keys() - rels
    assert added == {"xl/vbaProject.bin"} | {f"xl/drawings/vmlDrawing{n}.vml" for n in range(1, 6)}
    assert new["xl/vbaProject.bin"] == PROJECT.read_bytes()


@pytest.mark.parametrize("name", MASTERS)
def test_sheets_keep_every_element_and_the_order_of_the_schema(name: str) -> None:
    old, new = parts(master(name)), parts(make(master(name)))
    for part in sheet_parts(new).values():
        tags = [etree.QName(e).localname for e in etree.fromstring(new[part])]
        assert tags == sorted(tags, key=SEQUENCE.index)
        before = [etree.QName(e).localname for e in etree.fromstring(old[part])]
        assert [tag for tag in tags if tag != "legacyDrawing"] == before
        protection = etree.fromstring(new[part]).find(f"{MAIN}sheetProtection")
        assert protection is None or protection.get("sheet") == "1"


def test_it_is_declared_as_a_macro_workbook() -> None:
    made = parts(make(master("sample")))
    types = {
        t.get("PartName"): t.get("ContentType")
        for t in etree.fromstring(made["[Content_Types].xml"])
    }
    assert types["/xl/workbook.xml"] == "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    assert types["/xl/vbaProject.bin"] == "application/vnd.ms-office.vbaProject"
    assert str(types["/xl/drawings/vmlDrawing1.vml"]).endswith("vmlDrawing")
    workbook = etree.fromstring(made["xl/workbook.xml"])
    assert [p.get("codeName") for p in workbook.iter(f"{MAIN}workbookPr")] == ["ThisWorkbook"]
    links = etree.fromstring(made["xl/_rels/workbook.xml.rels"])
    kinds = [k.get("Type") for k in links if k.get("Target") == "vbaProject.bin"]
    assert kinds == ["http://schemas.microsoft.com/office/2006/relationships/vbaProject"]


def test_shape_ids_are_used_once_in_the_workbook() -> None:
    made = parts(make(master("sample")))
    drawings = [data.decode() for name, data in made.items() if name.endswith(".vml")]
    ids = [i for text in drawings for i in re.findall(r'id="_x0000_s(\d+)"', text)]
    assert len(ids) == len(set(ids)) == 21
    for text in drawings:
        block = int(re.findall(r'idmap[^>]* data="(\d+)"', text)[0])
        shapes = [int(i) for i in re.findall(r'id="_x0000_s(\d+)"', text)]
        assert all(block * 1024 < shape < (block + 1) * 1024 for shape in shapes)


@pytest.mark.parametrize("name", MASTERS)
def test_the_copy_is_read_like_the_master(name: str, tmp_path: Path) -> None:
    copy = tmp_path / "評価.xlsm"
    copy.write_bytes(make(master(name)))
    assert read(copy) == read(ROOT / "workbooks" / f"{name}.xlsx")


@pytest.mark.parametrize("name", MASTERS)
def test_open_xml_sdk_accepts_it(validator: str, tmp_path: Path, name: str) -> None:  # noqa: F811
    copy = tmp_path / "copy.xlsm"
    copy.write_bytes(make(master(name)))
    assert findings(validator, copy) == []


def test_the_same_master_gives_the_same_copy() -> None:
    assert make(master("sample")) == make(master("sample"))


# ---- workbooks that staff have changed


def built(draw: Callable[[Any, Any], None], sheet: str = "基本目標1") -> bytes:
    """Return a workbook of one sheet, drawn with XlsxWriter."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        draw(book, book.add_worksheet(sheet))
    return out.getvalue()


def test_comments_are_kept_in_the_same_drawing() -> None:
    def commented(book: Any, sheet: Any) -> None:
        sheet.write_comment("D8", "確認済み")
        other = book.add_worksheet("メモ")
        other.write_comment("A1", "別のシート")

    old = built(commented)
    made = parts(make(old))
    root = vml(made, "基本目標1")
    assert root is not None
    kinds = [data.get("ObjectType") for data in root.iter(f"{X}ClientData")]
    assert kinds == ["Note", "Button", "Button", "Button"]
    ids = [shape.get("id") for shape in root.iter(f"{V}shape")]
    assert len(set(ids)) == 4
    assert b'data="1,3"' in made["xl/drawings/vmlDrawing1.vml"]
    assert made["xl/drawings/vmlDrawing2.vml"] == parts(old)["xl/drawings/vmlDrawing2.vml"]
    book = openpyxl.load_workbook(io.BytesIO(make(old)))
    assert book["基本目標1"]["D8"].comment.text == "確認済み"


def test_a_renamed_goal_sheet_is_found_by_its_table() -> None:
    def tabled(book: Any, sheet: Any) -> None:
        sheet.add_table(
            "A5:B7", {"name": "KPI_2", "columns": [{"header": "番号"}, {"header": "指標"}]}
        )

    made = parts(make(built(tabled, "しごと")))
    assert list(buttons(made, "しごと")) == ["入力チェック", "集計", "Word作成"]


def test_code_names_go_because_the_project_has_no_such_modules() -> None:
    raw = built(lambda book, sheet: book.add_worksheet("予備"))
    named = changed(
        raw,
        {
            f"xl/worksheets/sheet{n}.xml": lambda xml, n=n: xml.replace(
                b"<dimension", b'<sheetPr codeName="Sheet%d"/><dimension' % n
            )
            for n in (1, 2)
        },
    )
    made = parts(make(named))
    assert not any(b"codeName" in data for name, data in made.items() if "/sheet" in name)
    assert b'codeName="ThisWorkbook"' in made["xl/workbook.xml"]


def test_printer_settings_keep_their_content_type() -> None:
    """Excel declares ``bin`` for printers: our project is declared by its own name."""
    default = b'<Default Extension="bin" ContentType="application/x-printerSettings"/><Override'
    raw = changed(
        built(lambda book, sheet: None),
        {"[Content_Types].xml": lambda xml: xml.replace(b"<Override", default, 1)},
    )
    types = parts(make(raw))["[Content_Types].xml"]
    assert b'Extension="bin" ContentType="application/x-printerSettings"' in types
    assert b'PartName="/xl/vbaProject.bin"' in types


def test_a_hidden_or_narrow_column_does_not_push_buttons_out_of_row_3() -> None:
    def narrow(book: Any, sheet: Any) -> None:
        sheet.set_column("J:K", None, None, {"hidden": True})
        sheet.set_column("L:L", 5)
        sheet.set_row(2, 42)
        sheet.write("A3", "集計へ")
        sheet.write("A4", "■")

    made = parts(make(built(narrow)))
    anchors = [anchor for _, anchor in buttons(made, "基本目標1").values()]
    assert anchors[0][:2] == [11, 0]
    assert all(anchor[2] == anchor[6] == 2 for anchor in anchors)
    rows = etree.fromstring(made["xl/worksheets/sheet1.xml"]).iter(f"{MAIN}row")
    assert [(row.get("r"), row.get("ht")) for row in rows] == [("3", "42"), ("4", None)]


def changed(package: bytes, edits: dict[str, Callable[[bytes], bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            new.writestr(info, edits.get(info.filename, bytes)(data))
    return out.getvalue()


# ---- what cannot be given buttons


def test_a_copy_is_not_given_buttons_twice() -> None:
    with pytest.raises(WorkbookError, match="すでにマクロがあります"):
        make(make(master("template")))


def test_a_workbook_that_is_not_ours_is_refused() -> None:
    with pytest.raises(WorkbookError, match="評価ブックではない"):
        make(built(lambda book, sheet: None, "Sheet1"))


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", master("template")[:5000]]
)
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(WorkbookError, match="として読めません"):
        make(data)


def test_a_package_that_is_no_workbook_is_refused() -> None:
    document = (ROOT / "aso_xl" / "report" / "base" / "base.docx").read_bytes()
    with pytest.raises(WorkbookError, match="として読めません"):
        make(document)
