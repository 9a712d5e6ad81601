"""Sharing with workbooks whose sheets were copied, whose tables were dropped, and what is beside."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from cli_tools import Command
from copied import copy_sheet, drop_tables, rename_tables
from exchange_tools import Town, decide, sheet_rows
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from workbook_tools import needs_libreoffice, recalculated

from aso_xl.workbook.layout import CONFLICTS
from aso_xl.workbook.read.reading import read


def edit(path: Path, change: Callable[[Workbook], object]) -> Path:
    book = load_workbook(path)
    change(book)
    book.save(path)
    return path


def cell_in(book: Workbook, title: str, id_: str, head: str):
    """Return the cell of a row by its id, below the next heading above."""
    sheet = book[title]
    row = next(r for r in range(1, 99) if sheet.cell(r, 1).value == id_)
    top = next(r for r in range(row, 0, -1) if sheet.cell(r, 1).value == "番号")
    column = next(c for c in range(1, 30) if sheet.cell(top, c).value == head)
    return sheet.cell(row, column)


@pytest.mark.parametrize("change", [drop_tables, rename_tables])
def test_a_decision_is_obeyed_in_a_master_without_its_tables(
    town: Town, change: Callable[[Workbook], None]
) -> None:
    town.send("農政課", {("1-01-1", "R9"): 130}, "a.xlsx")
    town.send("農政課", {("1-01-1", "R9"): 131}, "b.xlsx")
    town.merge()
    decide(town.master, ("届いた値", None))
    wanted = read(town.master).notes["競合表"][0]["届いた値"]
    edit(town.master, change)
    sheets = read(town.master).sheets
    town.merge()
    assert town.value("1-01-1", "R9") == wanted
    assert read(town.master).sheets == (*sheets, "変更履歴")
    assert sheet_rows(town.master, "変更履歴")[1][2:4] == ("実績値", "R9")
    first = read(town.master)
    town.merge()
    assert read(town.master).notes == first.notes


def test_a_decision_typed_on_a_copy_is_said_and_not_lost(town: Town, aso: Command) -> None:
    town.send("農政課", {("1-01-1", "R9"): 130}, "a.xlsx")
    town.send("農政課", {("1-01-1", "R9"): 131}, "b.xlsx")
    town.merge()
    edit(town.master, lambda book: copy_sheet(book, CONFLICTS))

    def choose(book: Workbook) -> None:
        book[f"{CONFLICTS} (2)"]["H4"] = "届いた値"

    edit(town.master, choose)
    done = aso("merge", town.master, town.inbox)
    assert done.code == 1
    assert "競合 (2) H4: 「届いた値」を読み取っていません" in done.out.replace("\n    ", "")


@pytest.mark.parametrize("kept", [True, False])
def test_what_was_typed_on_a_copy_comes_home(town: Town, kept: bool) -> None:
    path = town.send("農政課", {})

    def work(book: Workbook) -> None:
        copy_sheet(book, "基本目標1")
        cell_in(book, "基本目標1 (2)", "1-01-1", "R9").value = 130
        if not kept:
            del book["基本目標1"]

    edit(path, work)
    outcome = town.merge()
    if kept:
        assert [(r.id, r.label, str(r.value)) for r in outcome.rejected] == [
            ("1-01-1", "R9", "130")
        ]
        assert any("同じ表が 2 か所にあります" in note for note in outcome.files[0].notes)
    else:
        assert town.value("1-01-1", "R9") == 130
        assert outcome.rejected == ()
    assert outcome.has_findings is kept


@pytest.mark.parametrize(("head", "taken"), [("R9実績", True), ("R9(速報)", False)])
def test_a_rewritten_heading(town: Town, head: str, taken: bool) -> None:
    path = town.send("農政課", {("1-01-1", "R9"): 130})

    def rename(book: Workbook) -> None:
        cell = cell_in(book, "基本目標1", "1-01-1", "R9")
        sheet = cell.parent
        top = next(r for r in range(cell.row, 0, -1) if sheet.cell(r, 1).value == "番号")
        sheet.cell(top, cell.column).value = head

    edit(path, rename)
    outcome = town.merge()
    refused = [(r.id, r.label, str(r.value)) for r in outcome.rejected]
    assert refused == ([] if taken else [("1-01-1", head, "130")])
    assert (town.value("1-01-1", "R9") == 130) is taken
    assert outcome.has_findings is not taken
    said = " ".join(outcome.files[0].notes)
    assert ("同じ列として取り込みました" in said) is taken


def test_of_an_untouched_workbook_nothing_is_mentioned(town: Town) -> None:
    for department in ("農政課", "観光課", "福祉課"):
        town.send(department, {})
    assert {each.file: list(each.notes) for each in town.merge().files if each.notes} == {}


def test_what_stands_beside_the_tables_is_mentioned(town: Town, aso: Command) -> None:
    path = town.send("農政課", {})

    def write(book: Workbook) -> None:
        sheet = book["基本目標1"]
        sheet["B60"] = "来年度から統計が変わります"
        sheet["AD6"] = 77
        cell_in(book, "基本目標1", "1-01-1", "R9").comment = Comment("去年の数字です", "田中")
        book["使い方"]["E3"] = "あ" * 100
        book.create_sheet("内訳")["A1"] = "4月"

    edit(path, write)
    found = town.merge().files[0].notes
    place = next(note for note in found if "コメント" in note)
    assert place.startswith("基本目標1 ") and "「去年の数字です」" in place
    for words in (
        "基本目標1 B60 に表の外の記入があります:「来年度から統計が変わります」。取り込みません。",
        "基本目標1 AD6 に表の外の記入があります:「77」。取り込みません。",
        f"使い方 E3 に表の外の記入があります:「{'あ' * 39}…」。取り込みません。",
        "内訳 A1 に表の外の記入があります:「4月」。取り込みません。",
    ):
        assert words in found
    assert len(found) == 6
    shown = aso("status", town.master, town.inbox, "--json").json
    assert [note for note in shown["notes"] if "B60" in note]


def test_nothing_is_mentioned_of_an_untouched_workbook(town: Town) -> None:
    edit(town.send("農政課", {("1-01-1", "R9"): 130}), drop)
    outcome = town.merge()
    assert [each.notes for each in outcome.files] == [()]
    assert town.value("1-01-1", "R9") == 130 and not outcome.has_findings


def drop(book: Workbook) -> None:
    drop_tables(book)
    book["基本目標1"].insert_rows(2, 2)
    book["基本目標1"].title = "仕事(農政課分)"
    book.move_sheet("使い方", 3)


@pytest.mark.libreoffice
@needs_libreoffice
def test_nothing_is_mentioned_of_what_libreoffice_saved(town: Town, tmp_path: Path) -> None:
    saved = recalculated({"a": town.sent("農政課")}, tmp_path)["a"]
    assert [each.notes for each in town.merge(saved).files] == [()]
