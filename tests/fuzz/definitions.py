"""Random slips in a good definition: ``python tests/fuzz/definitions.py [COUNT] [SEED]``.

Each slip ends in a workbook, or in sentences that name the file; never in the last net.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Final

from aso_xl.cli.main import main
from aso_xl.strategies.definition import STRATEGIES

NET: Final = "思いがけない誤り"
VALUES: Final = (
    *("1", "-1", "0", "1.5", "inf", "nan", "true", "2028-03-31", "07:32:00", "[1]", "{ a = 1 }"),
    *("[[], 5]", '""', '"　"', '"R99"', '"H0"', '"９"', '"²"', '"1e400"', '"=1+1"', '"\\u0000"'),
    *(
        '"\\uFFFE"',
        '"a\\nb"',
        "9" * 5000,
        "0x" + "F" * 6000,
        f'"{"あ" * 40_000}"',
        f'"{"🍎" * 300}"',
    ),
    *("[" * 2000 + "]" * 2000, "{a=" * 2000 + "1" + "}" * 2000, f'"{"1" * 400}"', '"[]:*?/\\\\"'),
)
GOOD: Final = (
    STRATEGIES / "second_term.toml",
    Path(__file__).parents[1] / "data" / "every_entry.toml",
)
"""Definitions without a slip: one of ours, one that uses every entry."""
_VALUE: Final = re.compile(r'= ("[^"\n]*"|\d+|true|\[[^\[\]{}\n]*\])')


def a_value(text: str, dice: random.Random) -> str:
    """Return the text with one value replaced by one of another kind."""
    at = dice.choice(list(_VALUE.finditer(text))).span(1)
    return text[: at[0]] + dice.choice(VALUES) + text[at[1] :]


def a_key(text: str, dice: random.Random) -> str:
    """Return the text with one key misspelt."""
    at = dice.choice(list(re.finditer(r"\b([a-z_]{3,}) =", text))).start(1)
    return text[:at] + dice.choice("xyzq") + text[at:]


def a_line(text: str, dice: random.Random) -> str:
    """Return the text with a line dropped, doubled or moved."""
    lines = text.splitlines()
    line = lines.pop(dice.randrange(len(lines)))
    for _ in range(dice.randrange(3)):
        lines.insert(dice.randrange(len(lines)), line)
    return "\n".join(lines)


def a_letter(text: str, dice: random.Random) -> str:
    """Return the text with one letter dropped or another put in."""
    at = dice.randrange(len(text))
    return (
        text[:at] + dice.choice(["", *'[]{}"=,.\n\r\t#\\あ\x01']) + text[at + dice.randrange(2) :]
    )


SLIPS: Final[tuple[Callable[[str, random.Random], str], ...]] = (a_value, a_key, a_line, a_letter)
CODECS: Final = ("utf-8", "utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "cp932", "euc_jp")


def slipped(text: str, dice: random.Random) -> bytes:
    """Return a definition with one to three slips, now and then in another encoding."""
    for _ in range(dice.randint(1, 3)):
        text = dice.choice(SLIPS)(text, dice)
    return text.encode(dice.choice(CODECS), errors="replace")


def complaints(path: Path, output: Path) -> list[str]:
    """Return what is wrong with how ``template`` ends on a definition; nothing is right."""
    said = StringIO()
    with redirect_stderr(said), redirect_stdout(StringIO()):
        code = main(["template", "--strategy", str(path), "-o", str(output)])
    text, found = said.getvalue(), []
    if code not in (0, 2):
        found.append(f"exit {code}")
    if NET in text or "Traceback" in text:
        found.append("last net")
    if code == 2 and (path.name not in text or not re.search("[ぁ-ん]", text)):
        found.append("no file named in Japanese")
    if (code == 0) != output.exists():
        found.append("workbook and exit code differ")
    output.unlink(missing_ok=True)
    return [f"{each}: {text[:200]}" for each in found]


def run(count: int, seed: int, folder: Path) -> Iterator[str]:
    """Yield every complaint of ``count`` slips, with what makes it again."""
    goods = [path.read_text(encoding="utf-8") for path in GOOD]
    for number in range(count):
        path = folder / "定義.toml"
        path.write_bytes(
            slipped(goods[number % len(goods)], random.Random(seed * 1_000_003 + number))
        )
        for complaint in complaints(path, folder / "out.xlsx"):
            yield f"{seed}/{number}: {complaint}"


if __name__ == "__main__":
    wanted, begin = (int(v) for v in (sys.argv[1:] + ["1000", "1"][len(sys.argv) - 1 :])[:2])
    with tempfile.TemporaryDirectory() as made:
        wrong = list(run(wanted, begin, Path(made)))
    print("\n".join(wrong) or f"{wanted} slips: all said or made")
    sys.exit(bool(wrong))
