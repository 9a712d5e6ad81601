"""Rules that Excel insists on and LibreOffice forgives; a breach is "repaired" before staff's eyes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from lxml import etree
from openpyxl.utils.cell import range_boundaries
from random_plans import definition_of
from workbook_tools import MAIN, Xlsx

from aso_xl.workbook.build.template import build

FUNCTIONS_OF_2007 = set(
    re.findall(
        r"\w+",
        "ABS AND AVERAGE CHOOSE COLUMN COLUMNS COUNT COUNTA COUNTBLANK COUNTIF COUNTIFS FIND IF IFERROR INDEX"
        " INDIRECT INT ISERROR ISNUMBER ISTEXT LEFT LEN LOOKUP MATCH MAX MIN NA NOT OFFSET OR ROUND ROW ROWS"
        " SUBSTITUTE SUM SUMIFS SUMPRODUCT TEXT TRIM TRUNC VALUE",
    )
)
CELL_LIKE = re.compile(r"[A-Za-z]{1,3}\d+|[Rr]\d*[Cc]\d*|[RrCc]")
NAME = re.compile(r"[^\W\d]\w*(\.\w+)*")
PROMPTS = {"promptTitle": 32, "prompt": 255, "errorTitle": 32, "error": 255}


OURS = ("template_path", "second_path", "sample_path", "made_up_path")
SEEDS = ("1", "2", "4", "9", "13", "27")


@pytest.fixture(params=[*OURS, *SEEDS])
def book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Xlsx:
    """Return the workbooks of our own plans, and of some that are made up at random."""
    if request.param in OURS:
        return Xlsx(request.getfixturevalue(request.param))
    path = tmp_path_factory.mktemp("plan") / "plan.xlsx"
    path.write_bytes(build(definition_of(int(request.param))))
    return Xlsx(path)


def _length(text: str) -> int:
    """Return a length as Excel counts it: UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def _formulas(book: Xlsx) -> Iterator[tuple[str, str]]:
    for sheet in book.sheet_parts:
        root = book.sheet(sheet)
        for tag in ("f", "formula", "formula1", "formula2"):
            yield from ((sheet, f.text or "") for f in root.iter(f"{MAIN}{tag}"))
    yield from ((n.get("name", ""), n.text or "") for n in _names(book))


def _names(book: Xlsx) -> list[etree._Element]:
    return list(book.workbook.iter(f"{MAIN}definedName"))


def _overlap(one: str, other: str) -> bool:
    a, b = range_boundaries(one), range_boundaries(other)
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]


def test_sheet_names(book: Xlsx) -> None:
    for name in book.sheet_parts:
        assert 0 < _length(name) <= 31
        assert not set(name) & set("[]:*?/\\")
        assert name[0] != "'" != name[-1]
    assert len({name.casefold() for name in book.sheet_parts}) == len(book.sheet_parts)


def test_table_headings_are_strings_equal_to_the_column_names(book: Xlsx) -> None:
    assert len(book.tables) >= 7
    for table in book.tables.values():
        cells = book.cells(table.sheet)
        assert len({c.casefold() for c in table.columns}) == len(table.columns)
        assert len(table.columns) == table.right - table.left + 1
        assert table.bottom > table.top
        for head in table.columns:
            address = table.address(head, table.top)
            assert cells[address].get("t") == "s"
            assert book.value(table.sheet, address) == head


def test_table_names_are_unique_and_no_cell_references(book: Xlsx) -> None:
    parts = [name for name in book.parts if name.startswith("xl/tables/")]
    assert len(book.tables) == len(parts)
    names = [*book.tables, *(n.get("name") for n in _names(book) if not n.get("localSheetId"))]
    assert [n for n, times in Counter(map(str.casefold, names)).items() if times > 1] == []
    for name in names:
        assert NAME.fullmatch(name) and not CELL_LIKE.fullmatch(name), name
        assert _length(name) <= 255
    ids = [book.xml(part).get("id") for part in parts]
    assert len(set(ids)) == len(ids)


def test_tables_do_not_meet_each_other_or_merged_cells(book: Xlsx) -> None:
    for sheet in book.sheet_parts:
        areas = [book.xml(t.part).get("ref", "") for t in book.tables.values() if t.sheet == sheet]
        areas += [m.get("ref", "") for m in book.sheet(sheet).iter(f"{MAIN}mergeCell")]
        pairs = [(a, b) for i, a in enumerate(areas) for b in areas[i + 1 :] if _overlap(a, b)]
        assert pairs == []


def test_prompts_and_lists_are_short_enough(book: Xlsx) -> None:
    rules = [rule for sheet in book.sheet_parts for rule in book.validations(sheet)]
    assert len(rules) > 15
    for rule in rules:
        for key, most in PROMPTS.items():
            assert _length(rule.get(key, "")) <= most, rule.get(key)
        formula = rule.findtext(f"{MAIN}formula1") or ""
        assert _length(formula) <= 255, formula
        if rule.get("type") in {"list", "custom", "decimal"}:
            assert formula
            assert rule.get("errorTitle") and rule.get("error")


def test_each_cell_has_at_most_one_input_rule(book: Xlsx) -> None:
    for sheet in book.sheet_parts:
        areas = [a for r in book.validations(sheet) for a in str(r.get("sqref")).split()]
        pairs = [(a, b) for i, a in enumerate(areas) for b in areas[i + 1 :] if _overlap(a, b)]
        assert pairs == []


def test_formulas_use_nothing_newer_than_excel_2007(book: Xlsx) -> None:
    found = list(_formulas(book))
    assert len(found) > 30
    for place, formula in found:
        bare = re.sub(r'"[^"]*"|\'[^\']*\'', "", formula)
        functions = set(re.findall(r"([A-Za-z_.][\w.]*)\(", bare))
        assert functions <= FUNCTIONS_OF_2007, (place, functions - FUNCTIONS_OF_2007)
        assert _length(formula) <= 8192
        assert not set(bare) & set("#@{"), (place, formula)
        assert all(_length(text) <= 257 for text in re.findall(r'"[^"]*"', formula))


def test_no_macros_no_dynamic_arrays_no_external_links(book: Xlsx) -> None:
    names = "\n".join(book.parts)
    for word in ("vba", "externalLink", "metadata.xml", "richData", "connections", "activeX"):
        assert word not in names
    types = book.parts["[Content_Types].xml"].decode()
    assert "macro" not in types.lower()
    for part, data in book.parts.items():
        assert b"_xlfn" not in data and b"_xlws" not in data, part
    for sheet in book.sheet_parts:
        for formula in book.sheet(sheet).iter(f"{MAIN}f"):
            assert formula.get("t") in {None, "normal"}
        assert not any(c.get("cm") for c in book.cells(sheet).values())


def test_conditional_formats_name_looks_that_exist(book: Xlsx) -> None:
    looks = book.xml("xl/styles.xml").find(f"{MAIN}dxfs")
    found = 0
    for sheet in book.sheet_parts:
        rules = list(book.sheet(sheet).iter(f"{MAIN}cfRule"))
        found += len(rules)
        assert all(int(rule.get("dxfId", "-1")) in range(len(looks)) for rule in rules)
        assert len({rule.get("priority") for rule in rules}) == len(rules)
        assert all(rule.findtext(f"{MAIN}formula") for rule in rules)
    assert found > 5


def test_defined_names_and_links_point_at_sheets_that_exist(book: Xlsx) -> None:
    sheets = set(book.sheet_parts)
    for name in _names(book):
        named = set(re.findall(r"(?:^|[,(*+:-])'?([^'!,(]+)'?!", name.text))
        assert named <= sheets and named, (name.get("name"), name.text)
        if name.get("localSheetId"):
            assert list(book.sheet_parts)[int(name.get("localSheetId"))] in named
    for sheet in sheets:
        for link in book.sheet(sheet).iter(f"{MAIN}hyperlink"):
            target = re.fullmatch(r"'?(.+?)'?![A-Z]+\d+", link.get("location", ""))
            assert target and target[1] in sheets


def test_texts_and_styles_are_within_limits(book: Xlsx) -> None:
    assert max(map(_length, book.strings)) <= 32767
    styles = book.xml("xl/styles.xml")
    looks = styles.find(f"{MAIN}cellXfs")
    assert looks is not None and len(looks) < 4000
    for code in styles.iter(f"{MAIN}numFmt"):
        assert _length(code.get("formatCode", "")) <= 255
    for sheet in book.sheet_parts:
        assert all(int(c.get("s", "0")) < len(looks) for c in book.cells(sheet).values())
        for text in book.sheet(sheet).iter(f"{MAIN}oddHeader", f"{MAIN}oddFooter"):
            assert _length(text.text or "") <= 255
