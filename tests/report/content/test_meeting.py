"""会議資料 and 意見と対応の一覧: what a council gets to look at, and what it said and was answered."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from cli_tools import Command
from docx.oxml.ns import qn
from paths import TESTS
from reissue_tools import renewed
from test_plan_numbers import column, made, table

from aso_xl.domain.ledger import Ledger
from aso_xl.domain.settings import ReportKind
from aso_xl.report.content.blocks import (
    Chart,
    DataTable,
    Document,
    EvaluationTable,
    Notes,
    PageBreak,
    Paragraph,
)
from aso_xl.report.reissue.changes import Renewal
from aso_xl.report.word.word import write
from aso_xl.workbook.read.reading import read

OPINION, ANSWER = "goal_opinion", "goal_answer"
EARLIER = TESTS / "data" / "shapes" / "sample.xlsx"


@pytest.fixture(scope="module")
def sample(sample_path: Path) -> Ledger:
    return read(sample_path)


def with_text(ledger: Ledger, id_: str, field: str, text: str | None) -> Ledger:
    """Return the ledger with another text in a field of a goal."""
    row = ledger.goals[id_]
    cells = {**row.cells, field: replace(row.cells[field], value=text)}
    return replace(ledger, goals={**ledger.goals, id_: replace(row, cells=cells)})


def shapes(document: Document) -> list[str]:
    """Return the blocks of the council's part by what they are, a word each."""
    section = document.sections[1]
    words = {EvaluationTable: "evaluation", Chart: "chart", PageBreak: "page"}
    return [
        block.name.partition("_")[0] if isinstance(block, DataTable) else words[type(block)]
        for block in section.blocks
        if isinstance(block, DataTable | EvaluationTable | Chart | PageBreak)
    ]


def test_each_goal_has_its_evaluation_its_kpis_their_charts_and_room_on_pages_of_its_own(
    sample: Ledger,
) -> None:
    goal = ["evaluation", "meeting", "chart", "opinions"]
    last = ["evaluation", "meeting", "chart", "chart", "chart", "opinions", "opinions"]
    assert shapes(made(sample, ReportKind.MEETING)) == [
        *("member", *goal),
        *("page", *goal),
        *("page", *goal),
        *("page", *last),
    ]


def test_a_kpi_stands_with_target_value_verdict_and_progress(sample: Ledger) -> None:
    found = table(made(sample, ReportKind.MEETING), "meeting_3")
    heads = ["番号", "指標", "目標値", "実績値", "達成状況", "進捗率", "進み具合"]
    assert [each.title for each in found.columns] == heads
    assert [cell.text for cell in found.rows[0]] == [
        *("3-01-1", "低出生体重児の減少", "6.5%未満", "6.48%", "達成", "110.0%", "達成"),
    ]
    assert column(found, "番号") == ["3-01-1", "3-02-1", "3-07-1", "3-07-2"]


def test_lines_to_write_on_are_empty_high_and_stay_on_one_page(sample: Ledger) -> None:
    stream = io.BytesIO()
    write(made(sample, ReportKind.MEETING), stream)
    tables = docx.Document(stream).tables
    room = [each for each in tables if each.rows[0].cells[0].text == "ご意見"]
    assert [len(each.rows) for each in room] == [9, 9, 9, 9, 7]
    for each in room:
        heights = [row._tr.find(f"{qn('w:trPr')}/{qn('w:trHeight')}") for row in each.rows]
        assert heights[0] is None
        assert {h.get(qn("w:val")) for h in heights[1:]} == {"510"}, "9 mm"
        assert {row.cells[0].text for row in each.rows[1:]} == {""}
        kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in each.rows]
        assert all(kept[:-1])


def test_where_only_counts_are_known_there_is_room_all_the_same(second_path: Path) -> None:
    document = made(read(second_path), ReportKind.MEETING)
    one = ["evaluation", "opinions"]
    pages = len(document.sections[1].blocks)
    assert pages and shapes(document) == [
        "member",
        *one,
        *(["page", *one] * 3),
        "opinions",
    ]


def test_who_takes_the_opinions_is_named_where_it_is_set(sample: Ledger) -> None:
    asked = replace(sample, settings=replace(sample.settings, contact="企画財政課(内線123)"))
    for ledger, is_named in ((sample, False), (asked, True)):
        blocks = made(ledger, ReportKind.MEETING).blocks()
        said = [block.text for block in blocks if isinstance(block, Paragraph)]
        assert any("企画財政課(内線123)へお願いします" in str(text) for text in said) is is_named


def test_opinions_and_answers_stand_in_the_order_of_the_strategy(sample: Ledger) -> None:
    document = made(sample, ReportKind.OPINIONS)
    found = table(document, "opinions")
    assert [(row[0].text[0], row[1].text) for row in found.rows] == [
        ("1", "全体"),
        ("1", "5 森林環境譲与税を活用した森林整備・林業担い手の確保・木材活用の推進"),
        ("2", "全体"),
        ("2", "8 移住定住の促進"),
        ("3", "全体"),
        ("3", "3 子育て世帯の育児支援"),
        ("4", "全体"),
        ("4", "28 地域公共交通の維持・確保充実"),
    ]
    assert [cell.text for cell in found.rows[3]][2:] == [
        "空き家だけでなく、賃貸住宅の整備も検討してほしい",
        "民間の賃貸住宅の整備を支援する方法を検討します",
    ]
    assert column(found, "対応")[-2:] == ["（未記入）", "（未記入）"]
    [notes] = [b for b in document.blocks() if isinstance(b, Notes) and b.name == "opinion_notes"]
    assert list(notes.lines) == [
        "※対応が未記入の意見(2件): 基本目標4、28 地域公共交通の維持・確保充実"
    ]


def test_what_was_answered_is_no_longer_missing(sample: Ledger) -> None:
    answered = with_text(sample, "基本目標4", ANSWER, "重点を次の会議で示します")
    found = table(made(answered, ReportKind.OPINIONS), "opinions")
    assert column(found, "対応")[-2:] == ["重点を次の会議で示します", "（未記入）"]


def test_an_answer_without_an_opinion_is_seen(sample: Ledger) -> None:
    silent = with_text(sample, "基本目標1", OPINION, None)
    first = table(made(silent, ReportKind.OPINIONS), "opinions").rows[0]
    assert [first[2].text, first[3].text[:9]] == ["－", "就業から3年後の状況"[:9]]


def test_where_nobody_said_anything_there_is_a_sentence(template_path: Path) -> None:
    blocks = list(made(read(template_path), ReportKind.OPINIONS).blocks())
    assert not [block for block in blocks if isinstance(block, DataTable)]
    said = [block.text for block in blocks if isinstance(block, Paragraph)]
    assert said[-1] == "令和8年度の評価に対する意見は、記入されていません。"


def test_a_strategy_without_room_for_opinions_is_refused_in_one_sentence(
    aso: Command, tmp_path: Path
) -> None:
    done = aso("report", EARLIER, "--kind", "opinions", "--draft", "-o", tmp_path)
    assert (done.code, list(tmp_path.iterdir())) == (2, [])
    assert done.err.startswith(
        "sample.xlsx の総合戦略には会議の意見を書く欄がないため、意見と対応の一覧は作れません。"
    )
    done = aso("report", EARLIER, "--kind", "meeting", "--draft", "-o", tmp_path)
    assert len(list(tmp_path.iterdir())) == 1, done.err


@pytest.mark.parametrize("kind", [ReportKind.MEETING, ReportKind.OPINIONS])
def test_what_members_wrote_stays_when_figures_are_renewed(
    sample: Ledger, kind: ReportKind, tmp_path: Path
) -> None:
    first = made(sample, kind)
    path = tmp_path / "前.docx"
    with path.open("wb") as stream:
        write(first, stream)
    assert renewed(path, first)[0] == Renewal()
    word = docx.Document(str(path))
    room = [each for each in word.tables if each.rows[0].cells[0].text == "ご意見"]
    for each in room:
        each.rows[1].cells[0].paragraphs[0].add_run("駐車場が足りない")
    word.save(str(path))
    answered = with_text(sample, "基本目標4", ANSWER, "重点を次の会議で示します")
    _, done = renewed(path, made(answered, kind))
    texts = [c.text for t in docx.Document(str(done)).tables for r in t.rows for c in r.cells]
    assert texts.count("駐車場が足りない") == len(room) == (5 if kind is ReportKind.MEETING else 0)
    assert ("重点を次の会議で示します" in texts) is (kind is ReportKind.OPINIONS)
