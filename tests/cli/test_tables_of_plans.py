"""What the terminal, the frames and the CSV show of plans with grades and targets by round."""

from __future__ import annotations

from pathlib import Path

from plan_ledgers import ledger_of_plan

from aso_xl import frames
from aso_xl.cli.csv_files import write_all
from aso_xl.cli.evaluation_lines import count_lines, indicator_lines
from aso_xl.domain.ledger import Ledger
from aso_xl.domain.summary import Summary, summarize


def evaluated(name: str) -> tuple[Ledger, Summary]:
    ledger = ledger_of_plan(name)
    return ledger, summarize(ledger.plan, ledger.actuals, ledger.settings.round, ledger.settings)


def test_the_terminal_counts_the_grades() -> None:
    _, summary = evaluated("midori")
    [heads, *rows] = [line.split() for line in count_lines(summary)]
    assert heads[-3:] == ["A", "B", "C"]
    whole = next(row for row in rows if row[0] == "全体")
    assert whole[-3:] == [str(n) for n in summary.kpi.grades.values()]


def test_the_terminal_shows_grades_and_the_target_that_is_judged() -> None:
    _, summary = evaluated("midori")
    lines = list(indicator_lines(summary))
    assert any(line.split()[-1:] == ["評価区分"] for line in lines)
    assert not any("進み具合" in line for line in lines)
    [own] = [line for line in lines if line.strip().startswith("1-H1")]
    assert "△2,700人以上" in own
    assert own.split()[-1] == "A"


def test_frames_have_columns_for_grades_and_judged_targets() -> None:
    ledger, summary = evaluated("midori")
    tables = frames.tables_of(ledger, summary)
    for name in ("summary", "departments"):
        assert list(tables[name].columns)[-3:] == ["grades.A", "grades.B", "grades.C"]
    own = tables["indicators"].set_index("id").loc["1-H1"]
    assert (str(own["judged_target"]), own["grade"]) == ("-2700", "A")
    counts = frames.counts(summary)
    kpi = counts.loc[("全体", "kpi")]
    assert [kpi[f"grades.{name}"] for name in "ABC"] == list(summary.kpi.grades.values())


def test_csv_heads_say_the_grades(tmp_path: Path) -> None:
    ledger, summary = evaluated("midori")
    paths = {path.stem: path for path in write_all(ledger, summary, tmp_path / "データ")}
    heads = {
        name: path.read_text(encoding="utf-8-sig").splitlines()[0].split(",")
        for name, path in paths.items()
    }
    assert heads["summary"][-3:] == ["評価区分 A", "評価区分 B", "評価区分 C"]
    assert heads["indicators"][-2:] == ["判定した目標値", "評価区分"]
