"""The master workbooks as a form: committed as built, locked, printed, and showing every case."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from unicodedata import east_asian_width

import pytest
from lxml import etree
from openpyxl.utils.cell import get_column_letter, range_boundaries
from paths import MADE_UP, ROOT
from workbook_tools import MAIN, Value, Xlsx

from aso_xl.domain.achievement import COUNTED, Achievement, Result
from aso_xl.domain.fields import indicator_fields
from aso_xl.domain.ledger import Ledger
from aso_xl.domain.numerals import format_number
from aso_xl.domain.plan import Mark
from aso_xl.domain.rule import Rule
from aso_xl.domain.settings import SAMPLE_WORDS
from aso_xl.domain.summary import summarize
from aso_xl.strategies import definition
from aso_xl.workbook.layout import (
    ASSIGNMENTS,
    FINDINGS,
    GUIDE,
    QUESTIONS,
    SETTINGS,
    STAMP,
    SUMMARY,
)
from aso_xl.workbook.read import reading

COMMITTED = ROOT / "workbooks"
INPUT_HEADS = {
    "備考(要因・出典)",
    "取組",
    "課題",
    "今後の方向",
    *(field.name for field in definition.load("third").plan.fields),
    "KPI項目数",
    "目標達成項目数",
}
SHEET_OF_GOAL = re.compile(r"(?:基本目標|施策)\d")
ROUND_HEAD = re.compile(r"R\d+")


def _goal_sheets(book: Xlsx) -> list[str]:
    return [name for name in book.sheet_parts if SHEET_OF_GOAL.fullmatch(name)]


def _inputs(book: Xlsx, sheet: str) -> set[str]:
    """Return the addresses of a goal's sheet where staff type."""
    return {
        table.address(head, row)
        for table in book.tables.values()
        for head in table.columns
        for row in table.rows
        if table.sheet == sheet and (head in INPUT_HEADS or ROUND_HEAD.fullmatch(head))
    }


def _unlocked(book: Xlsx, sheet: str) -> set[str]:
    looks = book.xml("xl/styles.xml").find(f"{MAIN}cellXfs")
    assert looks is not None
    free = {
        str(index)
        for index, look in enumerate(looks)
        if (protection := look.find(f"{MAIN}protection")) is not None
        and protection.get("locked") == "0"
    }
    return {at for at, cell in book.cells(sheet).items() if cell.get("s") in free}


@pytest.mark.parametrize("name", ["template", "second_term", "sample"])
def test_committed_workbook_is_what_the_builder_makes(
    name: str, template_path: Path, second_path: Path, sample_path: Path
) -> None:
    built = {"template": template_path, "second_term": second_path, "sample": sample_path}[name]
    committed, fresh = Xlsx(COMMITTED / f"{name}.xlsx").parts, Xlsx(built).parts
    assert committed.keys() == fresh.keys()
    assert [part for part, data in committed.items() if data != fresh[part]] == []


def test_sheets_are_in_order_and_the_record_is_very_hidden(book: Xlsx) -> None:
    goals = _goal_sheets(book)
    assert list(book.sheet_parts) == [
        GUIDE,
        SETTINGS,
        ASSIGNMENTS,
        *goals,
        SUMMARY,
        FINDINGS,
        QUESTIONS,
        STAMP,
    ]
    measures = [t.sheet for name, t in book.tables.items() if name.startswith("施策_")]
    wanted = [name for n in "1234" for name in (f"基本目標{n}", f"施策{n}")]
    assert {name[-1] for name in goals} == set("1234")
    assert sorted(goals, key=wanted.index) == goals
    assert {name for name in goals if name.startswith("施策")} == set(measures)
    states = {s.get("name"): s.get("state") for s in book.workbook.iter(f"{MAIN}sheet")}
    assert {name for name, state in states.items() if state} == {STAMP}
    assert states[STAMP] == "veryHidden"


def test_every_formula_cell_carries_its_value(book: Xlsx) -> None:
    for sheet in book.sheet_parts:
        for address in book.formulas(sheet):
            cell = book.cells(sheet)[address]
            assert cell.find(f"{MAIN}v") is not None, (sheet, address)
            assert book.value(sheet, address) is not None
            if book.value(sheet, address) == "":
                assert cell.get("t") == "str"
    assert sum(len(book.formulas(sheet)) for sheet in _goal_sheets(book)) >= 14


def test_only_input_cells_are_unlocked(book: Xlsx) -> None:
    for sheet in _goal_sheets(book):
        assert _unlocked(book, sheet) == _inputs(book, sheet)
    tables = book.tables
    settings, departments = tables["設定表"], tables["担当課表"]
    expected = {settings.address("内容", row) for row in settings.rows}
    expected |= {departments.address("担当課", row) for row in departments.rows}
    assert _unlocked(book, SETTINGS) == expected
    for sheet in (GUIDE, FINDINGS, STAMP):
        assert _unlocked(book, sheet) == set()
    for sheet in book.sheet_parts:
        assert _unlocked(book, sheet).isdisjoint(book.formulas(sheet))


def test_sheets_are_protected_without_a_password(book: Xlsx) -> None:
    """検証結果 is open, since the check writes there; 担当割, since a list is pasted there; 照会, since
    rows are added there.
    """
    for sheet in book.sheet_parts:
        protection = book.sheet(sheet).find(f"{MAIN}sheetProtection")
        if sheet in (FINDINGS, ASSIGNMENTS, QUESTIONS):
            assert protection is None
            continue
        assert protection is not None and protection.get("sheet") == "1"
        assert not {"password", "hashValue", "saltValue"} & set(protection.attrib)
        if sheet != STAMP:
            assert (protection.get("autoFilter"), protection.get("sort")) == ("0", "0")
            assert protection.get("formatColumns") == protection.get("formatRows") == "0"
    assert book.workbook.find(f"{MAIN}workbookProtection") is None


def test_printing(book: Xlsx) -> None:
    titles = {
        int(n.get("localSheetId")): n.text
        for n in book.workbook.iter(f"{MAIN}definedName")
        if n.get("name") == "_xlnm.Print_Titles"
    }
    for index, sheet in enumerate(book.sheet_parts):
        if sheet == STAMP:
            continue
        root = book.sheet(sheet)
        setup, fit = root.find(f"{MAIN}pageSetup"), root.find(f".//{MAIN}pageSetUpPr")
        paper = "8" if sheet.startswith("基本目標") or sheet == SUMMARY else "9"
        assert setup is not None and setup.get("paperSize") == paper
        assert fit is not None and fit.get("fitToPage") == "1"
        # what departments write, then what the secretariat does
        is_wide = any("事務局評価" in t.columns for t in book.tables.values() if t.sheet == sheet)
        assert setup.get("fitToWidth", "1") == ("2" if is_wide else "1")
        as_many_pages_as_it_takes = setup.get("fitToHeight", "1") == "0"
        is_list = sheet in (*_goal_sheets(book), SETTINGS, ASSIGNMENTS)
        assert as_many_pages_as_it_takes or is_list  # a few rows are pressed
        assert setup.get("orientation") == (
            "portrait" if sheet in (GUIDE, SUMMARY, ASSIGNMENTS) else "landscape"
        )
        assert "&P / &N" in (root.findtext(f".//{MAIN}oddFooter") or "")
        if sheet in _goal_sheets(book):
            first, last = map(int, re.findall(r"\$(\d+)", titles[index] or ""))
            number = sheet[-1]
            kinds = ("KPI", "数値目標") if sheet.startswith("基本目標") else ("施策",)
            names = (f"{kind}_{number}" for kind in kinds)
            table = next(book.tables[name] for name in names if name in book.tables)
            assert first <= table.top <= last


def test_panes_are_frozen(book: Xlsx) -> None:
    for sheet in (SETTINGS, ASSIGNMENTS, *_goal_sheets(book), SUMMARY, FINDINGS):
        pane = book.sheet(sheet).find(f".//{MAIN}pane")
        assert pane is not None and pane.get("state") == "frozen"


def test_ime_is_off_for_figures_and_on_for_texts(book: Xlsx) -> None:
    for table in book.tables.values():
        modes = dict(_modes(book, table.sheet))
        for head in table.columns:
            for row in table.rows:
                address = table.address(head, row)
                if ROUND_HEAD.fullmatch(head):
                    assert modes[address] == "off"
                elif head in {"備考(要因・出典)", "取組", "課題", "今後の方向"}:
                    assert modes[address] == "hiragana"


def _modes(book: Xlsx, sheet: str) -> Iterator[tuple[str, str | None]]:
    for rule in book.validations(sheet):
        for area in str(rule.get("sqref")).split():
            left, top, right, bottom = range_boundaries(area)
            for row in range(top or 0, (bottom or 0) + 1):
                for column in range(left or 0, (right or 0) + 1):
                    yield f"{get_column_letter(column)}{row}", rule.get("imeMode")


def test_units_stand_in_their_column_and_not_in_every_cell(template_path: Path) -> None:
    book, plan = Xlsx(template_path), definition.load("third").plan
    styles = book.xml("xl/styles.xml")
    codes = {f.get("numFmtId"): f.get("formatCode", "") for f in styles.iter(f"{MAIN}numFmt")}
    looks = styles.find(f"{MAIN}cellXfs")
    assert looks is not None
    for indicator in plan.indicators():
        for head in ("基準値", "目標値", *map(str, plan.rounds), "評価値"):
            sheet, address = book.find(indicator.id, head)
            look = looks[int(book.cells(sheet)[address].get("s", "0"))]
            positive, negative = codes[look.get("numFmtId")].split(";")
            assert re.fullmatch(r"#,##0(\.0+##)?", positive) and negative == f"△{positive}"
        assert book.value(*book.find(indicator.id, "単位")) == (indicator.unit or "")


def test_made_up_figures_are_marked_everywhere_and_real_ones_nowhere(book: Xlsx) -> None:
    plan_is_sample = book.value(STAMP, "B4") == "1"
    for sheet in book.sheet_parts:
        marked = SAMPLE_WORDS in [book.value(sheet, at) for at in book.cells(sheet)]
        header = book.sheet(sheet).findtext(f".//{MAIN}oddHeader") or ""
        if sheet != STAMP:
            assert (marked, SAMPLE_WORDS in header) == (plan_is_sample, plan_is_sample)
    if not plan_is_sample:
        assert [p for p, data in book.parts.items() if "記入例" in data.decode()] == []


@pytest.fixture(scope="module")
def sample(sample_path: Path) -> tuple[Ledger, list[Achievement]]:
    ledger = reading.read(sample_path)
    found = summarize(
        ledger.plan, ledger.actuals, ledger.settings.round, ledger.settings
    ).achievements
    return ledger, list(found.values())


def test_sample_shows_every_case(sample: tuple[Ledger, list[Achievement]]) -> None:
    ledger, found = sample
    round_ = ledger.settings.round
    missed = [a for a in found if a.result is Result.MISSED]
    floors = [
        a
        for a in found
        if a.indicator.rule is Rule.AT_LEAST
        and (a.indicator.target or 0) < (a.indicator.baseline or 0)
    ]
    waiting = [a for a in found if a.result is Result.UNPUBLISHED]
    assert {a.result for a in found} == set(COUNTED)
    assert {a.result for a in floors} >= {Result.ACHIEVED} and floors[0].progress is None
    assert any(a.indicator.rule is Rule.BELOW and a.result is Result.ACHIEVED for a in found)
    assert any(a.is_earlier for a in found)
    assert {a.mark for a in waiting} == {Mark.UNPUBLISHED, Mark.PENDING}
    assert {a.pace for a in missed} >= {"順調", "やや遅れ", "遅れ"}
    assert any(a.progress is not None and a.progress < 0 for a in missed)
    assert all(a.indicator.target_round and a.indicator.target_round > round_ for a in missed)


def test_texts_that_look_like_formulas_stay_texts(made_up_path: Path) -> None:
    book, entries = Xlsx(made_up_path), definition.load(str(MADE_UP)).entries
    typed: dict[tuple[str, str], Value] = {
        book.find(id_, "備考(要因・出典)"): text for id_, text in entries["remarks"].items()
    }
    typed |= {book.find("1-01", h): t for h, t in entries["measures"]["1-01"].items()}
    typed |= {book.find("1-H1", "指標"): "+10%の目標", book.find("1-H2", "指標"): "@定性の目標"}
    table = book.tables["担当課表"]
    names = ("=SUM(A1)", "+1課", "@企画課", "-1課")
    typed |= {
        (SETTINGS, table.address("担当課", row)): name
        for row, name in zip(table.rows, names, strict=False)
    }
    assert {place: book.value(*place) for place in typed} == typed
    assert all(book.cells(s)[at].get("t") == "s" for s, at in typed)
    assert all("cmd" not in etree.tostring(book.sheet(s)).decode() for s in book.sheet_parts)


def test_every_number_fits_its_column(sample_path: Path) -> None:
    """A number wider than its column shows as ###; Japanese units are two digits wide."""
    ledger = reading.read(sample_path)
    widths = {c.key: c.width for c in indicator_fields(ledger.plan, "kpi")}
    for indicator in ledger.plan.indicators():
        shown = [indicator.baseline, indicator.target]
        shown += [a.value for a in ledger.actuals[indicator.id].values()]
        for value in filter(None, shown):
            text = format_number(value, indicator.decimals)
            width = sum(2 if east_asian_width(c) in "WFA" else 1 for c in text)
            assert width + 1 <= widths["R9"], text
    assert len("△1234.5%") + 2 <= widths["progress"]
