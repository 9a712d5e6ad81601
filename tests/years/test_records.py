"""The record of a confirmed round: its documents are those of the day, whatever was typed since."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import get_type_hints

import pytest
from builders import third
from paths import PLANS, TESTS
from random_fillings import fill
from random_plans import definition_of

from aso_xl.domain.achievement import Achievement
from aso_xl.domain.checks.records import check
from aso_xl.domain.confirming import printed, record_of, summary_of
from aso_xl.domain.ledger import Ledger
from aso_xl.domain.plain_data import plain_of, value_of
from aso_xl.domain.record import RoundRecord
from aso_xl.domain.revising import as_of
from aso_xl.domain.settings import ReportKind, Settings
from aso_xl.domain.summary import Summary
from aso_xl.report.content.blocks import Document
from aso_xl.report.content.documents import report
from aso_xl.strategies.definition import load
from aso_xl.workbook.build.template import build
from aso_xl.workbook.kept_records import digits_of, kept, read_record
from aso_xl.workbook.packed_record import packed, raw
from aso_xl.workbook.read.reading import read


def kept_record(ledger: Ledger) -> RoundRecord:
    """Return the record of the ledger's round, as it comes back from the hidden sheet."""
    record = record_of(ledger, ledger.settings.round, "2026-05-01 10:00", "田中")
    text = kept(record)
    back = read_record(text)
    assert back == record and back.mark == digits_of(text)
    return back


def documents(ledger: Ledger) -> dict[ReportKind, Document]:
    round_ = ledger.settings.round
    return {kind: report(ledger, round_, kind, workbook="a.xlsx") for kind in ReportKind}


def with_record(later: Ledger, record: RoundRecord) -> Ledger:
    return replace(later, records={record.round: record})


@pytest.mark.parametrize("seed", range(8))
def test_documents_of_a_record_are_those_of_the_day(
    template_path: Path, tmp_path: Path, seed: int
) -> None:
    ledger = read(fill(template_path, third(), seed, tmp_path / "day.xlsx"))
    record, then = kept_record(ledger), documents(ledger)
    later = read(fill(template_path, third(), seed + 101, tmp_path / "later.xlsx"))
    for now in (ledger, later):
        found = with_record(now, record)
        assert {
            kind: report(found, record.round, kind, workbook="a.xlsx") for kind in ReportKind
        } == then


@pytest.mark.parametrize("plan", ["every_entry.toml", "made_up.toml", "sharing.toml"])
def test_documents_of_other_plans(plan: str, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(build(load(str(TESTS / "data" / plan))))
    ledger = read(path)
    record = kept_record(ledger)
    assert documents(with_record(ledger, record)) == documents(ledger)


@pytest.mark.parametrize("seed", range(12))
def test_documents_of_random_plans(seed: int, tmp_path: Path) -> None:
    definition, path = definition_of(seed), tmp_path / "plan.xlsx"
    path.write_bytes(build(definition))
    ledger = read(fill(path, definition.plan, seed, tmp_path / "day.xlsx"))
    record = kept_record(ledger)
    confirmed = with_record(ledger, record)
    assert documents(confirmed) == documents(ledger)
    assert confirmed.corrections == ()


def test_some_of_these_plans_are_revised_by_the_day(tmp_path: Path) -> None:
    revised = 0
    for seed in range(12):
        definition, path = definition_of(seed), tmp_path / f"{seed}.xlsx"
        path.write_bytes(build(definition))
        round_ = read(fill(path, definition.plan, seed, tmp_path / "day.xlsx")).settings.round
        revised += as_of(definition.plan, round_) != definition.plan
    assert revised > 2


def test_sample_with_its_texts(sample_path: Path) -> None:
    ledger = read(sample_path)
    record = kept_record(ledger)
    assert record.measures["1-01"]["efforts"] == ledger.measures["1-01"].cells["efforts"].text
    assert documents(with_record(ledger, record)) == documents(ledger)
    assert printed(with_record(ledger, record), record.round).actuals == ledger.actuals


def test_a_text_of_a_goal_that_changed_since_is_named(tmp_path: Path) -> None:
    path = tmp_path / "midori.xlsx"
    path.write_bytes(build(load(str(PLANS / "midori.toml"))))
    ledger = read(path)
    confirmed = with_record(ledger, kept_record(ledger))
    (id_, row) = next((i, r) for i, r in ledger.goals.items() if r.cells["opinion"].text)
    other = {**row.cells, "opinion": replace(row.cells["opinion"], value="別の意見")}
    changed = replace(confirmed, goals={**ledger.goals, id_: replace(row, cells=other)})
    texts = {i.indicator for i in check(changed) if i.code == "confirmed-text"}
    assert (texts, [i for i in check(confirmed) if i.code == "confirmed-text"]) == ({id_}, [])


def test_published_counts_are_kept(second_path: Path) -> None:
    ledger = read(second_path)
    record = kept_record(ledger)
    assert [goal.kpi.achieved for goal in record.summary.goals] == [
        goal.kpi_counts.achieved for goal in ledger.plan.goals if goal.kpi_counts
    ]
    assert documents(with_record(ledger, record)) == documents(ledger)


def test_nothing_of_a_record_is_judged_again(sample_path: Path) -> None:
    ledger = read(sample_path)
    record = kept_record(ledger)
    id_, achievement = next(iter(record.summary.achievements.items()))
    other = replace(achievement, sentence="その日の文")
    stored = replace(record.summary, achievements={**record.summary.achievements, id_: other})
    found = with_record(ledger, replace(record, summary=stored))
    assert summary_of(found, record.round).achievements[id_].sentence == "その日の文"


def test_every_part_of_an_achievement_comes_back(sample_path: Path) -> None:
    ledger = read(sample_path)
    summary = summary_of(ledger, ledger.settings.round)
    data = raw(packed(plain_of(summary, ledger.plan)))
    assert value_of(Summary, data, ledger.plan) == summary
    first = data["achievements"]["1-H1"]
    assert first.keys() - {"type"} == get_type_hints(Achievement).keys()


def test_settings_come_back_whole(sample_path: Path) -> None:
    settings = read(sample_path).settings
    assert value_of(Settings, raw(packed(plain_of(settings, third()))), third()) == settings


def test_texts_of_another_round_are_left_out(sample_path: Path) -> None:
    ledger = read(sample_path)
    earlier = third().rounds[1]
    assert ledger.settings.round != earlier
    made = report(ledger, earlier, ReportKind.ANNUAL)
    text = str(made)
    assert ledger.measures["1-01"].cells["efforts"].text not in text
    assert "ブックにある取組などの文は令和9年度のものです" in text
    own = str(report(ledger, ledger.settings.round, ReportKind.ANNUAL))
    assert ledger.measures["1-01"].cells["efforts"].text in own
    assert "ブックにある取組などの文は" not in own
