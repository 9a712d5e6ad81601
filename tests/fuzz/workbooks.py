"""Workbooks damaged and made hostile at random: read, or refused in one sentence, soon and in little memory.

By hand: ``python tests/fuzz/workbooks.py COUNT [SEED]``. Each input is made of the sample workbook
by a few of the changes below, and given to a command in a process of its own. What breaks a promise
is kept beside the report, with the seed that makes it again.
"""

from __future__ import annotations

import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

sys.path[:0] = [str(Path(__file__).parents[1] / "tools"), str(Path(__file__).parents[2])]

from cli_tools import is_one_sentence  # noqa: E402
from hostile import HARMLESS, IMMENSE, Parts  # noqa: E402
from packages import unpacked  # noqa: E402
from rich_workbook import packed  # noqa: E402

ROOT: Final = Path(__file__).parents[2]
SAMPLE: Final = ROOT / "workbooks" / "sample.xlsx"
COMMANDS: Final = ("check", "evaluate", "export", "report")
MEMORY: Final = 300 * 2**10
SECONDS: Final = 30
"""Of one run, on a machine that does other things too."""

RUN: Final = (
    "import sys\nfrom aso_xl.cli.main import main\ntry:\n    code = main(sys.argv[1:])\n"
    "except SystemExit as stop:\n    code = stop.code\n"
    "status = open('/proc/self/status').read()\n"
    "print(status.partition('VmHWM:')[2].split()[0], file=sys.stderr)\nsys.exit(code)\n"
)
NUMBERS: Final = (b"0", b"-1", b"99999999999", b"x", b"1e999", b"", b"nan", "１２".encode())
TEXTS: Final = (b"_x000D_", b"_x0000_", b"&#1;", b"&amp;", b"\xff", b"\xed\xa0\x80", "️㋿".encode())
ELEMENTS: Final = (
    b"<r><rPr><strike/></rPr><t>3</t></r>",
    b"<rPh sb='0' eb='1'><t>x</t></rPh>",
    b"<c r='A1'/>",
    b"<c r='XFE1'><v>1</v></c>",
    b"<row r='0'/>",
    b"<mergeCell ref='A1:XFD1048576'/>",
    b"<v>1</v>",
    b"<f t='shared' si='0'/>",
    b"<is><t>x</t></is>",
    b"<x:y/>",
    b"<!-- x -->",
    b"<![CDATA[<c/>]]>",
    b"<?x?>",
    b"<!DOCTYPE x>",
)

Damage = Callable[[bytes, random.Random], bytes]


def flipped(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def doubled(data: bytes, chance: random.Random) -> bytes:
    """Repeat an element that has no children."""
    return _at(
        rb"<[\w:]+(?: [^<>]*)?/>|<c [^>]*>(?:(?!</c>).)*</c>", data, chance, lambda old: old * 2
    )


def without(data: bytes, chance: random.Random) -> bytes:
    """Drop an empty element or an attribute."""
    return _at(rb"<[\w:]+(?: [^<>]*)?/>| [\w:]+=\"[^\"]*\"", data, chance, lambda old: b"")


def renumbered(data: bytes, chance: random.Random) -> bytes:
    return _at(rb"\d+", data, chance, lambda old: chance.choice(NUMBERS))


def retyped(data: bytes, chance: random.Random) -> bytes:
    """Put odd characters behind the beginning of a text."""
    return _at(rb">[^<>]*", data, chance, lambda old: old + chance.choice(TEXTS))


def inserted(data: bytes, chance: random.Random) -> bytes:
    return _at(rb"<", data, chance, lambda old: chance.choice(ELEMENTS) + old)


def replaced(data: bytes, chance: random.Random) -> bytes:
    return chance.choice((b"", b"\0", b"<a/>", b"\xff\xfe<\0", data[::-1], b" " * 1000))


DAMAGES: Final[tuple[Damage, ...]] = (
    *(flipped, cut, doubled, without, renumbered, retyped, inserted, replaced),
)


def _at(
    pattern: bytes, data: bytes, chance: random.Random, change: Callable[[bytes], bytes]
) -> bytes:
    found = list(re.finditer(pattern, data, re.DOTALL))
    if not found:
        return data
    one = chance.choice(found)
    return data[: one.start()] + change(one.group()) + data[one.end() :]


def hostile(seed: int) -> bytes:
    """Return the workbook of a seed."""
    chance = random.Random(seed)
    parts: Parts = unpacked(SAMPLE.read_bytes())
    is_foreign, is_immense = chance.random() < 0.3, chance.random() < 0.05
    if is_immense:
        IMMENSE[chance.choice(sorted(IMMENSE))](parts)
    if is_foreign:
        HARMLESS[chance.choice(sorted(HARMLESS))](parts)
    for _ in range(chance.randint(1, 3)):
        part = chance.choice(sorted(parts))
        if chance.random() < 0.05:
            del parts[part]
        elif parts[part]:
            parts[part] = chance.choice(DAMAGES)(parts[part], chance)
    data = packed(parts)
    return flipped(data, chance) if chance.random() < 0.1 else data


@dataclass(frozen=True)
class Broken:
    """A promise that a run did not keep."""

    seed: int
    command: str
    promise: str


def broken(seed: int, folder: Path) -> Iterator[Broken]:
    """Run a command on the workbook of a seed; yield what it did not keep."""
    command = COMMANDS[seed % len(COMMANDS)]
    path = folder / f"{seed}.xlsx"
    path.write_bytes(hostile(seed))
    more = ["--draft", "-o", str(folder / f"{seed}.docx")] if command == "report" else []
    line = [sys.executable, "-c", RUN, command, str(path), *more]
    start = time.monotonic()
    try:
        done = subprocess.run(
            line, cwd=ROOT, capture_output=True, text=True, timeout=2 * SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        yield Broken(seed, command, "never ends")
        return
    took = time.monotonic() - start
    *said, memory = done.stderr.strip().split("\n")
    promises = {
        f"exit code {done.returncode}": done.returncode in (0, 1, 2),
        f"said {said}": all(map(is_one_sentence, said)) and "思いがけない" not in done.stderr,
        "no sentence": done.returncode != 2 or len(said) == 1,
        f"took {took:.0f} s": took < SECONDS,
        f"took {memory} KB": memory.isdecimal() and int(memory) < MEMORY,
    }
    found = [Broken(seed, command, promise) for promise, kept in promises.items() if not kept]
    if not found:
        path.unlink()
    yield from found


def run(count: int, first: int = 0) -> list[Broken]:
    """Return the broken promises of ``count`` workbooks."""
    folder = Path(tempfile.mkdtemp(prefix="aso_xl_fuzz_"))
    found = [each for seed in range(first, first + count) for each in broken(seed, folder)]
    for each in found:
        print(f"{folder}/{each.seed}.xlsx {each.command}: {each.promise}")
    return found


if __name__ == "__main__":
    sys.exit(bool(run(*map(int, sys.argv[1:]))))
