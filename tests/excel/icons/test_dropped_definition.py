"""A definition workbook, or a strategy's document, on the icon 評価ブックを作る."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
from defining_tools import kpi, typed
from docx import Document
from exchange_tools import PLAN
from pytest import MonkeyPatch
from strategy_words import third_pages
from test_dropped import Notes

from aso_xl.cli.main import main as cli
from aso_xl.excel.dropped import main
from aso_xl.strategies.definition import load
from aso_xl.workbook.read.reading import read


def dropped(path: Path) -> tuple[int, Notes]:
    talk = Notes()
    return main(["define", str(path)], talk), talk


def test_the_master_is_made_beside_a_definition_workbook(tmp_path: Path) -> None:
    path = typed(tmp_path / "定義 & 1.xlsx", (kpi("農家", "94人", "120人"), kpi("農 家")))
    code, talk = dropped(path)
    master = tmp_path / "総合戦略.xlsx"
    assert (code, talk.opened) == (0, [master])
    assert read(master).plan.by_id["1-01-1"].name == "農家"
    assert talk.said == [
        "総合戦略.xlsx を作りました。\n"
        "基本目標 1、数値目標 0、施策 1、KPI 2。戦略の数と同じか、確かめてください。\n\n"
        "ほかに確かめるところ:\n"
        "指標 F6(農 家): 「名称」が 1-01-1 と同じです。"
        "同じものを 2 回書いていないか確かめてください。"
    ]
    assert dropped(path)[1].opened == [tmp_path / "総合戦略 (2).xlsx"]


def test_a_marked_copy_is_opened_where_something_is_wrong(tmp_path: Path) -> None:
    path = typed(tmp_path / "定義.xlsx", (kpi("農家", "94人・3件", "120人"),))
    before = path.read_bytes()
    code, talk = dropped(path)
    copy = tmp_path / "定義_指摘.xlsx"
    assert (code, talk.opened) == (1, [copy])
    assert "直すところが1か所" in talk.said[0]
    assert "数値が2つ" in openpyxl.load_workbook(copy)["指標"]["H5"].comment.text
    assert path.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["定義.xlsx", "定義_指摘.xlsx"]


def test_the_strategy_in_word_becomes_a_draft(tmp_path: Path) -> None:
    path = third_pages(load("third").plan, tmp_path / "戦略.docx")
    code, talk = dropped(path)
    made = tmp_path / "戦略_定義.xlsx"
    assert (code, talk.opened) == (0, [made])
    assert "基本目標 4、数値目標 7、施策 68、KPI 60、推定した欄" in talk.said[0]
    assert cli(["definition", "check", str(made)]) == 0


def test_the_tables_of_a_strategy_in_excel_become_a_draft(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    for row in (
        ["基本目標1 仕事をつくる"],
        [],
        ["施策", "KPI", "基準値(R6)", "目標値(R10)"],
        ["1 農業", "農家数", "94人", "100人"],
    ):
        workbook.active.append(row)
    workbook.save(tmp_path / "一覧.xlsx")
    code, talk = dropped(tmp_path / "一覧.xlsx")
    assert (code, talk.opened) == (0, [tmp_path / "一覧_定義.xlsx"])
    assert "施策 1、KPI 1" in talk.said[0]


def test_a_file_of_no_kind_we_read_is_said_with_the_remedy(tmp_path: Path) -> None:
    for name, words in (("戦略.pdf", "PDF の表は読めません"), ("戦略.doc", ".docx で保存し直して")):
        (tmp_path / name).write_bytes(b"%PDF-1.7")
        code, talk = dropped(tmp_path / name)
        assert (code, len(talk.said), words in talk.said[0]) == (2, 1, True)


def test_other_files_are_refused_in_one_sentence(tmp_path: Path) -> None:
    empty = tmp_path / "空.docx"
    Document().save(str(empty))
    code, talk = dropped(empty)
    assert (code, "文字がありません" in talk.said[0]) == (2, True)
    assert [p.name for p in tmp_path.iterdir()] == ["空.docx"]


def test_the_definition_of_a_master_is_written_out(tmp_path: Path, sample_path: Path) -> None:
    master = Path(shutil.copyfile(sample_path, tmp_path / "評価ブック.xlsx"))
    code, talk = dropped(master)
    assert (code, talk.opened) == (0, [tmp_path / "評価ブック_定義.xlsx"])
    assert "もうできている評価ブックです" in talk.said[0]


def test_a_new_master_is_made_without_any_file(tmp_path: Path, monkeypatch: MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("第3期総合戦略.xlsx", "第3期総合戦略 (2).xlsx"):
        talk = Notes()
        assert main(["new"], talk) == 0
        assert talk.opened == [tmp_path / name]
        assert read(tmp_path / name).plan.id == load("third").plan.id
        assert talk.said == [
            f"{tmp_path / name} を作りました。「使い方」シートの順に進めてください。"
        ]


def test_a_new_master_is_made_beside_the_definition_that_was_dropped(tmp_path: Path) -> None:
    text, book = tmp_path / "定義.toml", typed(tmp_path / "a.xlsx", (kpi("農家", "94人", "120人"),))
    shutil.copy(PLAN, text)
    for path in (text, book):
        talk = Notes()
        assert main(["new", str(path)], talk) == 0
        [made] = talk.opened
        assert made.parent == tmp_path
        assert read(made).plan.goals
    text.write_text("[plan]\nid = 1", "utf-8")
    before, talk = sorted(tmp_path.iterdir()), Notes()
    assert main(["new", str(text)], talk) == 2
    assert "定義.toml" in talk.said[0]
    assert sorted(tmp_path.iterdir()) == before
