"""How the time grows with the indicators, imports left out.

Run: ``python tests/benchmarks/linear.py``: ten times the indicators may cost check … return 10.5
times. A master of 1,000 indicators and the draft of its strategy (``linear.py made``) may cost 16
times those of 67. The years of a plan (``linear.py years``: close, next, revise) may cost 1.5 times
``report``, and 16 times with 1,000 indicators.
"""

from __future__ import annotations

import io
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from decimal import Decimal
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from aso_xl.cli.main import main as aso_xl
from aso_xl.defining.toml_text import toml_text
from aso_xl.strategies.definition import Definition, from_text, load
from aso_xl.workbook.build.template import build
from aso_xl.workbook.read.reading import read
from aso_xl.workbook.write.writing import CellEdit, apply

ROUNDS = 5
TIMES = 11
"""So many times the KPIs are ten times the indicators: 数値目標 stay as they are."""
THOUSAND = 17
"""So many times the KPIs are 1,027 indicators, 15.3 times those of the strategy."""
STEP = 50
"""More than any goal has 施策."""
DEPARTMENTS = ("総務課", "観光課", "農政課", "福祉課", "教育課")


def larger(times: int) -> Definition:
    """Return the third strategy with so many times the 施策 and KPIs, and figures typed."""
    raw: Any = json.loads(load("third").text)
    raw.pop("relations", None)
    for goal in raw["goals"]:
        measures = goal.get("measures", [])
        goal["measures"] = [_again(m, n) for n in range(times) for m in measures]
    text = json.dumps(raw, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    plan = from_text(text, "linear")
    random, actuals = Random(1), {}
    for each in plan.indicators():
        value = str(random.randrange(1, 200))
        actuals[each.id] = {"R8": "達成" if each.rule.label == "定性" else value}
    owners = {id_: DEPARTMENTS[n % len(DEPARTMENTS)] for n, id_ in enumerate(actuals)}
    settings = {"課": list(DEPARTMENTS), "評価年度": "R8"}
    entries = {"actuals": actuals, "departments": owners, "settings": settings, "measures": {}}
    return Definition(plan, text, entries)


def _again(measure: dict[str, Any], time_: int) -> dict[str, Any]:
    number = measure["number"] + STEP * time_
    kpis = []
    for kpi in measure.get("kpis", []):
        goal, _, last = kpi["id"].split("-")
        kpis.append({**kpi, "id": f"{goal}-{number:02d}-{last}"})
    return {**measure, "number": number, "kpis": kpis}


def typed(path: Path) -> None:
    """Type figures and texts into a workbook that a department got."""
    rows = read(path).rows.values()
    cells = [row.cells[field] for row in rows for field in ("R9", "remark")]
    content: tuple[Decimal, str] = (Decimal(33), "文")
    changes = [CellEdit(c.sheet, c.address, content[n % 2]) for n, c in enumerate(cells)]
    path.write_bytes(apply(path.read_bytes(), changes))


def time_of(command: Sequence[object], *, worst: int = 0) -> float:
    """Return the processor time of a command, in seconds; it may find errors where 1 is allowed."""
    with redirect_stdout(io.StringIO()):
        start = time.process_time()
        code = aso_xl(list(map(str, command)))
        taken = time.process_time() - start
    assert code <= worst, command
    return taken


def medians(definition: Definition, taken: Mapping[str, list[float]]) -> dict[str, float]:
    """Print and return the median of each command's times; the first warms up."""
    found = {name: median(seconds[1:]) for name, seconds in taken.items()}
    size = len(list(definition.plan.indicators()))
    print(f"{size} indicators: {', '.join(f'{n} {s:.3f} s' for n, s in found.items())}")
    return found


def measured(times: int, folder: Path) -> dict[str, float]:
    """Return the median processor time of each command, in seconds."""
    folder.mkdir()
    definition, master = larger(times), folder / "master.xlsx"
    master.write_bytes(build(definition))
    taken: dict[str, list[float]] = {}
    for number in range(ROUNDS + 1):
        back, out = folder / f"back{number}", folder / f"out{number}"
        out.mkdir()
        commands = {
            "check": ["check", master],
            "evaluate": ["evaluate", master],
            "report": ["report", master, "--draft", "--kind", "検証", "-o", out],
            "split": ["split", master, "-o", back],
            "merge": ["merge", master, back, "-o", out / "merged.xlsx"],
            "mark": ["mark", master, "-o", out / "marked.xlsx"],
            "return": ["return", master, back, "-o", out / "again"],
        }
        for name, command in commands.items():
            if name == "merge":
                for path in back.glob("*.xlsx"):
                    typed(path)
            taken.setdefault(name, []).append(time_of(command, worst=1))
    return medians(definition, taken)


def made(times: int, folder: Path) -> dict[str, float]:
    """Return the median processor time of making a master and of drafting a definition."""
    from strategy_words import third_pages  # of tests/tools

    folder.mkdir()
    definition, text, word = larger(times), folder / "定義.toml", folder / "戦略.docx"
    text.write_text(toml_text(json.loads(definition.text), {}), encoding="utf-8")
    third_pages(definition.plan, word)
    taken: dict[str, list[float]] = {}
    for number in range(ROUNDS + 1):
        commands = {
            "template": ["template", "--strategy", text, "-o", folder / f"{number}.xlsx"],
            "draft": ["definition", "draft", word, "-o", folder / f"定義{number}.xlsx"],
        }
        for name, command in commands.items():
            taken.setdefault(name, []).append(time_of(command))
    return medians(definition, taken)


def years(times: int, folder: Path) -> dict[str, float]:
    """Return the median processor time of report and of what the years of a plan ask for."""
    folder.mkdir()
    definition = larger(times)
    raw: Any = json.loads(definition.text)
    for each in definition.plan.indicators():
        value = "達成" if each.rule.is_typed else str(each.baseline)
        definition.entries["actuals"][each.id] = {"R8": value}
    whole, revised = folder / "whole.xlsx", folder / "改訂.toml"
    whole.write_bytes(build(definition))
    first = next(m for m in raw["goals"][0]["measures"] if m.get("kpis"))["kpis"][0]
    first["target"] = str(Decimal(str(first["target"])) + 1)
    revised.write_text(toml_text(raw, {}), encoding="utf-8")
    taken: dict[str, list[float]] = {}
    for number in range(ROUNDS + 1):
        out = folder / f"out{number}"
        out.mkdir()
        master = Path(shutil.copy(whole, out / "評価.xlsx"))
        commands = {
            "report": ["report", master, "--draft", "-o", out / "評価.docx"],
            "close": ["close", master, "--by", "田中"],
            "next": ["next", master],
            "revise": ["revise", master, revised],
        }
        for name, command in commands.items():
            taken.setdefault(name, []).append(time_of(command))
    return medians(definition, taken)


def going_on() -> None:
    with tempfile.TemporaryDirectory() as name:
        small, large = years(1, Path(name, "1")), years(THOUSAND, Path(name, "17"))
    for command, seconds in small.items():
        report = seconds / small["report"]
        times = large[command] / seconds
        print(
            f"{command}: {report:.2f} times report (goal 1.5); "
            f"15.3 times the indicators cost {times:.1f} times (goal 16)"
        )


def making() -> None:
    sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))
    with tempfile.TemporaryDirectory() as name:
        small, large = made(1, Path(name, "1")), made(THOUSAND, Path(name, "17"))
    for command, seconds in small.items():
        times = large[command] / seconds
        print(f"{command}: 15.3 times the indicators cost {times:.1f} times (goal 16)")


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        small, large = measured(1, Path(name, "1")), measured(TIMES, Path(name, "10"))
    for command, seconds in small.items():
        print(
            f"{command}: ten times the indicators cost {large[command] / seconds:.1f} times (goal 10.5)"
        )


if __name__ == "__main__":
    MODES = {"made": making, "years": going_on}
    sys.exit(MODES.get("".join(sys.argv[1:]), main)())
