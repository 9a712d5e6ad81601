"""担当割: where it is there it says whose a row is; the goals' sheets show it by formula."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from exchange_tools import PLAN
from openpyxl import load_workbook
from paths import TESTS
from workbook_tools import Value, Xlsx, needs_libreoffice, recalculated

from aso_xl.domain.checks import check
from aso_xl.domain.departments import measure_owners, owners
from aso_xl.domain.ledger import Ledger
from aso_xl.exchange.merge_files import merge_files
from aso_xl.exchange.shares import shares_of
from aso_xl.exchange.split import split
from aso_xl.strategies.definition import load
from aso_xl.workbook.build.template import build
from aso_xl.workbook.layout import ASSIGNMENT_HEADS, ASSIGNMENTS, ASSIGNMENTS_TABLE
from aso_xl.workbook.read.reading import read

SHAPES = TESTS / "data" / "shapes"


@pytest.fixture
def master(tmp_path: Path) -> Path:
    path = tmp_path / "マスター.xlsx"
    path.write_bytes(build(load(str(PLAN))))
    return path


def on_goal(book: Xlsx, id_: str) -> tuple[str, str]:
    """Return the cell of the goal's sheet that shows the 担当課."""
    table, row = book._rows[id_]
    return table.sheet, table.address("担当課", row)


def written(path: Path, edits: dict[str, Value]) -> Ledger:
    """Type into 担当割 by id; return what is read then."""
    book = Xlsx(path)
    for id_, value in edits.items():
        place = book.assigned(id_)
        assert place
        book.put(place, value)
    book.save(path)
    return read(path)


def test_every_indicator_and_measure_stands_there_once(master: Path) -> None:
    book, plan = Xlsx(master), read(master).plan
    table = book.tables[ASSIGNMENTS_TABLE]
    assert table.columns == ASSIGNMENT_HEADS
    ids = [book.value(table.sheet, table.address("番号", row)) for row in table.rows]
    assert len(ids) == len(set(ids))
    assert set(ids) == {*plan.by_id, *plan.measures}
    for id_ in ids:
        shown = on_goal(book, str(id_))
        assert shown[1] in book.formulas(shown[0])
        assert book.value(*shown) == (book.value(*(book.assigned(str(id_)) or shown)) or "")


def test_a_pasted_list_says_whose_a_row_is(master: Path) -> None:
    ids = [*read(master).plan.by_id, *read(master).plan.measures]
    names = [f"課{number}" for number, _ in enumerate(ids)]
    ledger = written(master, dict(zip(ids, names, strict=True)))
    assert [owners(ledger, i) for i in ledger.plan.indicators()] == [
        (name,) for name in names[: len(ledger.plan.by_id)]
    ]
    assert [measure_owners(ledger, id_) for id_ in ledger.plan.measures] == [
        (name,) for name in names[len(ledger.plan.by_id) :]
    ]
    assert {part.department for part in shares_of(ledger)} == set(names)
    assert ledger.oddities == ledger.unread == ()


@needs_libreoffice
def test_the_goals_sheets_follow_and_what_is_missing_is_marked(
    master: Path, tmp_path: Path
) -> None:
    edits: dict[str, Value] = {
        "1-H1": "観光課、農政課",
        "1-H2": None,
        "1-01-1": "観光課、知らない課",
        "1-01": None,
        "1-01-2": "農政",
    }
    written(master, edits)
    book = Xlsx(recalculated({"a": master}, tmp_path / "office")["a"])
    for id_, value in edits.items():
        assert (book.value(*on_goal(book, id_)) or "") == (value or "")
    table = book.tables[ASSIGNMENTS_TABLE]
    marks = {
        book.value(table.sheet, table.address("番号", row)): book.value(
            table.sheet, table.address("確認", row)
        )
        for row in table.rows
    }
    assert {id_: marks[id_] or "" for id_ in edits} == {
        "1-H1": "",
        "1-H2": "未設定",
        "1-01-1": "一覧にない課",
        "1-01": "KPIと同じ",
        "1-01-2": "一覧にない課",
    }


@needs_libreoffice
def test_marks_are_cached_as_they_are_recalculated(master: Path, tmp_path: Path) -> None:
    again = recalculated({"a": master}, tmp_path / "office")["a"]
    before, after = Xlsx(master), Xlsx(again)
    table = before.tables[ASSIGNMENTS_TABLE]
    for row in table.rows:
        at = (table.sheet, table.address("確認", row))
        assert (before.value(*at) or "") == (after.value(*at) or "")
    assert before.value(ASSIGNMENTS, "A4") == after.value(ASSIGNMENTS, "A4")


def test_it_is_read_sorted_renamed_and_as_a_plain_range(master: Path) -> None:
    sent = {part.department: part for part in shares_of(read(master))}
    book = load_workbook(master)
    sheet = book[ASSIGNMENTS]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=7, max_col=4)]
    for number, row in enumerate(reversed(rows), start=7):
        for column, value in enumerate(row, start=1):
            sheet.cell(number, column).value = value
    sheet.title = "課の割り当て"
    del sheet.tables[ASSIGNMENTS_TABLE]
    book.save(master)
    ledger = read(master)
    assert {part.department: part for part in shares_of(ledger)} == sent
    assert ledger.rows["1-H1"].cells["department"].sheet == "課の割り当て"


def test_what_is_typed_on_a_goals_sheet_is_told_or_taken(master: Path) -> None:
    """Typed over the formula: told where 担当割 says otherwise, taken where it says nothing."""
    written(master, {"1-H2": None})
    book = Xlsx(master)
    for id_ in ("1-H1", "1-H2"):
        book.put(on_goal(book, id_), "福祉課")
    book.save(master)
    ledger = read(master)
    assert owners(ledger, ledger.plan.by_id["1-H2"]) == ("福祉課",)
    assert owners(ledger, ledger.plan.by_id["1-H1"]) == ("農政課",)
    [unread] = ledger.unread
    assert (unread.id, unread.cell.text) == ("1-H1", "福祉課")
    place = book.assigned("1-H1")
    assert unread.instead == " ".join(place or ())
    codes = {i.code: i.cell for i in check(ledger, ledger.settings.round)}
    assert codes["value-unread"] == unread.cell.address


def test_rows_of_no_id_and_of_one_that_stands_twice_are_told(master: Path) -> None:
    book = load_workbook(master)
    sheet = book[ASSIGNMENTS]
    sheet["A7"], sheet["D7"] = "9-H9", "観光課"
    sheet["A9"], sheet["D9"] = sheet["A8"].value, "ほかの課"
    book.save(master)
    found = {(u.cell.address, u.reason) for u in read(master).unread}
    assert found == {
        ("D7", "この行の番号は総合戦略にありません"),
        ("D9", "同じ番号の行が 2 つあります"),
    }


def test_a_change_of_a_department_comes_home_into_it(master: Path) -> None:
    made = split(master)
    mine = next(w.path for w in made.workbooks if w.part.department == "農政課")
    assert ASSIGNMENTS not in read(mine).sheets
    back = Xlsx(mine)
    back.put(back.find("1-H1", "担当課"), "福祉課")
    back.save(mine)
    outcome = merge_files(master, [mine])
    assert [(a.key.field, a.after) for a in outcome.merged.applied] == [("department", "福祉課")]
    book = Xlsx(master)
    place = book.assigned("1-H1")
    assert place and book.value(*place) == "福祉課"
    shown = on_goal(book, "1-H1")
    assert shown[1] in book.formulas(shown[0])
    assert book.value(*shown) == "福祉課"


def test_without_the_sheet_the_columns_say_it_as_before(master: Path) -> None:
    before, book = read(master), Xlsx(master)
    typed = {id_: on_goal(book, id_) for id_ in (*before.rows, *before.measures)}
    for id_, place in typed.items():
        row = before.rows.get(id_) or before.measures[id_]
        book.put(place, row.cells["department"].text or None)
    book.save(master)
    shorter = load_workbook(master)
    del shorter[ASSIGNMENTS]
    shorter.save(master)
    ledger = read(master)
    assert ASSIGNMENTS_TABLE not in ledger.areas
    assert shares_of(ledger) == shares_of(before)


def test_a_hundred_and_twenty_departments(tmp_path: Path) -> None:
    many = [f"第{number}課" for number in range(1, 121)]
    plan = load("third")
    ids = [*plan.plan.by_id]
    given = {id_: many[number % 120] for number, id_ in enumerate(ids)}
    entries = {"settings": {"課": many}, "departments": given}
    path = tmp_path / "a.xlsx"
    path.write_bytes(build(replace(plan, entries=entries)))
    ledger = read(path)
    assert ledger.settings.departments == tuple(many)
    assert {id_: row.cells["department"].text for id_, row in ledger.rows.items()} == given
    book = Xlsx(path)
    table = book.tables[ASSIGNMENTS_TABLE]
    marks = [book.value(table.sheet, table.address("確認", row)) for row in table.rows]
    assert "一覧にない課" not in marks


@pytest.mark.parametrize("path", sorted(SHAPES.glob("*.xlsx")), ids=lambda path: path.stem)
def test_workbooks_made_before_have_none(path: Path) -> None:
    ledger = read(path)
    assert ASSIGNMENTS_TABLE not in ledger.areas
    assert ledger.shown_departments == {}
    cells = [row.cells["department"] for row in ledger.rows.values()]
    assert {cell.sheet for cell in cells} <= {row.sheet for row in ledger.rows.values()}
