"""``aso-xl export``: what the workbook holds, as JSON and as CSV files."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path

from ...console import complain, cut
from ...domain.ledger import Ledger
from ...jobs import inputs
from ...last_net import allow_numpy
from .. import options
from ..each import Printout, show
from ..findings import tally
from ..json.evaluation import export_payload


def arguments(parser: ArgumentParser) -> None:
    """Declare the workbook and the folder of CSV files."""
    options.as_json(parser)
    parser.add_argument("workbook", type=Path, metavar="WORKBOOK", help="評価ブック(.xlsx)")
    parser.add_argument("--csv", type=Path, metavar="DIR", help="CSV を保存するフォルダー")


def run(args: Namespace) -> int:
    """Return the exit code of the export: 1 if the input has errors."""
    given = inputs.input_of(args.workbook)
    ledger = given.ledger
    files = _csv(given, args.csv) if args.csv else []
    if args.json:
        for path in files:
            complain(f"{path} を作りました。")
    lines = [*_lines(ledger, args.workbook), f"  {tally(given.issues)}"]
    lines += [f"  {path} を作りました。" for path in files]
    return show(Printout(export_payload(ledger), lines, bool(given.errors)), as_json=args.json)


def _csv(given: inputs.Input, folder: Path) -> list[Path]:
    allow_numpy()
    from ..csv_files import write_all

    return write_all(given.ledger, given.summary, folder)


def _lines(ledger: Ledger, path: Path) -> Iterator[str]:
    plan = ledger.plan
    start, end = plan.period
    yield f"{path.name}: {plan.title}({start.label}～{end.label}、評価は{ledger.settings.round.label})"
    typed = ledger.actuals
    for goal in plan.goals:
        indicators = (*goal.headlines, *goal.kpis)
        filled = sum(not a.is_blank for i in indicators for a in typed[i.id].values())
        kpis = goal.kpi_counts.total if goal.kpi_counts else len(goal.kpis)
        yield (
            f"  {goal.printed_number} {cut(goal.title, 40)}: 数値目標 {len(goal.headlines)}、"
            f"施策 {len(goal.measures)}、KPI {kpis}、入力済みの実績 {filled}"
        )
