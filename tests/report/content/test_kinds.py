"""The kinds of report: their parts, and what re-issuing relies on in each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from aso_xl.domain.ledger import Ledger
from aso_xl.domain.settings import Courses, ReportKind
from aso_xl.report.content.blocks import (
    MARK,
    Block,
    Chart,
    DataTable,
    Document,
    EvaluationTable,
    Figure,
    Heading,
    Notes,
    Paragraph,
    Reference,
    TableOfContents,
)
from aso_xl.report.content.documents import report
from aso_xl.workbook.read.reading import read

BOOKS = ("sample", "empty", "second")
WORD_LIMIT = 40
"""Word takes no longer names of bookmarks."""


@pytest.fixture(scope="module")
def ledgers(sample_path: Path, template_path: Path, second_path: Path) -> dict[str, Ledger]:
    return dict(zip(BOOKS, map(read, (sample_path, template_path, second_path)), strict=True))


def made(ledger: Ledger, kind: ReportKind | None = None) -> Document:
    return report(ledger, ledger.settings.round, kind)


def every(ledgers: dict[str, Ledger]) -> Iterator[tuple[str, Document]]:
    """Yield every kind for every round of every book."""
    for book, ledger in ledgers.items():
        for round_ in ledger.plan.rounds:
            for kind in ReportKind:
                yield f"{book} {round_} {kind.value}", report(ledger, round_, kind)


def parts(block: Block) -> tuple[object, ...]:
    text = block.text if isinstance(block, Paragraph) else ()
    return (text,) if isinstance(text, str) else text


def figures(document: Document) -> Iterator[tuple[str, str]]:
    """Yield the named texts of a report."""
    for block in document.blocks():
        yield from ((p.name, p.text) for p in parts(block) if isinstance(p, Figure))
        if isinstance(block, Notes) and block.name:
            yield block.name, "\n".join(block.lines)
        if isinstance(block, EvaluationTable):
            yield from ((row.figure, row.result) for row in block.headlines)
            yield block.figure, block.kpi_line or ""
        if isinstance(block, DataTable):
            yield from ((c.figure, c.text) for row in block.rows for c in row if c.figure)


def names(document: Document) -> Iterator[str]:
    """Yield every name that becomes a bookmark."""
    yield from (name for name, _ in figures(document) if name)
    for block in document.blocks():
        if isinstance(block, DataTable | Chart) and block.name:
            yield block.name
        if isinstance(block, DataTable):
            yield from (f"{block.name}_{key}" for key in block.keys)


@pytest.mark.parametrize(
    ("kind", "sections"),
    [
        (ReportKind.VERIFICATION, "評価 資料"),
        (ReportKind.ANNUAL, "表題 目次 概要 評価 推移 あと少し 遅れ 施策 用語 資料"),
        (ReportKind.DIGEST, "概要"),
        (ReportKind.DEPARTMENTS, "表題 担当課別 担当課別"),
        (ReportKind.MEETING, "表題 会議"),
        (ReportKind.OPINIONS, "表題 意見"),
        (ReportKind.AMENDMENTS, "表題 新旧対照"),
    ],
)
def test_each_kind_has_its_sections(
    ledgers: dict[str, Ledger], kind: ReportKind, sections: str
) -> None:
    assert [s.name for s in made(ledgers["sample"], kind).sections] == sections.split()


def test_the_kind_is_that_of_the_settings_unless_another_is_asked_for(
    ledgers: dict[str, Ledger],
) -> None:
    sample = ledgers["sample"]
    assert sample.settings.kind is ReportKind.ANNUAL
    assert made(sample).record["種類"] == "年次評価"
    chosen = replace(sample, settings=replace(sample.settings, kind=ReportKind.DIGEST))
    assert made(chosen).record["種類"] == "概要版"
    assert made(chosen, ReportKind.DEPARTMENTS).record["種類"] == "担当課別"
    assert made(ledgers["second"]).record["種類"] == "検証"


def test_names_are_unique_and_fit_into_word(ledgers: dict[str, Ledger]) -> None:
    for which, document in every(ledgers):
        found = list(names(document))
        assert len(found) == len(set(found)), which
        assert all(re.fullmatch(r"[A-Za-z0-9_]+", name) for name in found), which
        assert max(map(len, found), default=0) + len(MARK) <= WORD_LIMIT, which


def test_a_name_says_the_same_in_every_kind(ledgers: dict[str, Ledger]) -> None:
    """But for the numbers of footnotes, which belong to a table."""
    for ledger in ledgers.values():
        said: dict[str, str] = {}
        for kind in ReportKind:
            for name, printed in figures(made(ledger, kind)):
                text = re.sub(r"※\d+", "※", printed)
                assert said.setdefault(name, text) == text, (kind, name)


def test_every_reference_is_to_something_captioned_in_the_same_report(
    ledgers: dict[str, Ledger],
) -> None:
    for which, document in every(ledgers):
        captioned = {b.name for b in document.blocks() if isinstance(b, DataTable | Chart)}
        asked = {p.name for b in document.blocks() for p in parts(b) if isinstance(p, Reference)}
        assert asked <= captioned, which


def test_no_paragraph_ends_in_a_figure_that_may_be_empty(ledgers: dict[str, Ledger]) -> None:
    """LibreOffice drops an empty bookmark at the end of a paragraph with a field."""
    for which, document in every(ledgers):
        for block in document.blocks():
            last = parts(block)[-1:]
            if last and isinstance(last[0], Figure):
                assert last[0].text, which


def test_headings_go_down_one_level_at_a_time(ledgers: dict[str, Ledger]) -> None:
    for which, document in every(ledgers):
        level = 0
        for block in document.blocks():
            own = 2 if isinstance(block, EvaluationTable) else 0
            own = block.level if isinstance(block, Heading) else own
            assert own <= level + 1, which
            level = own or level


def test_every_chart_and_every_table_is_described(ledgers: dict[str, Ledger]) -> None:
    for which, document in every(ledgers):
        told = [b.description for b in document.blocks() if isinstance(b, DataTable | Chart)]
        assert all(told), which


def test_a_book_without_figures_says_so_in_every_kind(ledgers: dict[str, Ledger]) -> None:
    texts = {
        kind: dict(figures(made(ledgers["empty"], kind)))
        for kind in (ReportKind.ANNUAL, ReportKind.DIGEST)
    }
    annual, digest = texts[ReportKind.ANNUAL], texts[ReportKind.DIGEST]
    assert (annual["say_total"], annual["say_achieved"]) == ("60項目", "0項目")
    assert annual["say_rate"] == digest["say_rate"] == "0.0%"
    assert annual["say_blank"] == digest["say_blank"] == "(未入力60項目を含む)"
    for kind in ReportKind:
        said = [p for b in made(ledgers["empty"], kind).blocks() for p in parts(b)]
        assert not any("前回" in p for p in said if isinstance(p, str))
    assert annual["say_other"] == ""
    assert digest["say_late"] == "0件"
    assert not {"say_near", "say_late", "say_kpi_moved"} & annual.keys()


def test_counts_without_indicators_have_no_chart_of_progress(ledgers: dict[str, Ledger]) -> None:
    document = made(ledgers["second"], ReportKind.ANNUAL)
    charts = [b.name for b in document.blocks() if isinstance(b, Chart)]
    assert charts == ["chart_counts"]
    assert [s.name for s in document.sections] == ["表題", "目次", "概要", "評価", "用語"]


@pytest.mark.parametrize("courses", Courses)
def test_courses_are_drawn_for_the_indicators_chosen(
    ledgers: dict[str, Ledger], courses: Courses
) -> None:
    sample = ledgers["sample"]
    chosen = replace(sample, settings=replace(sample.settings, courses=courses))
    blocks = list(made(chosen, ReportKind.ANNUAL).blocks())
    drawn = {b.name for b in blocks if isinstance(b, Chart) and b.kind == "course"}
    plan = sample.plan
    wanted = {
        Courses.NONE: [],
        Courses.HEADLINES: [i for goal in plan.goals for i in goal.headlines],
        Courses.ALL: [i for i in plan.indicators() if i.id != "1-02-2"],  # all 未公表
    }[courses]
    assert drawn == {f"chart_course_{i.id.replace('-', '_')}" for i in wanted}
    assert sum(isinstance(b, TableOfContents) for b in blocks) == 1
