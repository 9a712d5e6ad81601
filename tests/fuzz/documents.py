"""Documents and letterheads with damaged parts, given to the commands that open them.

``python tests/fuzz/documents.py 500`` tries 500 of them (``--seed`` for others). Each must end with
exit code 0, 1 or 2 within bounds of time and memory, and in 2 with a Japanese sentence that names the
file: no traceback, no last net. What fails is kept in ``--keep``.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from lxml import etree

SECONDS: Final = 60
MEMORY: Final = 600 * 2**20
"""Of addresses, which are more than the memory used."""

_NET: Final = "思いがけない誤り"
_JAPANESE: Final = re.compile(r"[ぁ-ん].*。")
Random = random.Random
Damage = Callable[[bytes, Random], bytes | None]


def truncated(data: bytes, chance: Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def scrambled(data: bytes, chance: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 20)):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def gone(_data: bytes, _chance: Random) -> None:
    return None


def empty(_data: bytes, _chance: Random) -> bytes:
    return b""


def other(_data: bytes, chance: Random) -> bytes:
    return chance.choice((b"<a/>", b"\x89PNG", "これは部品ではない".encode(), b"<a><b></a>"))


def typed(data: bytes, _chance: Random) -> bytes:
    return re.sub(rb"^(<\?xml[^>]*\?>)?", rb'\1<!DOCTYPE z [<!ENTITY a "aaa">]>', data, count=1)


def deep(data: bytes, _chance: Random) -> bytes:
    return re.sub(rb"(</[^<>]*>\s*)$", b"<d>" * 5000 + b"</d>" * 5000 + rb"\1", data)


def long(data: bytes, _chance: Random) -> bytes:
    return re.sub(rb"(/?>\s*)$", b' z="' + b"a" * 15_000_000 + rb'"\1', data)


def pruned(data: bytes, chance: Random) -> bytes:
    """Take out some elements."""
    return _in_xml(data, lambda root: _prune(root, chance))


def blunted(data: bytes, chance: Random) -> bytes:
    """Take out some attributes, or give them values that nobody expects."""
    return _in_xml(data, lambda root: _blunt(root, chance))


DAMAGES: Final[tuple[Damage, ...]] = (
    *(
        truncated,
        scrambled,
        gone,
        empty,
        other,
        typed,
        deep,
        long,
        pruned,
        pruned,
        blunted,
        blunted,
    ),
)
_ODD: Final = ("", "-1", "9" * 5000, "1e9", "NULL", "../../..", "#_top", "\u3042", "rId1", "true")


def _in_xml(data: bytes, change: Callable[[etree._Element], None]) -> bytes:
    try:
        root = etree.fromstring(data)
    except (etree.XMLSyntaxError, ValueError):
        return data[1:]
    change(root)
    return etree.tostring(root)


def _prune(root: etree._Element, chance: Random) -> None:
    found = [element for element in root.iter() if element is not root]
    for element in chance.sample(found, min(len(found), chance.randint(1, 5))):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)


def _blunt(root: etree._Element, chance: Random) -> None:
    found = [element for element in root.iter() if element.attrib]
    for element in chance.sample(found, min(len(found), chance.randint(1, 8))):
        name = chance.choice(list(element.attrib))
        if chance.random() < 0.5:
            del element.attrib[name]
        else:
            element.set(name, chance.choice(_ODD))


class Found(NamedTuple):
    """What one run did wrong, and with what."""

    what: str
    command: str
    part: str
    damage: str
    said: str


def damage(source: Path, target: Path, chance: Random) -> tuple[str, str]:
    """Write a copy of a package with one part damaged; return the part and the damage."""
    how = chance.choice(DAMAGES)
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        part = chance.choice(old.namelist())
        for name in old.namelist():
            data: bytes | None = old.read(name)
            if name == part and data is not None:
                data = how(data, chance)
            if data is not None:
                new.writestr(name, data)
    return part, how.__name__


def tried(count: int, seed: int, folder: Path) -> Iterator[Found]:
    """Yield what goes wrong in ``count`` runs; inputs are made in ``folder``, those at fault stay."""
    book, document, base = (folder / n for n in ("book.xlsx", "made.docx", "base.docx"))
    for command in (
        ["template", "--sample", "-o", book],
        ["report", book, "--kind", "年次評価", "-o", document],
        ["base", "-o", base],
    ):
        assert _run(list(map(str, command)), folder).returncode == 0
    chance = Random(seed)
    for number in range(count):
        is_base = chance.random() < 0.3
        path = folder / f"壊れた{number}.docx"
        part, how = damage(base if is_base else document, path, chance)
        made = folder / f"出力{number}.docx"
        commands = (
            [["report", book, "--base", path, "-o", made], ["base", path]]
            if is_base
            else [
                ["check", path, "--against", book],
                ["report", book, "--update", path, "-o", made],
            ]
        )
        wrong = [
            Found(what, " ".join(command[:1]), part, how, said)
            for command in (list(map(str, c)) for c in commands)
            for what, said in _judged(command, folder, path.name)
        ]
        made.unlink(missing_ok=True)
        if not wrong:
            path.unlink()
        yield from wrong


def _judged(command: list[str], folder: Path, name: str) -> Iterator[tuple[str, str]]:
    try:
        done = _run(command, folder)
    except subprocess.TimeoutExpired:
        yield "too long", ""
        return
    said = done.stderr.strip()
    if done.returncode not in (0, 1, 2):
        yield f"exit {done.returncode}", said[-300:]
    elif "Traceback" in said or _NET in said:
        yield "last net", said[-300:]
    elif done.returncode == 2 and not (_JAPANESE.search(said) and name in said):
        yield "no sentence about the file", said[-300:]


def _run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "aso_xl", *command],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
    )


def main() -> int:
    """Print what goes wrong; return 1 if anything does."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("count", type=int, nargs="?", default=200)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--keep", type=Path)
    args = options.parse_args()
    folder = args.keep or Path(tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    faults = 0
    for found in tried(args.count, args.seed, folder):
        faults += 1
        print(*found, sep=" | ", flush=True)
    print(f"{args.count} documents, {faults} faults, in {folder}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
