"""Every command under every limit of memory: done, or the one sentence that memory is short.

Run: ``python tests/fuzz/memory.py [--step 1]``. It tries limits from 14 to 220 MB.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "tools")]

from test_guard import COMMANDS, limited  # noqa: E402

from aso_xl.last_net import NO_MEMORY  # noqa: E402
from aso_xl.strategies import definition  # noqa: E402
from aso_xl.workbook.build.template import build  # noqa: E402


def main() -> int:
    """Return 1 if a run ended in another way."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--step", type=int, default=1, help="MB from limit to limit")
    step, wrong, tried = parser.parse_args().step, 0, 0
    for size in range(14, 220, step):
        with tempfile.TemporaryDirectory(prefix="memory") as folder:
            book = Path(folder) / "a.xlsx"
            book.write_bytes(build(definition.load("third"), sample=True))
            for name, args in COMMANDS.items():
                new = Path(folder) / f"new-{name}"
                done = limited(size, "aso_xl", *(a.format(book=book, new=new) for a in args))
                tried += 1
                told = set(done.err.splitlines()) == {NO_MEMORY} and done.code == 2
                done_well = done.code in (0, 1) or (name == "undo" and done.code == 2)
                if "Traceback" in done.err or not (
                    told or (done_well and NO_MEMORY not in done.err)
                ):
                    wrong += 1
                    print(f"{size} MB, {name}: {done}", flush=True)
    print(f"{tried} runs, {wrong} wrong")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
