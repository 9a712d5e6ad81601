"""From workbooks that came back to the master: every rule, end to end."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from cli_tools import digest
from exchange_tools import Town, decide, sheet_rows, typed
from workbook_tools import TablePart, Xlsx

from aso_xl.exchange.cell_values import Key
from aso_xl.exchange.merge_files import MergeResult
from aso_xl.exchange.split import split

R9 = ("1-01-1", "R9")


def conflicts(outcome: MergeResult) -> list[tuple[object, ...]]:
    return [(c.key, c.base, c.master, c.submitted, c.department) for c in outcome.open_conflicts]


def test_what_comes_back_unchanged_changes_nothing(town: Town) -> None:
    before = digest(town.master)
    outcome = town.merge(town.made.folder)
    assert (outcome.merged.applied, outcome.merged.conflicts, outcome.rejected) == ((), (), ())
    assert outcome.merged.unchanged > 30
    assert outcome.output is None
    assert digest(town.master) == before


def test_only_theirs_is_taken(town: Town) -> None:
    town.send(
        "農政課",
        {
            R9: Decimal("101"),
            ("1-01-1", "remark"): "=増えた\n二行目",
            ("1-01", "problems"): "+課題",
        },
    )
    outcome = town.merge()
    assert {(a.key, a.before, a.after) for a in outcome.merged.applied} == {
        (Key(*R9), None, Decimal(101)),
        (Key("1-01-1", "remark"), "=備考", "=増えた\n二行目"),
        (Key("1-01", "problems"), None, "+課題"),
    }
    assert town.value(*R9) == Decimal(101)
    assert town.value("1-01-1", "remark") == "=増えた\n二行目"
    assert town.value("1-01", "problems") == "+課題"
    assert sheet_rows(town.master, "変更履歴")[0] == (
        *("日時", "指標", "項目", "年度", "変更前", "変更後", "ファイル", "課", "配布"),
    )
    assert ("1-01-1 従事者数", "実績値", "R9", "(空欄)", 101) in [
        row[1:6] for row in sheet_rows(town.master, "変更履歴")
    ]


def test_twice_changes_nothing_more(town: Town) -> None:
    town.send("農政課", {R9: 101})
    town.merge()
    before = digest(town.master)
    outcome = town.merge()
    assert (outcome.merged.applied, outcome.open_conflicts, outcome.output) == ((), (), None)
    assert digest(town.master) == before


def test_only_mine_is_kept_and_equal_is_unchanged(town: Town) -> None:
    typed(town.master, {R9: 99, ("1-H1", "R9"): 1260}, town.master)
    town.send("農政課", {("1-H1", "R9"): 1260})
    outcome = town.merge()
    assert (outcome.merged.applied, outcome.open_conflicts) == ((), ())
    assert town.value(*R9) == 99


def test_both_differ_is_a_conflict_and_neither_is_lost(town: Town) -> None:
    typed(town.master, {R9: 99}, town.master)
    town.send("農政課", {R9: 101})
    outcome = town.merge()
    assert conflicts(outcome) == [(Key(*R9), None, 99, 101, "農政課")]
    assert town.value(*R9) == 99
    assert sheet_rows(town.master, "競合") == [
        (
            *("指標", "項目", "年度", "単位", "配ったときの値", "いまの値", "届いた値"),
            *("採用", "別の値", "課", "ファイル", "配布"),
        ),
        (
            "1-01-1 従事者数",
            "実績値",
            *("R9", "人", "(空欄)", 99, 101, None, None),
            *("農政課", "R9_農政課.xlsx", town.made.id),
        ),
    ]
    before = digest(town.master)
    town.merge()
    assert digest(town.master) == before


@pytest.mark.parametrize(
    ("choice", "other", "value"),
    [
        *(("いまの値", None, 99), ("届いた値", None, 101), ("別の値", 103, 103)),
        *(("マスター", None, 99), ("提出", None, 101)),  # as they were called before
    ],
)
def test_the_decision_is_obeyed_once_and_for_all(
    town: Town, choice: str, other: int | None, value: int
) -> None:
    typed(town.master, {R9: 99}, town.master)
    town.send("農政課", {R9: 101})
    town.merge()
    decide(town.master, (choice, other))
    outcome = town.merge()
    assert (outcome.open_conflicts, town.value(*R9)) == ((), value)
    before = digest(town.master)
    again = town.merge()
    assert (again.open_conflicts, again.merged.applied, digest(town.master)) == ((), (), before)


def test_a_decision_on_an_older_master_is_asked_again(town: Town) -> None:
    typed(town.master, {R9: 99}, town.master)
    town.send("農政課", {R9: 101})
    town.merge()
    decide(town.master, ("届いた値", None))
    typed(town.master, {R9: 98}, town.master)
    assert conflicts(town.merge()) == [(Key(*R9), None, 98, 101, "農政課")]
    assert town.value(*R9) == 98


def test_decisions_are_obeyed_without_the_file(town: Town, tmp_path: Path) -> None:
    typed(town.master, {R9: 99}, town.master)
    town.send("農政課", {R9: 101}).rename(tmp_path / "片付けた.xlsx")
    town.merge(tmp_path / "片付けた.xlsx")
    decide(town.master, ("届いた値", None))
    town.merge()
    assert town.value(*R9) == 101


def test_what_was_taken_and_changed_since_is_kept(town: Town) -> None:
    """The folder is merged again when more has come: the secretariat's correction stands."""
    town.send("農政課", {R9: 101})
    town.merge()
    typed(town.master, {R9: 102}, town.master)
    outcome = town.merge()
    assert (outcome.open_conflicts, town.value(*R9)) == ((), 102)


def test_two_departments_on_one_cell(town: Town) -> None:
    shared = ("1-01-2", "R9")
    town.send("農政課", {shared: 20, ("1-01-2", "remark"): "同じ"})
    town.send("観光課", {shared: 21, ("1-01-2", "remark"): "同じ"})
    outcome = town.merge()
    assert conflicts(outcome) == [
        (Key(*shared), None, None, 20, "農政課"),
        (Key(*shared), None, None, 21, "観光課"),
    ]
    assert town.value("1-01-2", "remark") == "同じ"
    decide(town.master, ("届いた値", None), ("いまの値", None))
    assert town.merge().open_conflicts == ()
    assert town.value(*shared) == 20


def test_two_submissions_of_one_department(town: Town) -> None:
    town.send("農政課", {R9: 101}, "一.xlsx")
    town.send("農政課", {R9: 102}, "二.xlsx")
    assert [c[3] for c in conflicts(town.merge())] == [101, 102]
    assert town.value(*R9) is None


def test_a_blanked_cell_is_a_change(town: Town) -> None:
    town.send("農政課", {("1-01-1", "R8"): None})
    outcome = town.merge()
    assert [(a.before, a.after) for a in outcome.merged.applied] == [(95, None)]
    assert town.value("1-01-1", "R8") is None
    assert sheet_rows(town.master, "変更履歴")[1][4:6] == (95, "(空欄)")


def test_a_blank_against_a_figure_is_shown_in_the_conflict(town: Town) -> None:
    typed(town.master, {("1-01-1", "R8"): 96}, town.master)
    town.send("農政課", {("1-01-1", "R8"): None})
    town.merge()
    assert sheet_rows(town.master, "競合")[1][4:7] == (95, 96, "(空欄)")
    decide(town.master, ("届いた値", None))
    town.merge()
    assert town.value("1-01-1", "R8") is None


def test_what_is_not_theirs_is_rejected_and_listed(town: Town) -> None:
    path = town.send(
        "農政課", {("1-01-1", "目標値"): 1, ("1-01-1", "判定"): "達成", ("1-01", "施策名"): "別名"}
    )
    book = Xlsx(path)
    book.put(book.find("1-H1", "番号"), "2-H1")
    book.put(("基本目標1", book.find("1-H1", "R9")[1]), "達成")
    book.save(path)
    outcome = town.merge()
    found = {(r.id, r.label, r.value) for r in outcome.rejected}
    assert {
        ("1-01-1", "目標値", 1),
        ("1-01-1", "判定", "達成"),
        ("1-01", "施策名", "別名"),
    } <= found
    assert ("2-H1", "実績値", "達成") in found
    assert town.value("2-H1", "R9") is None
    assert len(sheet_rows(town.master, "受け付けなかった変更")) == len(set(found)) + 1
    assert any("1-H1" in note for note in outcome.files[0].notes)


def test_settings_are_not_theirs(town: Town) -> None:
    town.send("農政課", {("評価年度", "内容"): "R8"})
    outcome = town.merge()
    assert [(r.id, r.label, r.value) for r in outcome.rejected] == [("設定", "評価年度", "R8")]


def test_a_wrong_value_is_taken_in_and_flagged(town: Town) -> None:
    town.send("農政課", {R9: "多数"})
    outcome = town.merge()
    assert town.value(*R9) == "多数"
    issues = outcome.flags[Key(*R9), "R9_農政課.xlsx"]
    assert "unknown-mark" in [issue.code for issue in issues]


def test_strict_holds_back_what_is_wrong(town: Town) -> None:
    town.send("農政課", {R9: "多数", ("1-H1", "R9"): 1260})
    outcome = town.merge(strict=True)
    assert town.value(*R9) is None
    assert town.value("1-H1", "R9") == 1260
    assert [(r.id, r.round, r.value) for r in outcome.rejected] == [("1-01-1", "R9", "多数")]


def test_the_master_shows_the_truth_before_it_is_calculated(town: Town) -> None:
    town.send("農政課", {R9: 120})
    town.merge()
    book = Xlsx(town.master)
    shown = {
        head: book.value(*book.find("1-01-1", head))
        for head in ("評価値", "判定", "進捗率", "進み具合")
    }
    assert shown == {"評価値": 120, "判定": "達成", "進捗率": 100, "進み具合": "達成"}
    counts = book.tables["集計_KPI"]
    assert book.value(counts.sheet, counts.address("達成", counts.bottom)) == 1
    assert book.value(counts.sheet, counts.address("達成率", counts.bottom)) == Decimal("33.3")


def test_parts_that_are_not_touched_stay_byte_for_byte(town: Town) -> None:
    before = Xlsx(town.master).parts
    town.send("観光課", {("2-01-1", "R9"): 1500})
    town.merge()
    after = Xlsx(town.master).parts
    goals = Xlsx(town.master).sheet_parts
    same = {name for name in before if after.get(name) == before[name]}
    assert goals["基本目標1"] in same and goals["設定"] in same
    assert goals["基本目標2"] not in same
    assert {name for name in before if name.startswith("xl/charts/")} <= same


def test_a_value_typed_again_in_a_newly_sent_workbook_counts(town: Town) -> None:
    """Sent, taken, corrected, sent anew under the same name, typed again."""
    town.send("農政課", {R9: 130})
    town.merge()
    typed(town.master, {R9: 125}, town.master)
    again = split(town.master)
    name = town.sent("農政課").name
    assert again.workbooks[0].path.name == name
    (town.inbox / name).unlink()
    typed(again.workbooks[0].path, {R9: 130}, town.inbox / name)
    outcome = town.merge()
    assert [(a.before, a.after) for a in outcome.merged.applied] == [(125, 130)]
    assert town.value(*R9) == 130
    assert sheet_rows(town.master, "変更履歴")[2][7:] == ("農政課", again.id)
    before = digest(town.master)
    assert town.merge().output is None
    assert digest(town.master) == before


def test_what_was_taken_and_corrected_since_is_told(town: Town) -> None:
    town.send("農政課", {R9: 130})
    town.merge()
    typed(town.master, {R9: 125}, town.master)
    [told] = town.merge().merged.superseded
    assert (told.key, told.value, told.master, told.file) == (
        *(Key(*R9), 130, 125),
        town.sent("農政課").name,
    )


def test_files_of_one_name_from_two_departments_are_two(town: Town) -> None:
    """What one department's 提出.xlsx left is not swept away by another's, nor taken for it."""
    shared = ("1-01-2", "R9")
    town.send("農政課", {shared: 20, ("1-01-1", "目標値"): 1}, "提出.xlsx")
    town.merge()
    typed(town.master, {shared: 22}, town.master)
    town.send("観光課", {shared: 20, ("2-01-1", "目標値"): 2}, "提出.xlsx")
    outcome = town.merge()
    assert conflicts(outcome) == [(Key(*shared), None, 22, 20, "観光課")]
    rows = sheet_rows(town.master, "受け付けなかった変更")[1:]
    assert [(row[0], *row[3:5], row[6]) for row in rows] == [
        ("1-01-1 従事者数", "人", 1, "農政課"),
        ("2-01-1 観光客", "人", 2, "観光課"),
    ]
    before = digest(town.master)
    assert town.merge().output is None
    assert digest(town.master) == before


def test_lists_of_an_earlier_version_know_a_file_by_its_name(town: Town) -> None:
    """Without 課 and 配布 a row speaks of what was sent before it was written."""
    town.send("農政課", {R9: 130})
    town.merge()
    book = Xlsx(town.master)
    table = book.tables["変更履歴表"]
    for head, value in (("日時", "2999-01-01 00:00"), ("課", None), ("配布", None)):
        book.put((table.sheet, table.address(head, table.rows[0])), value)
    book.save(town.master)
    typed(town.master, {R9: 125}, town.master)
    outcome = town.merge()
    assert (outcome.open_conflicts, town.value(*R9)) == ((), 125)
    book = Xlsx(town.master)
    table = book.tables["変更履歴表"]
    book.put((table.sheet, table.address("日時", table.rows[0])), "2001-01-01 00:00")
    book.save(town.master)
    assert [c[3] for c in conflicts(town.merge())] == [130]


@pytest.mark.parametrize("text", ["(空欄)", "「(空欄)」", None])
def test_a_blank_and_the_word_for_it_are_two_things(town: Town, text: str | None) -> None:
    """A text that reads like the word for a blank comes through 競合 as it was typed."""
    problem = ("1-01", "efforts")
    typed(town.master, {problem: "別"}, town.master)
    town.send("農政課", {problem: text})
    town.merge()
    decide(town.master, ("届いた値", None))
    town.merge()
    assert town.value(*problem) == text


@pytest.mark.parametrize("number", ["1E+308", "1E-300", "1.7976931348623157E+308", "-1E+308"])
def test_a_number_at_the_end_of_the_range_stops_nobody(town: Town, number: str) -> None:
    """It is taken or refused by itself; what the others typed is taken in any case."""
    town.send("農政課", {R9: Decimal(number)})
    town.send("観光課", {("2-01-1", "remark"): "よい"})
    outcome = town.merge()
    assert town.value("2-01-1", "remark") == "よい"
    brought = [a.after for a in outcome.merged.applied if a.key == Key(*R9)]
    assert brought == [town.value(*R9)] or [r.round for r in outcome.rejected] == ["R9"]
    before = digest(town.master)
    assert town.merge().output is None
    assert digest(town.master) == before


@pytest.mark.parametrize("value", [95, 101])
def test_what_was_typed_under_a_changed_heading_is_listed(town: Town, value: int) -> None:
    """Also where it is what was sent for another round: R8 is 95."""
    path = town.send("農政課", {R9: value})
    book = Xlsx(path)
    sheet, address = book.find("1-01-1", "R9")
    table = next(t for t in book.tables.values() if t.sheet == sheet and "1-01-1" in ids(book, t))
    book.put((sheet, table.address("R9", table.top)), "今年の値")
    book.save(path)
    outcome = town.merge()
    listed = [(r.id, r.label, r.value) for r in outcome.rejected]
    assert listed == [("1-01-1", "今年の値", value)]
    assert address in outcome.rejected[0].reason
    assert sheet_rows(town.master, "受け付けなかった変更")[1][4] == value
    assert outcome.has_findings


def ids(book: Xlsx, table: TablePart) -> list[object]:
    return [book.value(table.sheet, table.address(table.columns[0], row)) for row in table.rows]
