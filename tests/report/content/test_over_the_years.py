"""The rounds so far in 年次評価: counts of the records, confirmed verdicts, where the values lead."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from aso_xl.domain.confirming import record_of, summary_of
from aso_xl.domain.ledger import Ledger
from aso_xl.domain.numerals import FiscalYear
from aso_xl.domain.settings import ReportKind
from aso_xl.domain.steps import steps, values_until
from aso_xl.report.content.blocks import Chart, DataTable, Document, Heading, Notes
from aso_xl.report.content.documents import report
from aso_xl.workbook.read.reading import read

R7, R8, R9, R10 = (FiscalYear(2025 + n) for n in range(4))


@pytest.fixture(scope="module")
def ledger(sample_path: Path) -> Ledger:
    return read(sample_path)


@pytest.fixture(scope="module")
def confirmed(ledger: Ledger) -> Ledger:
    """Return the sample with R8 confirmed; R9 is evaluated."""
    return replace(ledger, records={R8: record_of(ledger, R8, "2026-11-01 10:00", "田中")})


def made(ledger: Ledger, round_: FiscalYear = R9) -> Document:
    return report(ledger, round_, ReportKind.ANNUAL)


def table(document: Document, name: str) -> list[dict[str, str]]:
    [found] = [b for b in document.blocks() if isinstance(b, DataTable) and b.name == name]
    heads = [column.title.replace("\n", "") for column in found.columns]
    return [dict(zip(heads, (cell.text for cell in row), strict=True)) for row in found.rows]


def headings(document: Document) -> set[str]:
    return {block.text for block in document.blocks() if isinstance(block, Heading)}


def note(document: Document, name: str) -> tuple[str, ...]:
    return next(
        block.lines
        for block in document.blocks()
        if isinstance(block, Notes) and block.name == name
    )


NEW = {"年度ごとの達成状況", "このままの歩みでの見通し"}


def test_without_a_confirmed_round_nothing_is_said(ledger: Ledger, confirmed: Ledger) -> None:
    assert headings(made(ledger)) & NEW == set()
    assert headings(made(confirmed, R8)) & NEW == set()
    assert headings(made(confirmed)) >= NEW
    others = (kind for kind in ReportKind if kind is not ReportKind.ANNUAL)
    assert not any(headings(report(confirmed, R9, kind)) & NEW for kind in others)


def test_counts_of_the_record_beside_those_of_now(ledger: Ledger, confirmed: Ledger) -> None:
    then, now = (summary_of(ledger, round_) for round_ in (R8, R9))
    rows = table(made(confirmed), "so_far")
    for row, goal, before in zip(rows, now.goals, then.goals, strict=False):
        assert row["R8"] == f"{before.kpi.achieved}/{before.kpi.total}\n({before.kpi.rate}%)"
        assert row["R9"] == f"{goal.kpi.achieved}/{goal.kpi.total}\n({goal.kpi.rate}%)"
    assert [row["基本目標"] for row in rows[-2:]] == ["合計(KPI)", "合計(数値目標)"]
    assert rows[-2]["R8"].startswith(f"{then.kpi.achieved}/{then.kpi.total}")
    assert rows[-1]["R9"].startswith(f"{now.headline.achieved}/{now.headline.total}")
    said = note(made(confirmed), "so_far_notes")
    assert said[1] == "※R8は、2026-11-01に確定した数です。後の訂正や改訂では変わりません。"


def test_counts_are_those_of_the_record_whatever_is_typed_now(confirmed: Ledger) -> None:
    row = confirmed.rows["1-01-2"]
    cell = replace(row.cells["R8"], value=10**6)
    other = {**confirmed.rows, "1-01-2": replace(row, cells={**row.cells, "R8": cell})}
    changed = replace(confirmed, rows=other)
    assert [r["R8"] for r in table(made(changed), "so_far")] == [
        r["R8"] for r in table(made(confirmed), "so_far")
    ]


def test_chart_has_the_same_counts_and_keeps_the_place_of_a_year_without(
    ledger: Ledger, confirmed: Ledger
) -> None:
    first = record_of(ledger, R7, "2025-11-01 10:00", "田中")
    found = replace(ledger, records={R7: first})
    document = made(found)
    [chart] = [b for b in document.blocks() if isinstance(b, Chart) and b.name == "chart_so_far"]
    assert chart.categories == ("R7", "R8", "R9")
    kpi = summary_of(ledger, R9).kpi
    achieved, others = (series.values for series in chart.series)
    assert (achieved[1], others[1]) == (None, None)
    assert (achieved[2], others[2]) == (Decimal(kpi.achieved), Decimal(kpi.total - kpi.achieved))
    assert f"R9は{kpi.total}項目のうち{kpi.achieved}項目" in chart.description
    assert "R8" not in table(document, "so_far")[0]


def test_verdicts_of_the_record_stand_below_the_values(ledger: Ledger, confirmed: Ledger) -> None:
    then = summary_of(ledger, R8).achievements
    rows = {
        row["番号"]: row for goal in range(1, 5) for row in table(made(confirmed), f"list_{goal}")
    }
    checked = 0
    for id_, row in rows.items():
        indicator = ledger.plan.by_id[id_]
        year = str(R8 + -indicator.lag)
        if year in row:
            assert row[year].split("\n")[-1] == then[id_].label, id_
            checked += 1
        if not indicator.lag:
            assert "達成" not in row["R7"] + row["R9"]
    assert checked == len(rows) - 1  # 1-H1: its value of R6 is older than the columns
    assert "R6は1,258億7,200万円で未達成" in note(made(confirmed), "yearnotes_1")[0]
    plain = made(ledger)
    assert not any("達成" in row["R8"] for row in table(plain, "list_1"))
    said = "※前の年度の値の下は、その年度を確定したときの判定です。"
    assert said in note(made(confirmed), "list_reading")
    assert said not in note(plain, "list_reading")


def test_where_the_values_lead(ledger: Ledger, confirmed: Ledger) -> None:
    document = made(confirmed)
    rows = {row["番号"]: row for row in table(document, "ahead")}
    assert rows["1-01-2"] == {
        **{
            "番号": "1-01-2",
            "指標": "認定農業者数",
            "最初の値": "R8 418人",
            "最新の値": "R9 414人",
        },
        **{"このままの歩みなら": "R10 410人", "目標値": "450人以上"},
    }
    reaching, rule = note(document, "ahead_notes")
    assert "1-01-1 有害鳥獣捕獲従事者数(R10に137人)" in reaching and "1-01-2" not in reaching
    assert "予測ではありません" in rule
    assert "4-H1" not in rows and "4-H1" not in reaching  # kept: told of beside its value
    assert "4-16-1" not in rows and "4-16-1" not in reaching  # 集計中 in R9


def test_values_are_those_that_the_table_prints(confirmed: Ledger) -> None:
    rounds = steps(confirmed, summary_of(confirmed, R9))
    lagged = next(i for i in confirmed.plan.indicators() if i.lag)
    found = values_until(confirmed, lagged, rounds)
    assert set(found) == {R8 + -lagged.lag, R9 + -lagged.lag}
    pending = confirmed.plan.by_id["4-16-1"]
    assert set(values_until(confirmed, pending, rounds)) <= {R8}


def test_the_document_of_a_record_is_that_of_the_day(confirmed: Ledger) -> None:
    then = made(confirmed)
    record = record_of(confirmed, R9, "2027-11-01 10:00", "田中")
    both = {**confirmed.records, R9: record}
    assert made(replace(confirmed, records=both)) == then
    late = record_of(confirmed, R7, "2028-01-10 09:00", "佐藤")
    assert made(replace(confirmed, records={R7: late, **both})) == then
    assert headings(made(replace(confirmed, records={**confirmed.records, R7: late}))) >= NEW
    assert "R7" in table(made(replace(confirmed, records={R7: late})), "so_far")[0]
