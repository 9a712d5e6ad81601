"""How re-issuing grows: a yearly report with a chart per indicator, of one and of ten strategies.

Run: ``python tests/benchmarks/reissue.py``; the goal is at most 12 times the time, and less time
than three times what making the document anew takes.
"""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

sys.path[:0] = [str(Path(__file__).parents[1] / "tools")]

from builders import R8, R9, ledger_of, third  # noqa: E402

from aso_xl.domain.ledger import Ledger  # noqa: E402
from aso_xl.domain.plan import Goal, Measure, Plan  # noqa: E402
from aso_xl.domain.settings import Courses, ReportKind  # noqa: E402
from aso_xl.report.content.documents import report  # noqa: E402
from aso_xl.report.reissue.edited_document import OpenedDocument  # noqa: E402
from aso_xl.report.reissue.renewal import renew  # noqa: E402
from aso_xl.report.word.word import write  # noqa: E402

ROUNDS = 5
STEP = 50
"""More than any goal has 施策."""


def larger(plan: Plan, times: int) -> Plan:
    """Return the plan with so many times the 施策 and KPIs."""

    def again(measure: Measure, time_: int) -> Measure:
        number = measure.number + STEP * time_
        kpis = (
            replace(kpi, measure=number, id=f"{kpi.goal}-{number:02d}-{kpi.id.rpartition('-')[2]}")
            for kpi in measure.kpis
        )
        return replace(measure, number=number, kpis=tuple(kpis))

    def goal(each: Goal) -> Goal:
        measures = tuple(again(m, n) for n in range(times) for m in each.measures)
        return replace(each, measures=measures)

    return replace(plan, goals=tuple(map(goal, plan.goals)), relations=())


def ledger(plan: Plan, seed: int) -> Ledger:
    """Return a workbook in which about half of the figures are those of another seed."""
    common, own = Random(0), Random(seed)
    typed = {}
    for each in plan.indicators():
        value, other = common.randrange(200), own.randrange(200)
        is_other = common.random() < 0.5
        typed[each.id] = {"R8": value, "R9": other if is_other else value}
        if each.rule.label == "定性":
            typed[each.id] = {"R8": "達成", "R9": "未達成" if is_other and other % 2 else "達成"}
    made = ledger_of(plan, typed)
    return replace(made, settings=replace(made.settings, round=R8, courses=Courses.ALL))


def best(work: Callable[[], object]) -> float:
    """Return the least time of some runs, in seconds."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def made(source: Ledger) -> bytes:
    out = io.BytesIO()
    write(report(source, R9, ReportKind.ANNUAL), out)
    return out.getvalue()


def updated(old: bytes, source: Ledger) -> int:
    """Return how many places were renewed; opening and saving are part of it."""
    opened = OpenedDocument(old, "a.docx")
    found = renew(opened, report(source, R9, ReportKind.ANNUAL))
    opened.saved()
    return len(found.renewed)


def measure(times: int) -> tuple[float, float]:
    plan = larger(third(), times)
    old, new = made(ledger(plan, 1)), ledger(plan, 2)
    making, updating = best(lambda: made(new)), best(lambda: updated(old, new))
    print(
        f"{len(list(plan.indicators()))} indicators: making {making:.2f} s, updating {updating:.2f} s "
        f"({updated(old, new)} places), ratio {updating / making:.1f} (goal 3)"
    )
    return making, updating


def main() -> None:
    (making, updating), (large_making, large_updating) = measure(1), measure(10)
    print(
        f"ten times the indicators: making {large_making / making:.1f}, "
        f"updating {large_updating / updating:.1f} times the time (goal 12)"
    )


if __name__ == "__main__":
    main()
