"""Speed as ratios, each measured side by side in one run. Nothing here is a test.

python tests/benchmarks/ratios.py [report] [check] [memory]

``pip install python-calamine matplotlib`` for two of the yardsticks; what is not installed is left out.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from docx import Document

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "workbooks" / "sample.xlsx"
RATIOS = (("検証", "openpyxl", 0.5), ("検証", "calamine", 0.65), ("年次評価", "pictures", 0.25))
COLUMNS = ("番号", "施策", "指標", "基準値", "目標値", "評価値", "判定", "進捗率", "進み具合")


ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
"""An installed program has its bytecode, ours and theirs."""


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def run(*command: object) -> None:
    subprocess.run([str(c) for c in command], check=True, capture_output=True, env=ENVIRONMENT)


def spent(*command: object) -> tuple[float, float]:
    """Return the seconds of a whole process, and those of the processor: a busy machine adds none."""
    start = time.perf_counter()
    child = subprocess.Popen([str(c) for c in command], stdout=subprocess.DEVNULL, env=ENVIRONMENT)
    _, status, used = os.wait4(child.pid, 0)
    assert os.waitstatus_to_exitcode(status) in (0, 1), command
    return time.perf_counter() - start, used.ru_utime + used.ru_stime


def yardstick_template(path: Path) -> None:
    """Make the docxtpl template: an evaluation table and a list of indicators per goal."""
    made = Document()
    made.add_heading("{{ heading }}")
    made.add_paragraph("{{ overview }}")
    made.add_paragraph("{%p for goal in goals %}")
    made.add_heading("{{ goal.title }}", 2)
    table = made.add_table(4, 3)
    texts = (
        ("{%tr for h in goal.headlines %}", "", ""),
        ("数値目標", "{{ h['指標'] }}", "{{ h['判定'] }}"),
        ("{%tr endfor %}", "", ""),
        ("KPI", "{{ goal.line }}", ""),
    )
    for row, cells in zip(table.rows, texts, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    table = made.add_table(4, len(COLUMNS))
    keys = ["r.id", *(f"r['{name}']" for name in COLUMNS[1:])]
    blank = [""] * (len(COLUMNS) - 1)
    for row, cells in zip(
        table.rows,
        (
            COLUMNS,
            ["{%tr for r in goal.rows %}", *blank],
            [f"{{{{ {key} }}}}" for key in keys],
            ["{%tr endfor %}", *blank],
        ),
        strict=True,
    ):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    made.add_paragraph("{{ goal.picture }}")
    made.add_paragraph("{%p endfor %}")
    made.save(str(path))


def report(folder: Path, times: int = 11) -> None:
    """Whole processes in turn, the medians: ours against yardsticks that make comparable documents."""
    template = folder / "yardstick.docx"
    yardstick_template(template)
    script = Path(__file__).with_name("pandas_docxtpl.py")
    ours = [sys.executable, "-m", "aso_xl", "report", SAMPLE, "-o", folder, "--kind"]
    theirs = [sys.executable, script, SAMPLE, template, folder / "theirs.docx"]
    commands = {
        "検証": [*ours, "検証"],
        "年次評価": [*ours, "年次評価"],
        "openpyxl": theirs,
        **({"calamine": [*theirs, "calamine"]} if find_spec("python_calamine") else {}),
        **({"pictures": [*theirs, "pictures"]} if find_spec("matplotlib") else {}),
    }
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for _ in range(times + 1):
        for name, command in commands.items():
            taken[name].append(spent(*command))
    for what, at in (("seconds", 0), ("processor seconds", 1)):
        found = {name: median(each[at] for each in all_[1:]) for name, all_ in taken.items()}
        said = ", ".join(f"{name} {s:.2f}" for name, s in found.items())
        print(f"report sample.xlsx, {what}: {said}")
        for kind, yardstick, goal in RATIOS:
            if yardstick in found:
                ratio = found[kind] / found[yardstick]
                print(f"  {kind} / pandas + docxtpl ({yardstick}): {ratio:.2f} (goal {goal})")


def check(folder: Path, number: int = 1000) -> None:
    """Checking many workbooks, on all cores, against openpyxl's own loading of them."""
    copies = [folder / f"book{n}.xlsx" for n in range(number)]
    for copy in copies:
        shutil.copyfile(SAMPLE, copy)
    load = "import sys, openpyxl\nfor path in sys.argv[1:]: openpyxl.load_workbook(path, data_only=True)"
    theirs = seconds(lambda: run(sys.executable, "-W", "ignore", "-c", load, *copies))
    ours = seconds(lambda: run(sys.executable, "-m", "aso_xl", "check", "--json", *copies))
    print(
        f"check {number} workbooks: aso-xl {ours:.1f} s, openpyxl loading alone {theirs:.1f} s, "
        f"ratio {ours / theirs:.2f} (goal 0.65 on two cores)"
    )


def memory(folder: Path) -> None:
    """Peak memory of a yearly report as a whole process."""
    command = [sys.executable, "-m", "aso_xl", "report", SAMPLE, "-o", folder, "--kind", "年次評価"]
    child = subprocess.Popen([str(c) for c in command], stdout=subprocess.DEVNULL, env=ENVIRONMENT)
    peak = os.wait4(child.pid, 0)[2].ru_maxrss / 1024
    print(f"report sample.xlsx --kind 年次評価: peak memory {peak:.0f} MiB (goal 50)")


def main() -> None:
    every = {"memory": memory, "report": report, "check": check}
    with tempfile.TemporaryDirectory() as folder:
        for name in sys.argv[1:] or every:
            every[name](Path(folder))


if __name__ == "__main__":
    main()
