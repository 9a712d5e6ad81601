"""status, merge and diff: JSON field by field, exit codes, sheets."""

from __future__ import annotations

from pathlib import Path

from cli_tools import Command, digest
from exchange_tools import Town, sheet_rows, tables_of, typed
from workbook_tools import Xlsx

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
    for words in ("1-01-1 実績値 R9: (空欄) → 101", "95 → (空欄)", "マスター 1250、提出 1260"):
        assert words in out


def test_status_says_who_has_sent_what(aso: Command, town: Town, tmp_path: Path) -> None:
    town.send("農政課", {R9: 101, ("1-H1", "R9"): 1260, ("1-01-2", "R9"): "未公表"})
    town.send("観光課", {("2-01-1", "R9"): "多数"})
    done = aso("status", town.master, town.inbox, "--json", "-o", tmp_path / "状況.xlsx")
    assert done.code == 1
    found = {d["name"]: d for d in done.json["departments"]}
    assert {n: (d["file"], d["filled"], d["asked"], d["state"]) for n, d in found.items()} == {
        "農政課": ("R9_農政課.xlsx", 3, 3, "complete"),
        "観光課": ("R9_観光課.xlsx", 1, 3, "errors"),
        "福祉課": (None, 0, 0, "missing"),
        "未割当": (None, 0, 1, "missing"),
    }
    assert (found["農政課"]["errors"], found["観光課"]["errors"] > 0) == (0, True)
    rows = sheet_rows(tmp_path / "状況.xlsx", "回収状況")
    assert rows[3] == ("担当課", "提出ファイル", "依頼", "入力済み", "エラー", "状態")
    assert rows[4] == ("農政課", "R9_農政課.xlsx", 3, 3, 0, "提出済み")
    assert tables_of(tmp_path / "状況.xlsx", "回収状況") == ["回収状況表"]
    out = aso("status", town.master, town.inbox).out
    assert "未提出は 2課" in out


def test_status_of_nothing_typed(aso: Command, town: Town) -> None:
    done = aso("status", town.master, town.made.folder, "--json")
    states = {d["name"]: d["state"] for d in done.json["departments"]}
    assert states == {"農政課": "empty", "観光課": "empty", "福祉課": "complete", "未割当": "empty"}


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
