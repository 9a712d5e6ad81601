"""The pages of the docs, and what stands in them."""

from __future__ import annotations

import re

from paths import ROOT

DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *DOCS.glob("*.md")]
NAMES = [path.name for path in PAGES]
FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.M | re.S)
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`]+)`")


def text(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def prose(page: str) -> str:
    """Return a page without its code blocks."""
    return FENCE.sub("", page)


def section(page: str, heading: str) -> str:
    """Return what stands under a heading that begins so, down to the next of its level or above."""
    found = re.search(rf"^(#+) {re.escape(heading)}\b.*?$", page, re.M)
    assert found, f"「{heading}」という見出しがありません"
    rest = page[found.end() :]
    end = re.search(rf"^#{{1,{len(found[1])}}} ", rest, re.M)
    return rest[: end.start()] if end else rest


def rows(part: str, head: str = "") -> list[list[str]]:
    """Return the rows of the tables whose heading row begins with ``head``."""
    found, on, previous = [], False, ""
    for line in part.splitlines():
        line = line.strip()
        if not line.startswith("|"):
            on = False
        elif set(line) <= set("|-: "):
            on = previous.startswith(f"| {head}")
        elif on:
            found.append([cell.strip() for cell in line.strip("|").split("|")])
        previous = line
    return found


def toml(number: int = 0) -> str:
    """Return an example of a definition: the first of what is usual, the second of all the rest."""
    examples = [block for kind, block in FENCE.findall(text("definition.md")) if kind == "toml"]
    assert len(examples) == 2
    return examples[number]
