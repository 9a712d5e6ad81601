"""The sheets as people see them: what fits a screen, where it opens, how large it prints."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from unicodedata import east_asian_width

import pytest
from lxml import etree
from openpyxl import load_workbook
from openpyxl.utils.cell import column_index_from_string, coordinate_to_tuple
from paper_tools import is_readable_on_paper, pixels, printed_columns
from paths import PLANS, TESTS
from workbook_tools import MAIN, Xlsx

from aso_xl.domain import settings
from aso_xl.domain.numerals import FiscalYear
from aso_xl.exchange.split import split
from aso_xl.strategies import definition
from aso_xl.workbook.build.goal_sheet import HELP
from aso_xl.workbook.build.page import A3, A4
from aso_xl.workbook.build.paper import LEAST_SCALE, _even, pages_down
from aso_xl.workbook.build.template import build
from aso_xl.workbook.layout import rounds_in_view

SCREEN = 1300
"""Pixels of cells that a window of 1366×768 shows at 100 %."""

SHARING = TESTS / "data" / "sharing.toml"
ROUNDS = ("R7", "R8", "R9", "R10", "R11")


def in_round(round_: str, strategy: str = "third", *, sample: bool = False) -> bytes:
    """Return the workbook of a strategy whose round is another one."""
    made = definition.load(strategy, sample=sample)
    settings = {**made.entries.get("settings", {}), "評価年度": round_}
    return build(replace(made, entries={**made.entries, "settings": settings}), sample=sample)


def long_plan() -> str:
    """Return a plan of twelve rounds."""
    rounds = ", ".join(f'"R{n}"' for n in range(1, 13))
    text = SHARING.read_text(encoding="utf-8").replace(
        'rounds = ["R8", "R9"]', f"rounds = [{rounds}]"
    )
    text = text.replace('period = ["R8", "R11"]', 'period = ["R1", "R12"]')
    return text.replace('target_year = "R10"', 'target_year = "R12"')


def opened(package: bytes, path: Path) -> Xlsx:
    path.write_bytes(package)
    return Xlsx(path)


def sheets(book: Xlsx, name: str) -> list[str]:
    return [sheet for sheet in book.sheet_parts if re.fullmatch(rf"{name}\d", sheet)]


@pytest.mark.parametrize("round_", ROUNDS)
def test_what_a_clerk_needs_is_on_the_screen(round_: str, tmp_path: Path) -> None:
    book = opened(in_round(round_, sample=True), tmp_path / "a.xlsx")
    before = {"R7": "基準値"}.get(round_, f"R{int(round_[1:]) - 1}")
    needed = (
        "番号",
        "指標",
        "単位",
        "目標値",
        "判定方法",
        before,
        round_,
        "判定",
        "備考(要因・出典)",
        "担当課",
    )
    for number in "1234":
        sheet, table = f"基本目標{number}", book.tables[f"KPI_{number}"]
        wide = pixels(book, sheet)
        last = max(table.columns.index(head) + 1 for head in needed)
        assert last == table.columns.index("担当課") + 1
        assert sum(wide[column] for column in range(1, last + 1)) <= SCREEN
        assert all(wide[table.columns.index(head) + 1] for head in needed)
        assert book.sheet(sheet).find(f".//{MAIN}sheetView").get("zoomScale", "100") == "100"


def test_columns_are_measured_in_a_font_of_seven_pixels(sample_path: Path) -> None:
    """Another default font would widen every column: of the theme's, Japanese Excel takes its own."""
    font = Xlsx(sample_path).xml("xl/styles.xml").find(f"{MAIN}fonts")[0]
    assert [(etree.QName(e).localname, e.get("val")) for e in font if e.get("val")] == [
        ("sz", "10"),
        ("name", "Arial"),
        ("family", "2"),
    ]


def test_texts_of_measures_begin_at_the_first_column_and_fit(sample_path: Path) -> None:
    book = Xlsx(sample_path)
    for sheet in sheets(book, "施策"):
        table = book.tables[f"施策_{sheet[-1]}"]
        assert (table.left, table.columns[:3]) == (1, ("施策番号", "施策名", "取組"))
        wide, last = pixels(book, sheet), table.columns.index("決算額") + 1
        assert sum(wide[column] for column in range(1, last + 1)) <= SCREEN
        assert table.columns[last:] == ("事務局評価", "地域計画会議の意見", "意見への対応")
        pane = book.sheet(sheet).find(f".//{MAIN}pane")
        assert (pane.get("xSplit"), pane.get("ySplit")) == ("2", "3"), "two tables are scrolled"


def test_a_department_has_its_texts_on_one_screen_and_one_page_wide(
    sample_path: Path, tmp_path: Path
) -> None:
    made = split(sample_path, tmp_path / "配布").workbooks
    book = Xlsx(next(each.path for each in made if each.part.department == "A課(例)"))
    assert sum(pixels(book, "施策1").values()) <= SCREEN
    assert book.sheet("施策1").find(f"{MAIN}pageSetup").get("fitToWidth", "1") == "1"
    [table] = [t for t in book.tables.values() if t.sheet == "施策1"]
    assert table.columns[-2:] == ("方向性", "決算額")


def selected(book: Xlsx, sheet: str) -> tuple[str, str]:
    """Return the cell that is selected in the scrolling pane, and the pane's first cell."""
    view = book.sheet(sheet).find(f".//{MAIN}sheetView")
    pane = view.find(f"{MAIN}pane")
    active = [s for s in view.iter(f"{MAIN}selection") if s.get("pane") == pane.get("activePane")]
    return str(active[0].get("activeCell")), str(pane.get("topLeftCell"))


def test_a_sheet_opens_at_the_first_blank_cell_of_the_round(
    template_path: Path, sample_path: Path
) -> None:
    template, sample = Xlsx(template_path), Xlsx(sample_path)
    assert selected(template, "基本目標1")[0] == template.find("1-H1", "R8")[1]
    assert selected(template, "施策1")[0] == template.find("1-01", "取組")[1]
    for sheet in sheets(sample, "基本目標"):
        tables = [t for t in sample.tables.values() if t.sheet == sheet]
        cells = [t.address("R9", row) for t in tables for row in t.rows]
        blank = [at for at in cells if sample.value(sheet, at) is None]
        assert selected(sample, sheet)[0] == (blank or cells)[0]


def test_the_selected_cell_is_in_view_where_it_stands_far_down(tmp_path: Path) -> None:
    made = definition.load("third", sample=True)
    goal = made.plan.goals[3]
    actuals = {i.id: {**made.entries["actuals"].get(i.id, {}), "R9": "1"} for i in goal.kpis[:-1]}
    actuals |= {i.id: {"R9": "達成" if i.rule.is_typed else "1"} for i in goal.headlines}
    actuals[goal.kpis[-1].id] = {}
    entries = {**made.entries, "actuals": {**made.entries["actuals"], **actuals}}
    book = opened(build(replace(made, entries=entries), sample=True), tmp_path / "a.xlsx")
    cell, top = selected(book, "基本目標4")
    assert cell == book.find(goal.kpis[-1].id, "R9")[1]
    assert 0 <= coordinate_to_tuple(cell)[0] - coordinate_to_tuple(top)[0] <= 3


def test_the_column_of_the_round_is_marked_in_its_heading(sample_path: Path) -> None:
    book = Xlsx(sample_path)
    table = book.tables["KPI_1"]
    first, last = table.address("R7", table.top), table.address("R11", table.top)
    rules = {
        str(area.get("sqref")): [r.findtext(f"{MAIN}formula") for r in area]
        for area in book.sheet("基本目標1").iter(f"{MAIN}conditionalFormatting")
    }
    column = re.sub(r"\d", "", first)
    assert rules[f"{first}:{last}"] == [f"{column}${table.top}=評価年度"]


@pytest.mark.parametrize(
    ("round_", "shown"),
    [("R1", range(1, 7)), ("R4", range(1, 7)), ("R6", range(3, 9)), ("R12", range(7, 13))],
)
def test_of_a_long_plan_the_rounds_around_this_one_are_shown(
    round_: str, shown: range, tmp_path: Path
) -> None:
    source = tmp_path / "long.toml"
    source.write_text(long_plan(), encoding="utf-8")
    plan = definition.load(str(source)).plan
    assert [str(r) for r in rounds_in_view(plan, FiscalYear.parse(round_))] == [
        f"R{n}" for n in shown
    ]
    book = opened(in_round(round_, str(source)), tmp_path / "a.xlsx")
    table, wide = book.tables["KPI_1"], pixels(book, "基本目標1")
    visible = [h for n, h in enumerate(table.columns, start=1) if re.match(r"R\d", h) and wide[n]]
    assert visible == [f"R{n}" for n in shown]
    last = table.columns.index("担当課") + 1
    assert sum(wide[column] for column in range(1, last + 1)) <= SCREEN


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Xlsx]:
    folder = tmp_path_factory.mktemp("parts")
    (folder / "m.xlsx").write_bytes(build(definition.load(str(SHARING))))
    made = split(folder / "m.xlsx", folder / "配布")
    return {each.part.department: Xlsx(each.path) for each in made.workbooks}


@pytest.mark.parametrize(
    ("department", "there"),
    [
        ("農政課", ["基本目標1", "施策1"]),
        ("観光課", ["基本目標1", "施策1", "基本目標2", "施策2"]),
        ("福祉課", ["施策1"]),
        ("未割当", ["基本目標1", "施策1"]),
    ],
)
def test_a_department_has_only_sheets_with_something_of_its_own(
    parts: dict[str, Xlsx], department: str, there: list[str]
) -> None:
    book = parts[department]
    found = [name for name in book.sheet_parts if re.fullmatch(r"(?:基本目標|施策)\d", name)]
    assert found == there
    for sheet in there:
        assert any(t.sheet == sheet for t in book.tables.values())
    has_indicators = any(sheet.startswith("基本目標") for sheet in there)
    assert ("集計" in book.sheet_parts) is has_indicators
    links = {
        str(link.get("location")).partition("!")[0].strip("'")
        for sheet in book.sheet_parts
        for link in book.sheet(sheet).iter(f"{MAIN}hyperlink")
        if link.get("location")
    }
    assert links <= set(book.sheet_parts)


@pytest.mark.parametrize("name", ["template_path", "sample_path", "second_path"])
def test_nothing_is_printed_smaller_than_eight_points(
    name: str, request: pytest.FixtureRequest
) -> None:
    book = Xlsx(request.getfixturevalue(name))
    for sheet in (*sheets(book, "基本目標"), *sheets(book, "施策")):
        setup = book.sheet(sheet).find(f"{MAIN}pageSetup")
        paper = {"8": A3, "9": A4}[setup.get("paperSize")]
        assert setup.get("orientation") == "landscape"
        across, down = int(setup.get("fitToWidth", "1")), int(setup.get("fitToHeight", "1"))
        wide = sum(pixels(book, sheet).values()) * 0.75
        scale = min(1.0, across * paper.room[0] / wide)
        if down:
            tall = sum(float(r.get("ht", "15")) for r in book.sheet(sheet).iter(f"{MAIN}row"))
            scale = min(scale, down * paper.room[1] / tall)
        assert 10 * scale >= 8


@pytest.mark.parametrize("name", ["template_path", "sample_path", "second_path"])
def test_every_sheet_is_readable_on_paper(name: str, request: pytest.FixtureRequest) -> None:
    is_readable_on_paper(Xlsx(request.getfixturevalue(name)))


@pytest.mark.parametrize("department", ["農政課", "観光課", "福祉課", "未割当"])
def test_what_a_department_gets_is_readable_on_paper(
    parts: dict[str, Xlsx], department: str
) -> None:
    is_readable_on_paper(parts[department])


def test_settings_print_on_no_page_of_empty_rows(sample_path: Path) -> None:
    """The list of departments has room for 120; printed are those that there are, and two more."""
    book = Xlsx(sample_path)
    table, bottom = book.tables["担当課表"], printed_columns(book, "設定")[1]
    names = [book.value("設定", table.address("担当課", row)) for row in table.rows]
    assert table.top + sum(name is not None for name in names) + 2 == bottom
    down, breaks = pages_down([27.0, 15, 15, 22] + [22.0] * 24, (3, 3), 512.5, 0.97)
    assert (down, breaks) == (1, [])


def test_the_explanation_of_a_setting_is_seen_whole(template_path: Path) -> None:
    book = load_workbook(template_path)
    sheet = book["設定"]
    width = sheet.column_dimensions["C"].width
    for row, setting in enumerate(settings.rows(), start=5):
        assert sheet.cell(row, 3).value == setting.setting.help
        signs = sum(2 if east_asian_width(sign) in "WF" else 1 for sign in setting.setting.help)
        lines = -(-signs // (width - 2))
        assert sheet.row_dimensions[row].height >= lines * 13.5, setting.setting.key


@pytest.mark.parametrize("plan", ["midori", "kawabe", "hamanasu"])
def test_how_to_type_is_printed_on_one_page(plan: str, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(build(definition.load(PLANS / f"{plan}.toml")))
    sheet = load_workbook(tmp_path / "a.xlsx")["基本目標1"]
    place = next(cell for row in sheet["A1:AZ3"] for cell in row if cell.value == HELP)
    is_split = (sheet.page_setup.fitToWidth or 1) > 1
    assert (place.row == 3) is is_split, place.coordinate


def test_the_total_of_a_count_is_bold(sample_path: Path) -> None:
    sheet = load_workbook(sample_path)["集計"]
    totals = [row for row in sheet["A1:K40"] if row[0].value == "合計" and row[10].value]
    assert len(totals) == 2
    assert all(cell.font.bold for row in totals for cell in row[2:11])


def test_a_rate_of_thousands_is_made_small_and_no_row_of_hashes(sample_path: Path) -> None:
    book = Xlsx(sample_path)
    sheet, address = book.find("1-02-1", "進捗率")
    assert load_workbook(sample_path)[sheet][address].alignment.shrink_to_fit


def test_a_wide_plan_is_printed_on_several_pages_and_never_smaller(tmp_path: Path) -> None:
    source = tmp_path / "wide.toml"
    more = "".join(
        f'[[fields]]\nkey = "f{n}"\nname = "欄{n}"\nat = "indicator"\ntype = "text"\nby = "department"\n\n'
        for n in range(5)
    )
    text = SHARING.read_text(encoding="utf-8").replace("[[goals]]", f"{more}[[goals]]", 1)
    source.write_text(text, encoding="utf-8")
    book = opened(build(definition.load(str(source))), tmp_path / "a.xlsx")
    setup = book.sheet("基本目標1").find(f"{MAIN}pageSetup")
    wide = sum(pixels(book, "基本目標1").values()) * 0.75
    across = int(setup.get("fitToWidth", "1"))
    assert wide * LEAST_SCALE > A3.room[0] and across == 2
    titles = [
        str(n.text)
        for n in book.workbook.iter(f"{MAIN}definedName")
        if n.get("name") == "_xlnm.Print_Titles"
    ]
    assert any("$A:$B" in text and "基本目標1" in text for text in titles)


def test_all_columns_are_printed(sample_path: Path) -> None:
    book = Xlsx(sample_path)
    areas = [
        str(n.text)
        for n in book.workbook.iter(f"{MAIN}definedName")
        if n.get("name") == "_xlnm.Print_Area"
    ]
    for table in book.tables.values():
        if not re.fullmatch(r"(?:基本目標|施策)\d", table.sheet):
            continue
        [area] = [text for text in areas if text.startswith(("'" + table.sheet, table.sheet + "!"))]
        right, bottom = re.findall(r":\$([A-Z]+)\$(\d+)", area)[0]
        assert column_index_from_string(right) >= table.right and int(bottom) >= table.bottom


def test_a_few_rows_are_pressed_onto_the_pages_before() -> None:
    rows = [15.0] * 6 + [30.0] * 26
    assert pages_down(rows, (4, 5), 759, 0.9) == (1, [])
    assert pages_down([15.0] * 6 + [30.0] * 20, (4, 5), 759, 0.9) == (0, [])
    assert pages_down([15.0] * 6 + [30.0] * 40, (4, 5), 759, 0.9) == (0, [])


def test_what_cannot_be_pressed_is_shared_between_the_pages() -> None:
    rows = [15.0] * 6 + [30.0] * 30
    down, breaks = pages_down(rows, (4, 5), 759, 0.82)
    assert (down, len(breaks)) == (0, 1)
    assert 0.4 <= sum(rows[: breaks[0]]) / sum(rows) <= 0.6
    assert _even(rows, 5, 3) == sorted(_even(rows, 5, 3)) and len(_even(rows, 5, 3)) == 2


def test_headings_of_published_counts_are_seen_whole(second_path: Path) -> None:
    """Four headings over one row: no filter covers them, and the longest has its three lines."""
    book = Xlsx(second_path)
    for number in "1234":
        table = book.tables[f"KPI件数_{number}"]
        assert book.xml(table.part).find(f"{MAIN}autoFilter") is None
        rows = book.sheet(table.sheet).iter(f"{MAIN}row")
        tall = next(float(row.get("ht")) for row in rows if row.get("r") == str(table.top))
        letters = max(map(len, table.columns))
        narrow = min(pixels(book, table.sheet)[n] for n in range(table.left, table.right + 1))
        assert tall >= 15 * -(-letters * 13 // narrow)
