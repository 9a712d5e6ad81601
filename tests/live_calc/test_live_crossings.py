"""What reading the open workbook costs, and what happens where Excel does not answer as foreseen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlwings

from aso_xl.domain.ledger import Ledger
from aso_xl.excel.buttons import live, percent_formats
from aso_xl.excel.buttons.percent_formats import LONGEST, joined
from aso_xl.excel.buttons.press import press
from aso_xl.last_net import log_file
from aso_xl.office.addresses import Corners, corners_of
from aso_xl.strategies import definition
from aso_xl.workbook.build import template
from aso_xl.workbook.read.reading import read

from .books import SheetsApi
from .calls import Calls
from .ledgers import assert_same, bare, copies, read_live, saved
from .ranges import Range

pytestmark = pytest.mark.libreoffice
Opener = Callable[..., xlwings.Book]


@pytest.fixture(scope="module")
def places(sample_path: Path) -> Ledger:
    return read(sample_path)


@pytest.fixture
def built(opened: Opener, tmp_path: Path) -> Callable[[int, str], xlwings.Book]:
    """Return a function that opens a plan of so many KPIs; ``units`` are theirs in turn."""

    def build(kpis: int, units: str) -> xlwings.Book:
        lines = [
            f'{{ id = "1-01-{n + 1}", name = "指標{n + 1}", unit = "{units[n % len(units)]}", '
            'baseline = "10", target = "40", rule = "以上" },'
            for n in range(kpis)
        ]
        toml = tmp_path / f"{kpis}.toml"
        toml.write_text("\n".join([PLAN, *lines, "]"]), encoding="utf-8")
        path = tmp_path / f"{kpis}.built.xlsx"
        path.write_bytes(template.build(definition.load(str(toml))))
        return opened(path, f"{kpis}.xlsx")

    return build


PLAN = """
[plan]
id = "rows"
title = "架空市まち・ひと・しごと創生総合戦略"
short_title = "架空の総合戦略"
municipality = "架空市"
period = ["R8", "R11"]
rounds = ["R7", "R8", "R9", "R10", "R11"]
round = "R8"
baseline_year = "R6"
target_year = "R10"
departments = ["企画課"]

[[goals]]
number = 1
title = "目標"

[[goals.measures]]
number = 1
name = "施策"
kpis = [
"""


@pytest.mark.parametrize("units", ["人", "%"])
def test_crossings_do_not_grow_with_the_rows(
    built: Callable[[int, str], xlwings.Book], calls: Calls, units: str
) -> None:
    reading, checking = set(), set()
    for kpis in (40, 300):
        book = built(kpis, units)
        fill(book)
        ledger, needed = read_live(book, calls)
        assert (len(ledger.rows), needed) == (kpis, 0)
        reading.add(calls.count)
        assert_same(ledger, saved(book))
        calls.reset()
        assert press("check", book) == 0
        checking.add(calls.count)
    assert len(reading) == len(checking) == 1


def test_scattered_percentages_are_asked_together_and_not_without_end(
    built: Callable[[int, str], xlwings.Book], calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = built(200, "人%")
    fill(book)
    ledger, needed = read_live(book, calls)
    assert (needed, calls.names["Range.number_format"]) == (0, 2)
    assert_same(ledger, saved(book))
    monkeypatch.setattr(percent_formats, "MOST", 1)
    ledger, needed = read_live(book, calls)
    assert (needed, calls.names["Range.number_format"]) == (1, 0)


def fill(book: xlwings.Book) -> None:
    """Type a figure for every indicator."""
    at = [row.cells["R8"] for row in live.ledger_of(book).rows.values()]
    area = f"{at[0].address}:{at[-1].address}"
    book.sheets[at[0].sheet].range(area).value = [[20]] * len(at)


def test_cells_are_joined_into_addresses_that_excel_takes() -> None:
    assert joined(["J5", "K5", "L5", "J6", "K6", "L6", "J9"]) == ["J5:L6,J9"]
    assert joined([]) == []
    scattered = [f"AB{row}" for row in range(1000, 1100, 2)]
    parts = joined(scattered)
    assert ",".join(parts).split(",") == scattered
    assert [len(part) for part in parts] == [251, 97] and max(map(len, parts)) <= LONGEST


@pytest.mark.parametrize(
    ("address", "corners"),
    [
        ("$A$4:$F$7", (1, 4, 6, 7)),
        ("$B$2", (2, 2, 2, 2)),
        ("$B:$C", (2, 1, 3, 1_048_576)),
        ("$3:$5", (1, 3, 16_384, 5)),
    ],
)
def test_addresses_as_excel_writes_them(address: str, corners: Corners) -> None:
    assert corners_of(address) == corners


def test_a_book_with_a_sheet_that_is_only_a_chart_is_copied(
    sample: xlwings.Book, calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which LibreOffice does not have: only its number of sheets is made up here."""
    count = sample.api.Sheets.Count
    monkeypatch.setattr(SheetsApi, "Count", property(lambda sheets: count + 1))
    assert read_live(sample, calls)[1] == 1


def test_an_excel_that_answers_otherwise_is_read_by_its_copy(
    sample: xlwings.Book, places: Ledger, calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Refused(Exception):
        """What pywin32 says of a call that Excel will not have."""

        hresult = -2147352567
        excepinfo = (0, "Microsoft Excel", "エラー", None, 0, -2146827284)

    def refuse(*_: Any) -> None:
        raise Refused("まったくの予想外")

    monkeypatch.setattr(Range, "formula", property(refuse))
    calls.reset()
    assert bare(live.ledger_of(sample)) == bare(places)
    assert copies(calls) == 1
    assert "まったくの予想外" in log_file().read_text(encoding="utf-8")
