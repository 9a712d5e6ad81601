"""概要版 is one page, whatever the workbook holds: laid out by LibreOffice and counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from golden_texts import PLANS
from plan_ledgers import ledger_of_plan
from word_tools import by_libreoffice, data_of, page_texts
from workbook_tools import needs_libreoffice

from aso_xl.domain.ledger import Ledger
from aso_xl.domain.numerals import FiscalYear
from aso_xl.domain.plan import Grade
from aso_xl.domain.settings import ReportKind
from aso_xl.report.content.blocks import Chart, DataTable, Document
from aso_xl.report.content.documents import report
from aso_xl.workbook.read.reading import read

LONG = "結婚・出産・子育ての希望をかなえる" * 4


def digest(ledger: Ledger, round_: FiscalYear | None = None, *, errors: int = 0) -> Document:
    return report(
        ledger,
        round_ or ledger.settings.round,
        ReportKind.DIGEST,
        draft=errors > 0,
        errors=errors,
    )


def with_settings(ledger: Ledger, **settings: object) -> Ledger:
    return replace(ledger, settings=replace(ledger.settings, **settings))  # type: ignore[arg-type]


def longest(ledger: Ledger) -> Ledger:
    """Return the book with long titles, half of the figures of its round gone, few near."""
    rows = dict(ledger.rows)
    for id_, row in list(rows.items())[::2]:
        cells = {**row.cells, "R9": replace(row.cells["R9"], value=None)}
        rows[id_] = replace(row, cells=cells)
    return with_titles(replace(ledger, rows=rows), LONG)


def graded(ledger: Ledger, number: int) -> Ledger:
    """Return the ledger of a plan with so many grades."""
    steps = [Grade(f"区分{n}", Decimal(100 - 10 * n), "ratio") for n in range(number - 1)]
    plan = replace(ledger.plan, grades=(*steps, Grade("ほか")))
    return replace(ledger, plan=plan)


def with_titles(ledger: Ledger, title: str) -> Ledger:
    goals = tuple(replace(goal, title=title) for goal in ledger.plan.goals)
    return replace(ledger, plan=replace(ledger.plan, goals=goals))


@pytest.fixture(scope="module")
def digests(sample_path: Path, template_path: Path, second_path: Path) -> Mapping[str, Document]:
    sample, empty, second = map(read, (sample_path, template_path, second_path))
    last = sample.plan.rounds[-1]
    return {
        "sample": digest(sample),
        "draft": digest(sample, errors=12),
        "first round": digest(sample, sample.plan.rounds[0]),
        "last round": digest(sample, last),
        "empty": digest(empty),
        "second": digest(second),
        **{plan: digest(ledger_of_plan(plan)) for plan in PLANS},
        "many grades": digest(graded(ledger_of_plan("kawabe"), 7)),
        "long goals": digest(with_titles(ledger_of_plan("midori"), LONG), errors=12),
        "without unpublished": digest(with_settings(sample, exclude_unpublished=True)),
        "long titles": digest(with_titles(sample, LONG)),
        "long words": digest(with_settings(longest(sample), heading=LONG), errors=12),
    }


@pytest.mark.libreoffice
@needs_libreoffice
def test_a_digest_is_one_page(digests: Mapping[str, Document], tmp_path: Path) -> None:
    for name, report_ in digests.items():
        (tmp_path / f"{name}.docx").write_bytes(data_of(report_))
    made = by_libreoffice(sorted(tmp_path.glob("*.docx")), tmp_path, "pdf")
    assert {path.stem: len(page_texts(path)) for path in made} == dict.fromkeys(digests, 1)


def test_names_are_whole_where_there_is_room_and_cut_where_there_is_none(
    digests: Mapping[str, Document],
) -> None:
    titles = {
        name: [row[0].text for row in table.rows]
        for name, made in digests.items()
        for table in made.blocks()
        if isinstance(table, DataTable) and table.name == "over"
    }
    assert titles["sample"][2] == "3 阿蘇市で結婚・出産・子育ての希望をかなえる"
    assert [len(title) for title in titles["long titles"]] == [24, 24, 24, 24, 2]
    assert all(title.endswith("…") for title in titles["long titles"][:4])


def test_the_chart_gives_way_to_what_the_figures_say(digests: Mapping[str, Document]) -> None:
    charted = {n for n, made in digests.items() if any(isinstance(b, Chart) for b in made.blocks())}
    assert charted == {"empty", "first round", "last round", "second"}
