"""What the report 検証 says, on the real strategies: figure by figure, footnote by footnote."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document as open_docx
from paths import TESTS

from aso_xl.domain.ledger import Ledger
from aso_xl.domain.numerals import FiscalYear
from aso_xl.domain.settings import ReportKind, Settings
from aso_xl.domain.summary import summarize
from aso_xl.report.content.blocks import (
    DataTable,
    Document,
    EvaluationTable,
    Heading,
    Notes,
    PageBreak,
    Paragraph,
)
from aso_xl.report.content.documents import document
from aso_xl.report.word import word
from aso_xl.workbook.read.reading import read

DATA = TESTS / "data"


def report(ledger: Ledger, settings: Settings | None = None, **how: object) -> Document:
    ledger = replace(ledger, settings=settings or ledger.settings)
    round_ = ledger.settings.round
    summary = summarize(ledger.plan, ledger.actuals, round_, ledger.settings)
    return document(ledger, summary, ReportKind.VERIFICATION, **how)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def second(second_path: Path) -> Ledger:
    return read(second_path)


@pytest.fixture(scope="module")
def sample(sample_path: Path) -> Ledger:
    return read(sample_path)


def tables(made: Document, kind: type) -> list:  # type: ignore[type-arg]
    return [block for block in made.blocks() if isinstance(block, kind)]


def listed(made: Document) -> DataTable:
    """Return the first list of indicators."""
    return next(t for t in tables(made, DataTable) if t.name.startswith("list"))


def cells(made: Document) -> dict[str, list[str]]:
    return {row[0].text: [c.text for c in row] for t in tables(made, DataTable) for row in t.rows}


def test_second_term_prints_the_published_table_figure_by_figure(second: Ledger) -> None:
    """The published figures come from a reading of the seed of its own (chapter 1, section 6)."""
    with (DATA / "second_term_second_pass.csv").open(encoding="utf-8") as stream:
        published = list(csv.DictReader(stream))
    printed = [
        (t.title, row.statement, row.result, t.kpi_line)
        for t in tables(report(second), EvaluationTable)
        for row in t.headlines
    ]
    assert printed == [
        (
            f"(基本目標{p['goal']}) {p['title']}",
            p["statement"],
            p["result"],
            f"(目標達成) {p['kpi_achieved']}項目/{p['kpi_total']}項目 (達成率) {p['rate'].rstrip('%')}%",
        )
        for p in published
    ]


def test_second_term_in_word_is_the_same_table(second: Ledger) -> None:
    stream = io.BytesIO()
    word.write(report(second), stream)
    printed = open_docx(stream).tables[1]
    assert [[cell.text for cell in row.cells] for row in printed.rows] == [
        ["数値目標", "阿蘇市への転入者数50人増加、転出者数100人減少させる。", "未達成"],
        ["数値目標", "観光入込客数を国内5%増加、海外10%増加させる。", "達成"],
        ["KPI", "(目標達成) 5項目/15項目 (達成率) 33.3%", ""],
    ]


def test_a_plan_with_counts_only_has_no_appendix(second: Ledger) -> None:
    made = report(second)
    assert next(made.blocks()) == Heading("6. 第2期総合戦略の検証")
    assert not tables(made, DataTable) and not tables(made, PageBreak)
    assert made.banner == ()


def test_sample_has_its_mark_its_sections_and_every_indicator(sample: Ledger) -> None:
    made = report(sample)
    assert made.banner == ("記入例(架空の値)",)
    assert [h.text for h in tables(made, Heading) if h.level == 1] == [
        "第3期総合戦略の中間評価",
        "資料 指標の達成状況一覧",
    ]
    ids = [i.id for i in sample.plan.indicators()]
    assert [first for first in cells(made) if first in sample.plan.by_id] == ids
    assert len(tables(made, Paragraph)) == 4


@pytest.mark.parametrize(
    ("id_", "shown"),
    [
        ("1-H1", ["1,241億\n5,500万円\n(R4)", "1,300億円以上\n(R8)", "1,281億\n6,400万円※1", "未達成",
                  "68.5%", "やや遅れ"]),
        ("1-01-2", ["425人", "450人以上", "414人", "未達成", "△44.0%", "遅れ"]),
        ("1-01-4", ["65.5億円\n(R5)", "66億円以上", "66.3億円※2", "達成", "160.0%", "達成"]),
        ("1-02-2", ["91.5億円", "95億円以上", "未公表", "未公表", "－", "－"]),
        ("2-H3", ["△10人", "170人以上", "57人", "未達成", "37.2%", "遅れ"]),
        ("3-H1", ["108人", "100人以上", "103人", "達成\n(現時点で維持)", "－", "達成"]),
        ("3-01-1", ["6.7%", "6.5%未満", "6.48%", "達成", "110.0%", "達成"]),
        ("4-H1", ["23,550人", "22,000人以上\n(R11)", "22,410人", "達成\n(現時点で維持)", "－", "達成"]),
        ("4-07-1", ["30.4%", "33.0%以上", "対象外", "対象外", "－", "－"]),
        ("4-16-1", ["70.3%", "80.0%以上", "集計中", "集計中", "－", "－"]),
        ("4-36-1", ["36件", "60件以上", "－", "未入力", "－", "－"]),
    ],
)  # fmt: skip
def test_rows_of_the_appendix(sample: Ledger, id_: str, shown: list[str]) -> None:
    assert cells(report(sample))[id_][3:] == shown


def test_a_measure_is_named_once_over_its_rows(sample: Ledger) -> None:
    rows = listed(report(sample)).rows
    assert [(row[1].text, row[1].merge) for row in rows[:3]] == [
        ("数値目標", False),
        ("1 安定した農業経営の確立", False),
        ("1 安定した農業経営の確立", True),
    ]


def test_footnotes_say_what_was_judged_and_what_is_counted(sample: Ledger) -> None:
    notes = {block.name: block.lines for block in tables(report(sample), Notes)}
    assert notes["evalnotes_1"] == (
        "※数値目標「阿蘇市の市町村内総生産」は、公表が遅れるため、R7の値で判定しています。",
        "※うち未公表 1項目",
        "※うち1項目は、未公表のため直近の公表値で判定しています。",
    )
    assert notes["evalnotes_2"] == ()
    assert notes["evalnotes_3"] == (
        "※数値目標「阿蘇市の出生数」は、R10まで維持する目標です。現時点では満たしています。",
    )
    assert notes["evalnotes_4"] == (
        "※数値目標「阿蘇市の推計人口」は、R11まで維持する目標です。現時点では満たしていますが、"
        "年に約380人の減少が続くと、R11は約21,650人で、目標に届きません。",
        "※うち集計中 1項目",
        "※うち未入力 1項目",
        "※対象外の1項目は、項目数に含めていません。",
    )
    assert notes["listnotes_1"][:2] == (
        "※1 阿蘇市の市町村内総生産は、公表が遅れるため、R7の値です。",
        "※2 農業産出額(推計額、畜産を除く)は、R9は未公表のため、R8の値です。",
    )


def test_the_other_denominator_leaves_unpublished_out(sample: Ledger) -> None:
    made = report(sample, replace(sample.settings, exclude_unpublished=True))
    assert [t.kpi_line for t in tables(made, EvaluationTable)] == [
        "(目標達成) 7項目/15項目 (達成率) 46.6%",
        "(目標達成) 2項目/4項目 (達成率) 50.0%",
        "(目標達成) 2項目/4項目 (達成率) 50.0%",
        "(目標達成) 15項目/34項目 (達成率) 44.1%",
    ]
    assert "※未公表の1項目は、項目数に含めていません。" in tables(made, Notes)[0].lines


def test_without_earlier_values_the_unpublished_figure_is_not_judged(sample: Ledger) -> None:
    made = report(sample, replace(sample.settings, use_earlier=False))
    assert cells(made)["1-01-4"][5:7] == ["未公表", "未公表"]


def test_a_draft_says_how_many_errors_are_left(sample: Ledger) -> None:
    made = report(sample, draft=True, errors=3)
    assert made.banner == ("下書き(入力のエラー3件が未解決)", "記入例(架空の値)")


def test_the_round_is_named_in_captions_and_keywords(sample: Ledger) -> None:
    made = report(sample, replace(sample.settings, round=FiscalYear.parse("R8")))
    assert listed(made).caption == "基本目標1 指標の達成状況(令和8年度)"
    assert made.keywords == "第3期総合戦略 令和8年度"


def test_the_appendix_stands_on_landscape_pages_under_the_same_header(sample: Ledger) -> None:
    stream = io.BytesIO()
    word.write(report(sample), stream)
    made = open_docx(stream)
    assert [(s.page_width.mm, s.page_height.mm) for s in made.sections] == [  # type: ignore[union-attr]
        pytest.approx((210, 297), abs=0.5),
        pytest.approx((297, 210), abs=0.5),
    ]
    assert {s.header.paragraphs[-1].text for s in made.sections} == {"記入例(架空の値)"}
    wide = made.tables[-1]
    assert sum(c.width.mm for c in wide.rows[0].cells) == pytest.approx(297 - 47, abs=0.5)  # type: ignore[union-attr]
    assert made.tables[0].rows[0].cells[0].width.mm < 40  # type: ignore[union-attr]
