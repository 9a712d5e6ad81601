"""Every command, option and example of the docs is one that there is, and runs."""

from __future__ import annotations

import argparse
import json
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_tools import Command
from doc_pages import CODE, FENCE, PAGES, prose, rows, section, text, toml
from exchange_tools import PLAN as SHARED
from exchange_tools import make, town_in
from next_plans import next_text
from strategy_words import third_pages

from aso_xl.cli import main as cli
from aso_xl.cli.arguments import parser as command_line
from aso_xl.strategies.definition import load

ONLY_PARSED = {("excel", action) for action in ("install", "uninstall", "bundle")}
"""What would change this PC, or fetch from the package index."""


def commands() -> dict[tuple[str, ...], argparse.ArgumentParser]:
    """Return every command that can be typed, by its words."""
    found = {}
    for name, parser in _below(command_line()):
        inner = dict(_below(parser))
        found.update({(name, action): each for action, each in inner.items()} or {(name,): parser})
    return found


def _below(parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.items()


def options(parser: argparse.ArgumentParser) -> set[str]:
    return {word for action in parser._actions for word in action.option_strings}


EVERYWHERE = {"-h", "--help", "--json", "--version"}

COMMANDS = commands()


def test_every_option_is_in_the_docs() -> None:
    page = text("commands.md")
    head = page[: page.index("\n## ")]
    assert {word for word in EVERYWHERE if f"{word}`" not in head} == set()
    for words, parser in COMMANDS.items():
        part = section(page, words[0])
        lines = [r for r in rows(part) if words[1:] == () or f"`{' '.join(words)}`" in r[0]]
        told = set(CODE.findall(" ".join(cell for row in lines for cell in row)))
        assert lines or words == ("undo",), words
        assert options(parser) - EVERYWHERE <= told, words


def test_no_option_is_made_up() -> None:
    known = set().union(EVERYWHERE, *map(options, COMMANDS.values()))
    for page in PAGES:
        for code in CODE.findall(prose(page.read_text(encoding="utf-8"))):
            if code.startswith("--") or code.startswith("aso-xl "):
                made_up = set(re.findall(r"(?<!\S)--[a-z-]+", code)) - known
                assert not made_up, (page.name, code)


def examples() -> list[tuple[str, str]]:
    found = []
    for page in PAGES:
        for _, block in FENCE.findall(page.read_text(encoding="utf-8")):
            lines = (line.strip() for line in block.splitlines())
            found += [(page.name, line) for line in lines if line.startswith("aso-xl ")]
    return sorted(set(found))


EXAMPLES = examples()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the files that the examples name, as they stand in the year's work."""
    folder = tmp_path_factory.mktemp("desk")
    town = town_in(folder / "town", make(folder))
    town.send("農政課", {("1-01-1", "R9"): 101})
    assert town.merge().output
    master = Path(shutil.copytree(town.master.parent, folder / "評価")) / "評価ブック.xlsx"
    place = master.parent
    (place / "マスター.xlsx").rename(master)
    for kept in (place / "履歴").iterdir():
        kept.rename(kept.with_name(kept.name.replace("マスター", "評価ブック")))
    (place / "提出").mkdir()
    shutil.copy(town.inbox / "R9_農政課.xlsx", place / "提出")
    shutil.copy(town.made.folder / "R9_観光課.xlsx", place / "提出")
    shutil.copy(master, place / "前回.xlsx")
    (place / "定義.toml").write_text(toml(), encoding="utf-8")
    defined = place / "定義ブック.xlsx"
    third_pages(load("third").plan, place / "総合戦略.docx")
    assert (
        cli.main(["definition", "new", "--from", str(place / "定義.toml"), "-o", str(defined)]) == 0
    )
    source = ["--from", str(master), "-o", str(place / "改訂した定義.xlsx")]
    assert cli.main(["definition", "new", *source]) == 0
    (place / "次.toml").write_text(next_text(str(SHARED)), encoding="utf-8")
    source = ["--from", str(place / "次.toml"), "-o", str(place / "次の定義.xlsx")]
    assert cli.main(["definition", "new", *source]) == 0
    for name in ("検証.docx", "直した文書.docx"):
        assert cli.main(["report", str(master), "--draft", "-o", str(place / name)]) in (0, 1)
    assert cli.main(["base", "-o", str(place / "ひな形.docx")]) == 0
    return place


@pytest.mark.parametrize(("page", "line"), EXAMPLES, ids=[line for _, line in EXAMPLES])
def test_every_example_runs(
    page: str,
    line: str,
    desk: Path,
    aso: Command,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words = shlex.split(line)[1:]
    args = command_line().parse_args(words)
    if (args.command, getattr(args, "action", "")) in ONLY_PARSED:
        return
    rounds = {"R10": "R9"}  # the desk's plan is a short one
    monkeypatch.chdir(shutil.copytree(desk, tmp_path / "desk"))
    if {"--reopen", "--restore", "--after"} & {*words} or args.command == "next":
        assert aso("close", "評価ブック.xlsx", "--by", "田中").code == 0
    done = aso(*(rounds.get(word, word) for word in words))
    if args.command == "next":  # the desk's plan has no round after the one that it is in
        assert done.code == 2 and "最後の評価年度です" in done.err, done.err
    elif "新旧対照表" in words:  # nor was it revised
        assert done.code == 2 and "改訂がない" in done.err, done.err
    else:
        assert done.code in (0, 1), done.err
    if "--json" in words:
        assert isinstance(json.loads(done.out), dict)


def test_every_command_has_an_example() -> None:
    lines = [tuple(shlex.split(line)[1:]) for _, line in EXAMPLES]
    for words in COMMANDS:
        assert any(line[: len(words)] == words for line in lines), words
