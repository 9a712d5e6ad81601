"""status, merge and diff: JSON field by field, exit codes, sheets."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest
from cli_tools import Command, digest
from exchange_tools import Town, sheet_rows, tables_of, typed
from paper_tools import is_readable_on_paper
from workbook_tools import MAIN, Value, Xlsx

from aso_xl.exchange.split import split

R9 = ("1-01-1", "R9")


def test_merge_in_json(aso: Command, town: Town) -> None:
    typed(town.master, {("1-H1", "R9"): 1250}, town.master)
    town.send("農政課", {R9: 101.5, ("1-H1", "R9"): 1260, ("1-01-1", "目標値"): 9})
    done = aso("merge", town.master, town.inbox, "--json")
    assert (done.code, done.err) == (1, "")
    [applied] = done.json["applied"]
    assert {k: v for k, v in applied.items() if k != "flags"} == {
        "indicator": "1-01-1",
        "field": "actual",
        "round": "R9",
        "from": None,
        "to": "101.5",
        "department": "農政課",
        "file": "R9_農政課.xlsx",
    }
    assert "fractional-count" in [flag["code"] for flag in applied["flags"]]
    assert done.json["conflicts"] == [
        {
            "indicator": "1-H1",
            "field": "actual",
            "round": "R9",
            "base": None,
            "master": "1250",
            "submitted": "1260",
            "department": "農政課",
            "file": "R9_農政課.xlsx",
        }
    ]
    [rejected] = done.json["rejected"]
    assert (rejected["indicator"], rejected["field"], rejected["value"]) == (
        "1-01-1",
        "目標値",
        "9",
    )
    assert done.json["output"] == str(town.master)
    assert done.json["unchanged"] > 5


def test_merge_without_change(aso: Command, town: Town) -> None:
    done = aso("merge", town.master, town.made.folder, "--json")
    assert (done.code, done.json["output"], done.json["applied"]) == (0, None, [])
    assert aso("merge", town.master, town.made.folder).code == 0


def test_merge_into_another_file(aso: Command, town: Town, tmp_path: Path) -> None:
    town.send("農政課", {R9: 101})
    before = digest(town.master)
    done = aso("merge", town.master, town.inbox, "-o", tmp_path / "新.xlsx", "--json")
    assert done.json["output"] == str(tmp_path / "新.xlsx")
    assert digest(town.master) == before
    book = Xlsx(tmp_path / "新.xlsx")
    assert book.value(*book.find("1-01-1", "R9")) == 101


def test_a_name_that_is_no_workbook_is_refused_before_any_work(aso: Command, town: Town) -> None:
    for command in (("merge", town.master, town.inbox), ("status", town.master, town.inbox)):
        done = aso(*command, "-o", town.inbox / "一覧.docx")
        assert (done.code, done.out, list(town.inbox.iterdir())) == (2, "", [])


def test_undo_brings_the_master_back(aso: Command, town: Town) -> None:
    before = digest(town.master)
    town.send("農政課", {R9: 101})
    assert aso("merge", town.master, town.inbox).code == 0
    assert digest(town.master) != before
    assert aso("undo", town.master).code == 0
    assert digest(town.master) == before


def test_words_of_a_merge_name_every_change(aso: Command, town: Town) -> None:
    typed(town.master, {("1-H1", "R9"): 1250}, town.master)
    town.send("農政課", {R9: 101, ("1-H1", "R9"): 1260, ("1-01-1", "R8"): None})
    out = aso("merge", town.master, town.inbox).out
    for words in ("1-01-1 実績値 R9: (空欄) → 101", "95 → (空欄)", "いまの値 1250、届いた値 1260"):
        assert words in out


def test_status_says_who_has_sent_what(aso: Command, town: Town, tmp_path: Path) -> None:
    town.send("農政課", {R9: 101, ("1-H1", "R9"): 1260, ("1-01-2", "R9"): "未公表"})
    town.send("観光課", {("2-01-1", "R9"): "多数"})
    done = aso("status", town.master, town.inbox, "--json", "-o", tmp_path / "状況.xlsx")
    assert done.code == 1
    found = {d["name"]: d for d in done.json["departments"]}
    assert {n: (d["file"], d["filled"], d["asked"], d["state"]) for n, d in found.items()} == {
        "農政課": ("R9_農政課.xlsx", 3, 3, "waiting"),
        "観光課": ("R9_観光課.xlsx", 1, 3, "errors"),
        "福祉課": (None, 0, 0, "missing"),
        "未割当": (None, 0, 1, "missing"),
    }
    assert (found["農政課"]["errors"], found["観光課"]["errors"] > 0) == (0, True)
    rows = sheet_rows(tmp_path / "状況.xlsx", "回収状況")
    assert rows[3] == (
        *("担当課", "状態", "遅れ(日)", "期限", "提出日時", "依頼", "入力済み", "施策"),
        *("施策記入済み", "エラー", "確認者", "確認日", "統合・差戻し", "提出ファイル", "連絡事項"),
    )
    saved = found["農政課"]["submitted"]
    due, about = ("", "9月30日(水)"), ("", "", "", "R9_農政課.xlsx", "")
    assert rows[4] == ("農政課", "課長確認待ち", *due, saved, 3, 3, 1, 1, 0, *about)
    assert rows[6] == ("福祉課", "未提出", *due, "", 0, 0, 1, 0, 0, *("",) * 5)
    assert str(rows[1][0]).endswith("4課: 課長確認待ち 1、要修正 1、未提出 2")
    assert tables_of(tmp_path / "状況.xlsx", "回収状況") == ["回収状況表"]
    out = aso("status", town.master, town.inbox).out
    assert (
        "課長確認待ち 1、要修正 1、未提出 2" in out
        and "期限は 9月30日(水) です。" in out
        and saved in out
    )


def test_a_workbook_was_submitted_when_it_was_saved_last(aso: Command, town: Town) -> None:
    path = town.send("農政課", {R9: 101})
    os.utime(path, (at := 1_750_000_000, at))
    found = {
        d["name"]: d for d in aso("status", town.master, town.inbox, "--json").json["departments"]
    }
    assert found["農政課"]["submitted"] == f"{dt.datetime.fromtimestamp(at):%Y-%m-%d %H:%M}"
    assert [found[name]["submitted"] for name in ("観光課", "福祉課")] == [None, None]
    assert found["観光課"]["deadline"] == "9月30日(水)"


def test_findings_of_what_came_back_stand_on_a_second_sheet(
    aso: Command, town: Town, tmp_path: Path
) -> None:
    town.send("観光課", {("2-01-1", "R9"): "多数"})
    aso("status", town.master, town.inbox, "-o", tmp_path / "状況.xlsx")
    rows = sheet_rows(tmp_path / "状況.xlsx", "指摘")
    heads = ("担当課", "提出ファイル", "重要度", "場所", "指標", "内容", "対処")
    assert rows[3] == heads
    [error] = [row for row in rows[4:] if row[2] == "エラー"]
    assert error == rows[4]
    assert error[:2] == ("観光課", "R9_観光課.xlsx") and error[4] == "2-01-1 観光客"
    assert "多数" in str(error[5])
    assert {row[0] for row in rows[4:]} == {"観光課"}


def test_what_merging_and_status_write_is_readable_on_paper(
    aso: Command, town: Town, tmp_path: Path
) -> None:
    for value in (1250, 1255):  # the second merge draws the sheets anew
        typed(town.master, {("1-H1", "R9"): value}, town.master)
        sent = town.send("農政課", {R9: 101, ("1-H1", "R9"): 1260})
        book = Xlsx(sent)
        book.put(book.find("1-01-1", "目標値"), 9)
        book.save(sent)
        aso("merge", town.master, town.inbox)
    aso("status", town.master, town.inbox, "-o", tmp_path / "状況.xlsx")
    master = Xlsx(town.master)
    assert {"競合", "受け付けなかった変更", "変更履歴"} <= set(master.sheet_parts)
    for book in (master, Xlsx(tmp_path / "状況.xlsx")):
        is_readable_on_paper(book)
    titles = [
        (n.get("localSheetId"), n.text)
        for n in master.workbook.iter(f"{MAIN}definedName")
        if n.get("name") == "_xlnm.Print_Titles"
    ]
    assert len(titles) == len(dict(titles))
    place = str(list(master.sheet_parts).index("競合"))
    assert dict(titles)[place] == "'競合'!$3:$3"


@pytest.mark.parametrize(
    ("edits", "state"),
    [
        ({}, "untouched"),
        ({("1-01", "efforts"): None}, "empty"),
        ({("1-01", "problems"): "人手が足りない"}, "waiting"),
        ({("1-01", "department"): "観光課"}, "waiting"),
    ],
)
def test_a_department_without_indicators_is_judged_by_its_measures(
    aso: Command, town: Town, edits: dict[tuple[str, str], Value], state: str
) -> None:
    town.send("福祉課", edits)
    found = {
        d["name"]: d for d in aso("status", town.master, town.inbox, "--json").json["departments"]
    }
    mine = found["福祉課"]
    assert (mine["state"], mine["measures"], mine["asked"]) == (state, 1, 0)
    assert mine["measures_filled"] == (0 if state == "empty" else 1)


def test_figures_that_were_sent_and_came_back_as_they_were_are_not_submitted(
    aso: Command, town: Town
) -> None:
    """Also where every figure was known before; another figure, or a mark, makes it theirs."""
    known = {("2-H1", "R9"): "達成", ("2-01-1", "R9"): 1500, ("1-01-2", "R9"): 20}
    typed(town.master, known, town.master)
    made = split(town.master, town.master.parent / "二度目")
    [sent] = [w.path for w in made.workbooks if w.part.department == "観光課"]
    for edits, state in (({}, "untouched"), ({("2-01-1", "R9"): 1501}, "waiting")):
        typed(sent, edits, town.inbox / "観光課.xlsx")
        done = aso("status", town.master, town.inbox, "--json")
        found = {d["name"]: d for d in done.json["departments"]}
        assert (found["観光課"]["state"], found["観光課"]["filled"]) == (state, 3)


def test_status_of_nothing_typed(aso: Command, town: Town) -> None:
    done = aso("status", town.master, town.made.folder, "--json")
    states = {d["name"]: d["state"] for d in done.json["departments"]}
    assert states == {
        "農政課": "empty",
        "観光課": "empty",
        "福祉課": "untouched",
        "未割当": "empty",
    }


def test_diff_lists_figures_texts_and_definitions(aso: Command, town: Town, tmp_path: Path) -> None:
    edits = {
        R9: 101,
        ("1-01-1", "remark"): "文",
        ("1-01-1", "目標値"): 130,
        ("見出し", "内容"): "別",
    }
    other = typed(town.master, edits, tmp_path / "b.xlsx")
    done = aso("diff", town.master, other, "--json", "-o", tmp_path / "比較.xlsx")
    assert done.code == 0
    changes = {
        (c["kind"], c["indicator"], c["field"]): (c["a"], c["b"]) for c in done.json["changes"]
    }
    assert changes == {
        ("definition", "1-01-1", "target"): ("120", "130"),
        ("figure", "1-01-1", "actual"): (None, "101"),
        ("text", "1-01-1", "remark"): ("=備考", "文"),
        ("setting", "", "見出し"): ("架空の総合戦略の検証", "別"),
    }
    rows = sheet_rows(tmp_path / "比較.xlsx", "比較")
    assert ("実績", "1-01-1", "従事者数", "実績値", "R9", "(空欄)", "101") in rows


def test_diff_of_a_part_says_what_it_lacks(aso: Command, town: Town) -> None:
    done = aso("diff", town.master, town.sent("農政課"), "--json")
    assert done.json["changes"] == []
    assert done.json["only_a"] == ["1-H2", "2-H1", "2-01-1", "1-02", "2-01"]


def test_diff_of_two_plans_is_refused(aso: Command, town: Town, sample_path: Path) -> None:
    done = aso("diff", town.master, sample_path)
    assert (done.code, done.out) == (2, "")
    assert "同じ総合戦略" in done.err


def test_errors_of_what_was_taken_in_are_always_told(aso: Command, town: Town) -> None:
    """By department, also when a second merge finds nothing new."""
    town.send("農政課", {R9: "多数", ("1-H1", "R9"): 1260})
    town.send("観光課", {("2-01-1", "R9"): "約千", ("2-H1", "R9"): 3})
    told = "取り込んだ内容のエラー 3件(観光課 2件、農政課 1件)"
    errors = {
        "total": 3,
        "departments": [{"name": "観光課", "errors": 2}, {"name": "農政課", "errors": 1}],
    }
    for applied in ("取り込み 4件", "取り込み 0件"):
        done = aso("merge", town.master, town.inbox)
        assert (done.code, applied in done.out, told in done.out) == (1, True, True)
    assert aso("merge", town.master, town.inbox, "--json").json["errors"] == errors


def test_no_errors_are_told_too(aso: Command, town: Town) -> None:
    town.send("農政課", {R9: 101})
    for _ in range(2):
        done = aso("merge", town.master, town.inbox)
        assert (done.code, "取り込んだ内容にエラーはありません。" in done.out) == (0, True)


def test_held_back_errors_are_not_counted_as_taken_in(aso: Command, town: Town) -> None:
    town.send("農政課", {R9: "多数"})
    done = aso("merge", town.master, town.inbox, "--strict", "--json")
    assert (done.code, done.json["errors"]["total"], len(done.json["rejected"])) == (1, 0, 1)


def test_a_past_figure_that_changes_is_told(aso: Command, town: Town) -> None:
    town.send("農政課", {("1-01-1", "R8"): 96, R9: 101})
    typed(town.master, {("1-H1", "R8"): 1251}, town.master)
    done = aso("merge", town.master, town.inbox, "--json")
    assert done.json["past"] == [
        {
            "indicator": "1-01-1",
            "field": "actual",
            "round": "R8",
            "from": "95",
            "to": "96",
            "file": "R9_農政課.xlsx",
        },
        {
            "indicator": "1-H1",
            "field": "actual",
            "round": "R8",
            "from": "1250.05",
            "to": "1251",
            "file": None,
        },
    ]
    out = aso("merge", town.master, town.inbox).out
    assert "過年度の値の変更 1-H1 実績値 R8: 1250.05 → 1251" in out
    assert "1-01-1 実績値 R8" not in out, "told when it was taken in"
