"""README and the pages: links lead somewhere, all is reached, what they name is there."""

from __future__ import annotations

import re
import tomllib
import urllib.parse
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest
from cli_tools import ROOT, Command
from doc_pages import DOCS, LINK, NAMES, PAGES, prose

import aso_xl


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) < 120


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_link_and_picture_leads_somewhere(page: Path) -> None:
    for target in LINK.findall(prose(page.read_text(encoding="utf-8"))):
        if target.startswith(("https://", "http://")):
            continue
        place, _, anchor = urllib.parse.unquote(target).partition("#")
        path = (page.parent / place).resolve() if place else page
        assert path.exists(), target
        if anchor:
            assert anchor in set(anchors(path.read_text(encoding="utf-8"))), target


def anchors(page: str) -> Iterator[str]:
    """Yield the anchors of headings as GitHub makes them."""
    for heading in re.findall(r"^#+ (.+)$", prose(page), re.M):
        yield re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def test_every_page_and_picture_is_reached() -> None:
    linked = {
        (page.parent / urllib.parse.unquote(target.partition("#")[0])).resolve()
        for page in PAGES
        for target in LINK.findall(page.read_text(encoding="utf-8"))
    }
    linked |= {path.with_suffix(".png") for path in linked if path.suffix == ".svg"}  # in Word
    assert {path.resolve() for path in (*DOCS.glob("*.md"), *DOCS.glob("images/*"))} <= linked


def test_the_version_is_said_once(aso: Command) -> None:
    assert aso("--version").out == f"aso-xl {aso_xl.__version__}\n"
    assert version("aso-xl") == aso_xl.__version__
    with (ROOT / "pyproject.toml").open("rb") as stream:
        project = tomllib.load(stream)["project"]
    assert ("version" in project, project["dynamic"]) == (False, ["version"])
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"\n## {aso_xl.__version__}\n" in changes


def test_contributing_names_markers_that_exist() -> None:
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    chosen = " ".join(re.findall(r'-m "(not [^"]+)"', page))
    with (ROOT / "pyproject.toml").open("rb") as stream:
        markers = tomllib.load(stream)["tool"]["pytest"]["ini_options"]["markers"]
    known = {marker.partition(":")[0] for marker in markers}
    assert {"slow"} <= set(re.findall(r"not (\w+)", chosen)) <= known
    for path in re.findall(r"\.venv/bin/python (tests/\S+?)`", page):
        assert (ROOT / path).exists(), path
