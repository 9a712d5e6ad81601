"""The buttons' own functions on a live workbook, unchanged, with what staff do in between."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
import xlwings
from docx import Document

from aso_xl.domain import checks
from aso_xl.domain.ledger import Ledger
from aso_xl.excel.buttons.press import press
from aso_xl.jobs import inputs
from aso_xl.workbook.build.styles import ODD, WRONG
from aso_xl.workbook.read.reading import read
from live_calc.calls import Calls
from live_calc.looks import looks
from live_calc.seen import cell, findings, said

pytestmark = pytest.mark.libreoffice
Opener = Callable[..., xlwings.Book]


@pytest.fixture
def places(sample_path: Path) -> Ledger:
    return read(sample_path)


def test_check_lists_the_unsaved_mistake_and_colours_its_cell(
    app: xlwings.App, sample: xlwings.Book, places: Ledger
) -> None:
    before = hashlib.sha256(Path(sample.fullname).read_bytes()).digest()
    wrong = cell(sample, places, "1-01-1", "R9")
    wrong.value = "約120人"

    assert press("check", sample) == 0

    assert said(app) == ["エラー 1件、警告 1件、情報 2件\n「検証結果」シートに一覧があります。"]
    row = findings(sample)[0]
    address = places.rows["1-01-1"].cells["R9"].address
    assert row[0] == "エラー"
    assert row[1] == f"基本目標1 {address}"
    assert row[2] == "1-01-1 有害鳥獣捕獲従事者数"
    assert "120" in row[4]
    assert row[5] == "エラー|1-01-1|R9"
    shown = looks(sample.sheets["基本目標1"])
    assert shown[address].fill == WRONG["bg_color"]
    blank = places.rows["4-36-1"].cells["R9"].address
    assert looks(sample.sheets["基本目標4"])[blank].fill == ODD["bg_color"]
    assert hashlib.sha256(Path(sample.fullname).read_bytes()).digest() == before


def test_the_place_is_a_link_to_the_cell(sample: xlwings.Book, places: Ledger) -> None:
    cell(sample, places, "1-01-1", "R9").value = "約120人"
    press("check", sample)
    address = places.rows["1-01-1"].cells["R9"].address
    assert sample.sheets["検証結果"].range("B5").formula == (
        f'=HYPERLINK("#\'基本目標1\'!{address}","基本目標1 {address}")'
    )


def test_checking_again_after_mending_clears_list_and_colour(
    app: xlwings.App, sample: xlwings.Book, places: Ledger
) -> None:
    wrong = cell(sample, places, "1-01-1", "R9")
    wrong.value = "約120人"
    press("check", sample)
    wrong.value = 121
    press("check", sample)
    assert [row[0] for row in findings(sample)] == ["警告", "情報", "情報"]
    address = places.rows["1-01-1"].cells["R9"].address
    assert looks(sample.sheets["基本目標1"])[address].fill != WRONG["bg_color"]
    table = next(t for t in sample.sheets["検証結果"].tables if t.name == "検証結果表")
    assert table.range.address == "$A$4:$F$7"


def test_colours_follow_a_renamed_sheet_and_an_inserted_row(
    sample: xlwings.Book, places: Ledger
) -> None:
    """The key is id and heading, never an address."""
    cell(sample, places, "1-01-1", "R9").value = "約120人"
    press("check", sample)
    sheet = sample.sheets["基本目標1"]
    sheet.name = "仕事"
    address = places.rows["1-01-1"].cells["R9"].address
    assert looks(sample.sheets["仕事"])[address].fill == WRONG["bg_color"]


def test_state_is_as_before_afterwards(app: xlwings.App, sample: xlwings.Book) -> None:
    sample.sheets["設定"].activate()
    sample.sheets["設定"].range("B6").select()
    calculation = app.calculation
    press("check", sample)
    assert sample.sheets.active.name == "設定"
    assert app.selection.address == "$B$6"
    assert app.calculation == calculation
    assert app.screen_updating is True
    assert app.status_bar is False
    assert "総合戦略: 入力チェック中です…" in app.impl.status_texts


def test_calculate_agrees_with_the_sheet(
    app: xlwings.App, sample: xlwings.Book, places: Ledger
) -> None:
    press("calculate", sample)
    assert said(app)[0].splitlines() == [
        "令和9年度の評価: KPI 26項目/59項目(達成率 44.0%)",
        "・基本目標1: 7項目/16項目(達成率 43.7%)",
        "・基本目標2: 2項目/4項目(達成率 50.0%)",
        "・基本目標3: 2項目/4項目(達成率 50.0%)",
        "・基本目標4: 15項目/35項目(達成率 42.8%)",
        "「集計」シートの式と一致しています。",
    ]
    area = places.areas["照合表"]
    rows = sample.sheets["集計"].range((area.first_row + 1, 1), (area.last_row, 6)).value
    assert [[*row[2:4], *row[4:]] for row in rows] == [
        [16, 7, 43.7, "一致"],
        [4, 2, 50.0, "一致"],
        [4, 2, 50.0, "一致"],
        [35, 15, 42.8, "一致"],
        [59, 26, 44.0, "一致"],
    ]


def test_calculate_counts_what_is_not_saved_yet(
    app: xlwings.App, sample: xlwings.Book, places: Ledger
) -> None:
    cell(sample, places, "1-01-1", "R9").value = 100
    press("calculate", sample)
    assert "KPI 25項目/59項目(達成率 42.3%)" in said(app)[0]


def test_calculate_says_where_a_formula_was_typed_over(
    app: xlwings.App, sample: xlwings.Book, places: Ledger
) -> None:
    sheet = sample.sheets["集計"]
    sheet.api.Unprotect()
    area = places.areas["集計_KPI"]
    sheet.range((area.first_row + 1, 4)).value = 9
    press("calculate", sample)
    assert "・基本目標1: シートの式: 項目数 18、達成 9、達成率 50" in said(app)[0]


def test_report_is_made_beside_the_workbook_and_numbered(
    app: xlwings.App, sample: xlwings.Book
) -> None:
    folder = Path(sample.fullname).parent / "outputs"
    press("report", sample)
    press("report", sample)
    names = sorted(path.name for path in folder.iterdir())
    assert names == [
        "sample_第3期総合戦略の中間評価_年次評価_R9_下書き (2).docx",
        "sample_第3期総合戦略の中間評価_年次評価_R9_下書き.docx",
    ]
    assert all(str(folder) in prompt for prompt in said(app) if "未入力" not in prompt)
    texts = [p.text for p in Document(str(folder / names[1])).paragraphs]
    assert "第3期総合戦略の中間評価" in texts


def test_errors_stop_the_report_and_offer_a_draft(
    app: xlwings.App, sample: xlwings.Book, places: Ledger
) -> None:
    cell(sample, places, "1-01-1", "R9").value = "約120人"
    folder = Path(sample.fullname).parent / "outputs"
    press("report", sample)
    assert not folder.exists()
    question = app.impl.alerts[0]
    assert (question.buttons, question.mode) == ("yes_no", "critical")
    assert "・基本目標1" in question.prompt and "下書きとして作成しますか。" in question.prompt
    app.impl.answer = lambda alert: "yes" if alert.buttons == "yes_no" else "ok"
    press("report", sample)
    assert [path.name for path in folder.iterdir()] == [
        "sample_第3期総合戦略の中間評価_年次評価_R9_下書き.docx"
    ]


def test_the_number_of_calls_does_not_grow_with_the_findings(
    opened: Opener, sample: xlwings.Book, template_path: Path, calls: Calls
) -> None:
    calls.reset()
    press("check", sample)
    few, rows = calls.count, len(findings(sample))
    empty = opened(template_path)
    calls.reset()
    press("check", empty)
    many = calls.count
    assert len(findings(empty)) > 30 * rows
    assert many <= few + 2


def test_what_is_found_often_is_counted_at_the_top_with_a_link_to_its_list(
    app: xlwings.App, opened: Opener, template_path: Path
) -> None:
    ledger = read(template_path)
    issues = checks.check(ledger, ledger.settings.round)
    book = opened(template_path)
    press("check", book)
    rows = findings(book)
    number = sum(issue.code == "department-missing" for issue in issues)
    heading = f"担当課が未設定: {number}件"
    assert f"・{heading}" in said(app)[0]
    [top] = [row for row in rows if row[3] == heading]
    assert rows.index(top) < 2 and top[0] == "警告"
    listed = [n for n, row in enumerate(rows) if row[3] == "担当課が決まっていません。"]
    assert listed == list(range(listed[0], listed[0] + number))
    link = book.sheets["検証結果"].range((5 + rows.index(top), 2)).formula
    assert link == f'=HYPERLINK("#\'検証結果\'!B{5 + listed[0]}","{5 + listed[0]}行目から")'
    assert len(rows) == len(issues) + 2


def test_a_workbook_that_is_not_ours_is_left_alone(app: xlwings.App) -> None:
    book = app.books.add()
    book.sheets[0].range("A1").value = "ほかの資料"
    for name in ("check", "calculate"):
        assert press(name, book) == 2
    assert all("総合戦略の評価ブックではありません" in prompt for prompt in said(app))
    assert [sheet.name for sheet in book.sheets] == [book.sheets[0].name]


def test_a_never_saved_workbook_is_asked_to_be_saved_first(app: xlwings.App) -> None:
    assert press("report", app.books.add()) == 2
    assert "まだ保存されていません" in said(app)[0]


def test_a_protected_result_sheet_stays_as_it_is(app: xlwings.App, sample: xlwings.Book) -> None:
    sample.sheets["検証結果"].api.Protect()
    assert press("check", sample) == 2
    assert "「検証結果」が保護されているため" in said(app)[0]
    assert findings(sample) == []


def test_an_unforeseen_failure_is_one_sentence_and_a_log(
    app: xlwings.App, sample: xlwings.Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("まったくの予想外")

    monkeypatch.setattr(inputs, "all_checks", broken)
    assert press("check", sample) == 2
    log = tmp_path / "local" / "aso_xl" / "aso_xl.log"
    sentence = f"思いがけない誤りのため処理を中止しました。記録 {log} を担当者に送ってください。"
    assert said(app) == [sentence]
    assert "まったくの予想外" in log.read_text(encoding="utf-8")


def test_a_deleted_result_sheet_is_made_again(sample: xlwings.Book) -> None:
    sample.sheets["検証結果"].delete()
    assert press("check", sample) == 0
    assert sample.sheets["検証結果"].range("A4").value == "重要度"
    assert [row[0] for row in findings(sample)] == ["警告", "情報", "情報"]


def test_a_read_only_workbook_is_checked_but_not_written(
    app: xlwings.App, sample_path: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "読み取り専用.xlsx"
    copy.write_bytes(sample_path.read_bytes())
    book = app.books.open(copy, read_only=True)
    assert press("check", book) == 0
    assert press("calculate", book) == 0
    assert "エラー 0件、警告 1件、情報 2件" in said(app)[0]
    assert all("読み取り専用か共有中のため" in prompt for prompt in said(app))
    assert findings(book) == []


def test_a_workbook_on_the_web_puts_its_document_into_the_users_own_folder(
    app: xlwings.App, sample: xlwings.Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "利用者"))
    app.impl.addresses[sample.fullname] = "https://example.sharepoint.com/総合戦略/sample.xlsx"
    assert press("report", sample) == 0
    made = list((tmp_path / "利用者" / "Documents" / "outputs").iterdir())
    assert [path.name for path in made] == [
        "sample_第3期総合戦略の中間評価_年次評価_R9_下書き.docx"
    ]
