"""差戻し: what goes back to whom, marked and whole; answers that come home with the next merge."""

from __future__ import annotations

import datetime as dt
import shutil
from decimal import Decimal
from pathlib import Path

import expected_cells
import pytest
from cli_tools import Command, digest
from compared_packages import changed_parts
from exchange_tools import Town, answer, asked, decide, rename, sheet_rows, typed
from openpyxl import load_workbook
from workbook_tools import Xlsx, needs_libreoffice, recalculated

from aso_xl.domain.questions import ANSWER, NUMBER, SENT, STATE, said
from aso_xl.domain.settings import ROUND_KEY
from aso_xl.errors import AsoError
from aso_xl.exchange import sent_back
from aso_xl.exchange.cell_values import Key, values_of
from aso_xl.exchange.merge_files import merge_files
from aso_xl.exchange.send_back import Back, SendingBack, send_back
from aso_xl.exchange.split import split
from aso_xl.exchange.standing import State
from aso_xl.exchange.status import status
from aso_xl.exchange.three_way import Source
from aso_xl.files.history import history
from aso_xl.workbook.handout import RECORD, unpacked
from aso_xl.workbook.layout import FINDINGS, FINDINGS_TABLE, QUESTIONS, QUESTIONS_TABLE
from aso_xl.workbook.read.reading import read
from aso_xl.workbook.write.writing import CellEdit, apply

FIGURE = ("1-01-1", "R9")
TODAY = f"{dt.date.today():%Y-%m-%d}"


def back_to(made: SendingBack, department: str) -> Back:
    return next(back for back in made.workbooks if back.department == department)


def questions(path: Path) -> dict[str, tuple[str, str, str]]:
    """Return day, answer and state of the questions of a master, by number."""
    rows = read(path).sent_questions.values()
    return {said(r, NUMBER): (said(r, SENT), said(r, ANSWER), said(r, STATE)) for r in rows}


def handout(path: Path) -> Source:
    record = unpacked(read(path).record[RECORD])
    return Source(record.split, record.department)


@needs_libreoffice
@pytest.mark.slow
def test_the_formulas_say_what_python_says(town: Town, tmp_path: Path) -> None:
    """Of a KPI, a 施策 that follows its KPIs, a goal, an unknown number; sent, answered, neither."""
    ids = ("1-01-2", "2-01", "1-01", "基本目標1", "9-99-9", "2-01-1")
    asked(town.master, *((id_, "?") for id_ in ids))
    book = Xlsx(town.master)
    table = book.tables[QUESTIONS_TABLE]
    for row, sent, answered in ((0, TODAY, None), (1, TODAY, "はい"), (2, None, "電話")):
        number = table.rows[row]
        book.put((table.sheet, table.address("差戻し日", number)), sent)
        book.put((table.sheet, table.address("回答", number)), answered)
    book.save(town.master)
    shown = Xlsx(recalculated({"a": town.master}, tmp_path)["a"])
    expected = dict(expected_cells.questions(read(town.master), Xlsx(town.master)))
    assert {place: shown.value(*place) or "" for place in expected} == expected
    assert {"KPIと同じ", "福祉課", "番号がありません", "回答待ち", "回答あり", "未送付"} <= {
        *expected.values()
    }


def test_who_has_findings_or_questions_gets_a_workbook(town: Town) -> None:
    town.send("農政課", {FIGURE: "多数"})
    town.send("福祉課", {})
    asked(town.master, ("2-01-1", "出典は何ですか。"))
    made = send_back(town.master, [town.inbox], deadline="10月9日(金)")
    assert [(b.department, b.sent) for b in made.workbooks] == [
        ("農政課", "R9_農政課.xlsx"),
        ("観光課", None),
    ]
    assert made.folder == town.master.parent / f"差戻し_R9_{TODAY}"
    assert {path.name for path in made.folder.iterdir()} == {
        *("R9_農政課.xlsx", "R9_農政課.txt", "R9_観光課.xlsx", "R9_観光課.txt")
    }
    assert made.output == town.master and not made.failed


def test_everything_that_was_typed_is_still_there(town: Town) -> None:
    text = {FIGURE: "多数", ("1-01-1", "備考(要因・出典)"): "=文\n二行", ("1-01-2", "R9"): 12.5}
    came = town.send("農政課", text)
    before = digest(came)
    made = send_back(town.master, [town.inbox])
    path = back_to(made, "農政課").path
    assert values_of(read(path)) == values_of(read(came))
    assert digest(came) == before
    parts = changed_parts(came.read_bytes(), path.read_bytes())
    goals = {p for p in parts if p.startswith("xl/worksheets/")}
    assert len(goals) == 2  # 検証結果 and the hidden record


def test_findings_and_questions_stand_in_the_workbook(town: Town) -> None:
    town.send("農政課", {FIGURE: "多数"})
    asked(town.master, ("1-01-1", "数え方は\n同じですか。"), ("1-01", "取組の写真はありますか。"))
    made = send_back(town.master, [town.inbox], deadline="10月9日(金)")
    path = back_to(made, "農政課").path
    ledger, book = read(path), Xlsx(path)
    cell = ledger.rows["1-01-1"].cells["R9"]
    area = ledger.areas[FINDINGS_TABLE]
    rows = list(
        load_workbook(path, data_only=True)[area.sheet].iter_rows(
            area.first_row + 1, area.last_row, values_only=True
        )
    )
    assert rows[0][:4] == (
        *("照会", f"{cell.sheet} {cell.address}", "1-01-1 従事者数", "数え方は\n同じですか。"),
    )
    assert rows[0][5] == "警告|1-01-1|R9"
    assert rows[2][0] == "エラー" and rows[2][5] == "エラー|1-01-1|R9"
    asked_rows = sheet_rows(path, QUESTIONS)
    assert asked_rows[1][0] == "返送の期限: 10月9日(金)"
    table = book.tables[QUESTIONS_TABLE]
    shown = [
        [
            book.value(table.sheet, table.address(head, row))
            for head in ("照会番号", "番号", "照会事項")
        ]
        for row in table.rows
    ]
    assert shown == [
        ["照会1", "1-01-1", "数え方は\n同じですか。"],
        ["照会2", "1-01", "取組の写真はありますか。"],
    ]
    (prompt,) = (
        v.get("prompt") for v in book.validations(cell.sheet) if v.get("sqref") == cell.address
    )
    assert prompt is not None and prompt.startswith("数え方は\n同じですか。\n――\n")
    assert "目標値" in prompt


def test_the_text_that_goes_with_it(town: Town) -> None:
    town.send("農政課", {FIGURE: "多数"})
    asked(town.master, ("1-01-1", "数え方は\n同じですか。"))
    made = send_back(town.master, [town.inbox], deadline="10月9日(金)")
    raw = back_to(made, "農政課").letter.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf") and b"\r\n" in raw
    text = raw.decode("utf-8-sig")
    assert text.startswith("件名: 令和9年度の評価　入力内容の確認のお願い(農政課)")
    assert "・照会 1件" in text and "1-01-1: 数え方は 同じですか。" in text
    assert "「R9_農政課.xlsx」を直して保存し、10月9日(金)までに、" in text


def test_the_master_keeps_what_went_out_and_who_is_still_out(town: Town) -> None:
    town.send("農政課", {FIGURE: "多数"})
    asked(town.master, ("2-01-1", "出典は?"))
    made = send_back(town.master, [town.inbox])
    assert questions(town.master) == {"照会1": (TODAY, "", "回答待ち")}
    ledger = read(town.master)
    out = sent_back.still_out(ledger, [])
    assert {name: sent.day for name, sent in out.items()} == {"農政課": TODAY, "観光課": TODAY}
    home = [handout(back_to(made, "農政課").path)]
    assert set(sent_back.still_out(ledger, home)) == {"観光課"}
    history_row = sheet_rows(town.master, "変更履歴")[-1]
    assert history_row[2:7] == ("差戻し", "R9", None, "照会 1件(照会1)", "R9_観光課.xlsx")
    assert len(history(town.master)) == 1


def test_answers_and_corrections_come_home_with_the_next_merge(town: Town) -> None:
    town.send("農政課", {FIGURE: 200})
    town.merge()
    asked(town.master, ("1-01-1", "多すぎませんか。"))
    made = send_back(town.master, [town.inbox])
    path = back_to(made, "農政課").path
    answer(path, {"照会1": "転記の誤りでした。"}, town.inbox / path.name)
    typed(town.inbox / path.name, {FIGURE: 120}, town.inbox / path.name)
    result = town.merge()
    assert not result.open_conflicts and not result.rejected
    assert town.value(*FIGURE) == 120
    assert questions(town.master)["照会1"] == (TODAY, "転記の誤りでした。", "回答あり")
    rows = sheet_rows(town.master, "変更履歴")
    assert ("照会1 1-01-1 従事者数", "回答") in {row[1:3] for row in rows}
    assert town.merge().output is None
    again = send_back(town.master, [town.inbox])
    assert not [b.questions for b in again.workbooks if b.department == "農政課" and b.questions]


def test_a_second_round_may_take_the_first_value_back(town: Town) -> None:
    town.send("農政課", {FIGURE: 100})
    town.merge()
    for value in (110, 100):
        asked(town.master, ("1-01-1", f"{value} では?"))
        made = send_back(town.master, [town.inbox])
        path = back_to(made, "農政課").path
        typed(path, {FIGURE: value}, town.inbox / path.name)
        assert not town.merge().open_conflicts
        assert town.value(*FIGURE) == value


def test_a_department_that_is_called_otherwise_now_gets_the_one_workbook_that_it_sent(
    town: Town,
) -> None:
    """What is asked of it under its new name stands in the workbook that came under the old one."""
    town.send("農政課", {FIGURE: "多数"})
    rename(town.master, "農政課", "農林課")
    asked(town.master, ("1-01-1", "出典は?"))
    made = send_back(town.master, [town.inbox])
    (back,) = made.workbooks
    assert (back.department, back.formerly, back.sent) == ("農林課", "農政課", "R9_農政課.xlsx")
    assert [q.about for q in back.questions] == ["1-01-1"] and back.issues
    assert back.letter.read_text("utf-8-sig").splitlines()[2] == "農林課 ご担当者様"

    def state() -> State:
        every = status(town.master, [town.inbox]).departments
        return next(each.state for each in every if each.name == "農林課")

    assert state() is State.RETURNED
    mended = typed(back.path, {FIGURE: 120}, town.master.parent / "直した.xlsx")
    answer(mended, {"照会1": "調査による"}, town.inbox / back.path.name)
    assert state() is not State.RETURNED
    town.merge()
    assert values_of(read(town.master))[Key(*FIGURE)] == 120
    assert questions(town.master)["照会1"][1] == "調査による"


def test_findings_are_those_of_the_round_that_was_asked_for(town: Town) -> None:
    """Also where a department chose another 評価年度 in its workbook."""
    path = town.send("農政課", {FIGURE: 100})
    cell = read(path).setting_cells[ROUND_KEY]
    book = Xlsx(path)
    book.put((cell.sheet, cell.address), "R8")
    book.save(path)
    asked(town.master, ("1-01-1", "出典は?"))
    (back,) = send_back(town.master, [town.inbox]).workbooks
    place = read(path).rows["1-01-1"].cells["R9"]
    assert f"{place.sheet} {place.address}" in str(sheet_rows(back.path, QUESTIONS)[4][3])
    found = [(issue.code, issue.indicator, str(issue.round)) for issue in back.issues]
    assert found == [("blank", "1-H1", "R9"), ("blank", "1-01-2", "R9")]


def test_what_was_not_merged_yet_still_comes_home(town: Town) -> None:
    town.send("農政課", {FIGURE: 101, ("1-01-2", "R9"): 130})
    made = send_back(town.master, [town.inbox])
    path = back_to(made, "農政課").path
    shutil.copy(path, town.inbox / path.name)
    town.merge()
    assert town.value(*FIGURE) == 101


def test_a_settled_conflict_is_not_asked_again(town: Town) -> None:
    town.send("農政課", {FIGURE: 101})
    typed(town.master, {FIGURE: 105}, town.master)
    town.merge()
    decide(town.master, ("いまの値", None))
    assert not town.merge().open_conflicts
    asked(town.master, ("1-01-1", "?"))
    made = send_back(town.master, [town.inbox])
    path = back_to(made, "農政課").path
    answer(path, {"照会1": "はい"}, town.inbox / path.name)
    result = town.merge()
    assert not result.open_conflicts and town.value(*FIGURE) == 105


def test_an_answer_that_contradicts_one_that_is_there_is_a_conflict(town: Town) -> None:
    asked(town.master, ("1-01-2", "分母は?"))  # of two departments
    made = send_back(town.master, [town.inbox])
    for name, text in (("農政課", "農家数です。"), ("観光課", "世帯数です。")):
        path = back_to(made, name).path
        answer(path, {"照会1": text}, town.inbox / path.name)
    result = town.merge()
    assert {c.submitted for c in result.open_conflicts} == {"農家数です。", "世帯数です。"}
    decide(town.master, ("届いた値", None))
    town.merge()
    assert questions(town.master)["照会1"][1] in {"農家数です。", "世帯数です。"}


def test_an_answer_without_a_question_is_told(town: Town) -> None:
    asked(town.master, ("2-01-1", "出典は?"))
    made = send_back(town.master, [town.inbox])
    path = back_to(made, "観光課").path
    answer(path, {"照会1": "観光統計です。"}, town.inbox / path.name)
    master = Xlsx(town.master)
    table = master.tables[QUESTIONS_TABLE]
    for head in ("番号", "照会事項", "差戻し日", "照会番号"):
        master.put((table.sheet, table.address(head, table.rows[0])), None)
    master.save(town.master)
    result = town.merge()
    (told,) = result.rejected
    assert (told.id, told.value) == ("照会1", "観光統計です。")
    assert "マスターの「照会」にありません" in told.reason


def test_a_number_is_never_given_twice(town: Town) -> None:
    test_an_answer_without_a_question_is_told(town)
    asked(town.master, ("2-01-1", "別の照会"))
    send_back(town.master, [town.inbox])
    assert set(questions(town.master)) == {"照会2"}


def test_a_question_that_cannot_be_asked_is_told_and_stays(town: Town) -> None:
    asked(town.master, ("9-99-9", "?"), ("", "番号のない照会"))
    made = send_back(town.master, [town.inbox])
    assert made.folder is None and made.output is None
    assert [line.partition(": ")[2][:6] for line in made.failed] == ["9-99-9", "番号がないた"]


def test_an_answer_that_lies_there_is_not_asked_for_again(town: Town) -> None:
    asked(town.master, ("2-01-1", "出典は?"))
    made = send_back(town.master, [town.inbox])
    path = back_to(made, "観光課").path
    answer(path, {"照会1": "観光統計です。"}, town.inbox / path.name)
    again = send_back(town.master, [town.inbox])
    assert all(not b.questions for b in again.workbooks)
    assert any("照会1 の回答が届いています" in note for note in again.notes)
    kept = [said(row, ANSWER) for b in again.workbooks for row in read(b.path).questions]
    assert kept in ([], ["観光統計です。"])


def test_what_stands_above_the_questions_is_ours(town: Town) -> None:
    asked(town.master, ("2-01-1", "出典は?"))
    made = send_back(town.master, [town.inbox], deadline="10月9日(金)")
    path = back_to(made, "観光課").path
    answer(path, {"照会1": "統計です。"}, town.inbox / path.name)
    (file,) = town.merge().files
    assert file.notes == ()


def test_a_link_to_a_late_figure_that_has_come_is_ours(tmp_path: Path, sample_path: Path) -> None:
    master, inbox = tmp_path / "マスター.xlsx", tmp_path / "提出"
    inbox.mkdir()
    shutil.copy(sample_path, master)
    town = Town(master, split(master), inbox)
    late = {("1-02-2", "R7"): 12, ("1-02-2", "R8"): 13}
    town.send("A課(例)", {**late, ("1-02-2", "R9"): 14})
    town.merge()
    asked(master, ("1-02-2", "出典は?"))
    path = back_to(send_back(master, [inbox]), "A課(例)").path
    links = [row for row in sheet_rows(path, "お願い") if row[0] == "1-02-2"]
    assert "R7の値" in links[0]
    (file,) = merge_files(master, [path]).files
    assert file.notes == ()


def test_until_when_it_was_asked_back_stands_on_the_board(town: Town) -> None:
    town.send("農政課", {FIGURE: "多数"})
    send_back(town.master, [town.inbox], deadline="10月9日(金)")
    assert sheet_rows(town.master, "変更履歴")[-1][5] == "エラー 1件、警告 2件、期限 10月9日(金)"
    (farming,) = (d for d in status(town.master, [town.inbox]).departments if d.name == "農政課")
    assert (farming.state, farming.deadline.text) == (State.RETURNED, "10月9日(金)")


def test_a_master_without_the_sheet_gets_it(town: Town) -> None:
    old = load_workbook(town.master)
    del old[QUESTIONS]
    old.save(town.master)
    made = send_back(town.master, [town.inbox])
    assert (made.folder, made.output) == (None, town.master)
    asked(town.master, ("2-01-1", "出典は?"))
    made = send_back(town.master, [town.inbox])
    assert back_to(made, "観光課").questions[0].number == "照会1"
    assert questions(town.master)["照会1"][0] == TODAY


def test_a_confirmed_round_goes_back_to_nobody(town: Town, aso: Command) -> None:
    for id_, value in (
        ("1-01-1", 100),
        ("1-01-2", 20),
        ("1-H1", 1260),
        ("1-H2", 200),
        ("2-01-1", 1),
    ):
        typed(town.master, {(id_, "R9"): value}, town.master)
    assert aso("close", town.master, "--by", "田中").code == 0
    with pytest.raises(AsoError, match="確定しています"):
        send_back(town.master, [town.inbox])


def test_a_bad_file_does_not_stop_the_others(town: Town) -> None:
    town.send("農政課", {FIGURE: "多数"})
    (town.inbox / "壊れた.xlsx").write_bytes(b"PK")
    made = send_back(town.master, [town.inbox])
    assert [b.department for b in made.workbooks] == ["農政課"]
    assert len(made.failed) == 1 and "壊れた.xlsx" in made.failed[0]


def test_findings_sheet_name_is_kept(town: Town) -> None:
    """A department that renamed or lost the sheet of findings gets it back."""
    came = town.send("農政課", {FIGURE: "多数"})
    book = load_workbook(came)
    del book[FINDINGS]
    book.save(came)
    made = send_back(town.master, [town.inbox])
    assert FINDINGS_TABLE in read(back_to(made, "農政課").path).areas


def test_a_figure_typed_into_an_answer_is_its_digits(town: Town) -> None:
    asked(town.master, ("2-01-1", "何件ですか。"))
    made = send_back(town.master, [town.inbox])
    path = back_to(made, "観光課").path
    cell = read(path).sent_questions["照会1"].cells[ANSWER]
    edit = CellEdit(cell.sheet, cell.address, Decimal(12))
    (town.inbox / path.name).write_bytes(apply(path.read_bytes(), [edit]))
    town.merge()
    assert values_of(read(town.master))[Key("照会1", ANSWER)] == "12"
