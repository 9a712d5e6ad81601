"""What stands in single cells of a real file arrives in the ledger as it is."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from random_fillings import put_setting
from workbook_tools import Error, Formula, Value, Xlsx

from aso_xl.domain.catalogue import COUNTS_INVALID, SCHEMA_OLD, SETTING_INVALID, STAMP_MISMATCH
from aso_xl.domain.cells import Cell
from aso_xl.domain.ledger import Oddity
from aso_xl.domain.numerals import FiscalYear
from aso_xl.domain.settings import Settings
from aso_xl.errors import WorkbookError
from aso_xl.workbook.layout import STAMP
from aso_xl.workbook.read.reading import read


def typed(source: Path, to: Path, value: Value | Formula, look: str = "") -> Cell:
    """Return the ledger's cell of 1-01-1 in R9 after ``value`` was typed there."""
    book = Xlsx(source)
    place = book.find("1-01-1", "R9")
    book.put(place, value)
    if look:
        book.put_format(place, look)
    cell = read(book.save(to)).rows["1-01-1"].cells["R9"]
    assert (cell.sheet, cell.address) == place
    return cell


def test_formula_without_a_cached_value(sample_path: Path, tmp_path: Path) -> None:
    cell = typed(sample_path, tmp_path / "a.xlsx", Formula("100+21"))
    assert (cell.value, cell.is_formula, cell.is_error, cell.is_blank) == (None, True, False, False)


def test_formula_with_a_cached_value(sample_path: Path, tmp_path: Path) -> None:
    cell = typed(sample_path, tmp_path / "a.xlsx", Formula("100+21", "121"))
    assert (cell.value, cell.is_formula) == (121, True)


@pytest.mark.parametrize("code", ["#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!"])
def test_error_values(sample_path: Path, tmp_path: Path, code: str) -> None:
    cell = typed(sample_path, tmp_path / "a.xlsx", Error(code))
    assert (cell.value, cell.is_error, cell.is_formula) == (code, True, False)


@pytest.mark.parametrize("value", [True, False])
def test_booleans(sample_path: Path, tmp_path: Path, value: bool) -> None:
    assert typed(sample_path, tmp_path / "a.xlsx", value).value is value


def test_dates_and_times(sample_path: Path, tmp_path: Path) -> None:
    day = typed(sample_path, tmp_path / "a.xlsx", 45383, "yyyy/m/d")
    assert day.value == dt.datetime(2024, 4, 1)
    era = typed(sample_path, tmp_path / "b.xlsx", 45383, '[$-411]ggge"年"m"月"d"日"')
    assert era.value == dt.datetime(2024, 4, 1)
    hour = typed(sample_path, tmp_path / "c.xlsx", 0.5, "h:mm")
    assert hour.value == dt.time(12)


def test_percent_format(sample_path: Path, tmp_path: Path) -> None:
    cell = typed(sample_path, tmp_path / "a.xlsx", 0.48, "0%")
    assert (cell.value, cell.number_format) == (0.48, "0%")


@pytest.mark.parametrize("text", ["=1+1", "+5", "@SUM(A1)", "△10", "１２０", "", " 未公表 "])
def test_texts_stay_texts(sample_path: Path, tmp_path: Path, text: str) -> None:
    cell = typed(sample_path, tmp_path / "a.xlsx", text)
    assert (cell.value or "", cell.is_formula) == (text, False)


def test_number_format_of_an_input_cell_is_that_of_its_indicator(template_path: Path) -> None:
    cell = read(template_path).rows["1-01-1"].cells["R9"]
    assert (cell.value, cell.number_format) == (None, "#,##0;△#,##0")


def test_changed_definition_cells_arrive_as_they_stand(sample_path: Path, tmp_path: Path) -> None:
    book = Xlsx(sample_path)
    book.put(book.find("1-01-1", "目標値"), 110)
    book.put(book.find("1-01-1", "単位"), "名")
    ledger = read(book.save(tmp_path / "a.xlsx"))
    cells = ledger.rows["1-01-1"].cells
    assert (cells["target"].value, cells["unit"].value) == (110, "名")
    assert ledger.plan.by_id["1-01-1"].target == 120


@pytest.mark.parametrize(
    ("key", "value", "default"),
    [
        ("評価年度", "R12", FiscalYear(2026)),
        ("評価年度", "来年", FiscalYear(2026)),
        ("未公表の扱い", "除く", False),
        ("未公表のときの判定", "しない", True),
        ("順調の基準(%)", "多め", Settings(FiscalYear(2026)).pace),
        ("やや遅れの基準(%)", -5, Settings(FiscalYear(2026)).pace),
    ],
)
def test_wrong_setting_is_said_and_its_default_used(
    template_path: Path, tmp_path: Path, key: str, value: Value, default: object
) -> None:
    book = Xlsx(template_path)
    place = put_setting(book, key, value)
    ledger = read(book.save(tmp_path / "a.xlsx"))
    assert ledger.oddities == (Oddity(SETTING_INVALID, *place, detail=f"{key}「{value}」"),)
    settings = ledger.settings
    shown = (settings.round, settings.exclude_unpublished, settings.use_earlier, settings.pace)
    assert default in shown


@pytest.mark.parametrize(
    ("head", "value", "detail"),
    [
        ("KPI項目数", "十一", "4/十一"),
        ("目標達成項目数", 12, "12/11"),
        ("目標達成項目数", -1, "-1/11"),
        ("KPI項目数", 11.5, "4/11.5"),
        ("KPI項目数", None, "4/"),
    ],
)
def test_wrong_counts(
    second_path: Path, tmp_path: Path, head: str, value: Value, detail: str
) -> None:
    book = Xlsx(second_path)
    table = book.tables["KPI件数_1"]
    book.put((table.sheet, table.address(head, table.top + 1)), value)
    ledger = read(book.save(tmp_path / "a.xlsx"))
    place = table.address("KPI項目数", table.top + 1)
    assert ledger.oddities == (Oddity(COUNTS_INVALID, "基本目標1", place, detail=detail),)


def _stamp(book: Xlsx, key: str) -> tuple[str, str]:
    row = next(r for r in range(1, 9) if book.value(STAMP, f"A{r}") == key)
    return STAMP, f"B{row}"


def test_older_schema_and_changed_record(sample_path: Path, tmp_path: Path) -> None:
    book = Xlsx(sample_path)
    book.put(_stamp(book, "schema"), "0")
    book.put(_stamp(book, "fingerprint"), "0" * 16)
    assert read(book.save(tmp_path / "a.xlsx")).oddities == (
        Oddity(SCHEMA_OLD, detail="0"),
        Oddity(STAMP_MISMATCH, STAMP),
    )


@pytest.mark.parametrize(
    ("key", "value", "word"),
    [("schema", "99", "更新"), ("definition", "{", "壊れて"), ("definition", "{}", "壊れて")],
)
def test_record_that_cannot_be_used(
    second_path: Path, tmp_path: Path, key: str, value: str, word: str
) -> None:
    book = Xlsx(second_path)
    book.put(_stamp(book, key), value)
    with pytest.raises(WorkbookError, match=word):
        read(book.save(tmp_path / "a.xlsx"))


def test_other_strategy_is_read_by_its_own_record(second_path: Path, made_up_path: Path) -> None:
    assert read(second_path).plan.id == "aso-2"
    assert read(made_up_path).plan.id == "made-up"
    book = Xlsx(second_path)
    text = "".join(
        str(book.value(STAMP, f"B{row}"))
        for row in range(1, 40)
        if book.value(STAMP, f"A{row}") == "definition"
    )
    assert json.loads(text)["plan"]["title"] == read(second_path).plan.title
