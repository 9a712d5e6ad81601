"""The docs are held to the code: all that there is stands in them, and all that they say is so."""

from __future__ import annotations

import argparse
import json
import re
import shlex
import shutil
import tomllib
import urllib.parse
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import docx
import findings_page
import pytest
from cli_tools import ROOT, Command
from exchange_tools import PLAN as SHARED
from exchange_tools import Town, asked, make, signed, town_in, typed
from next_plans import next_text
from strategy_words import third_pages

import aso_xl
from aso_xl.actions import Door, at
from aso_xl.cli import main as cli
from aso_xl.cli.arguments import parser as command_line
from aso_xl.domain import fields, settings
from aso_xl.domain.numerals import parse_number
from aso_xl.domain.plan import Plan
from aso_xl.domain.settings import ReportKind
from aso_xl.domain.summary import rate
from aso_xl.exchange.standing import LABELS
from aso_xl.report.content import place_names
from aso_xl.strategies import shapes
from aso_xl.strategies.definition import load
from aso_xl.workbook.build.template import build

DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *DOCS.glob("*.md")]
NAMES = [path.name for path in PAGES]
FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.M | re.S)
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`]+)`")
ONLY_PARSED = {("excel", action) for action in ("install", "uninstall", "bundle")}
"""What would change this PC, or fetch from the package index."""


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


# --- README and links


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


# --- commands, options, examples


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


# --- JSON


Shape = set[str]
PLAN_FIELDS = {field.key for field in load("third").plan.fields}


def shape(value: Any, at: str = "") -> Shape:
    """Return where every key stands (``goals[].kpi.rate``); years and numbers of items are alike.

    What a plan's own fields are called is the plan's.
    """
    if isinstance(value, list):
        return set().union(*(shape(each, f"{at}[]") for each in value))
    if not isinstance(value, dict):
        return set()
    found: Shape = set()
    for key, inner in value.items():
        if at.endswith("fields") and key in PLAN_FIELDS:
            continue
        shown = "{年度}" if re.fullmatch(r"R\d+", key) else key
        shown = "{番号}" if re.fullmatch(r"\d+-.+", key) else shown
        place = ".".join(filter(None, (at, shown)))
        found |= {place} | shape(inner, place)
    return found


def told(heading: str) -> Shape:
    """Return the keys in the tables headed JSON of a section, without its subsections."""
    part = section(text("commands.md"), heading)
    part = part[: part.index("\n### ")] if "\n### " in part else part
    found: Shape = set()
    for where, meaning, *_ in rows(part, "JSON"):
        place, colon, inner = where.partition(":")
        at = CODE.findall(place)[0] if colon else ""
        for key in CODE.findall(inner if colon else where):
            found.add(".".join(filter(None, (at, key))))
        if also := re.search(r"`([^`]+)` と同じ", meaning):
            keys = {key.removesuffix("[]") for key in CODE.findall(where)}
            found |= {key for key in told(also[1]) if re.split(r"[.\[]", key)[0] in keys}
    for key in list(found):
        steps = key.split(".")
        found.update(".".join(steps[:n]) for n in range(1, len(steps)))
    return {key.removesuffix("[]") for key in found}


def test_json_of_what_is_read(
    aso: Command, sample_path: Path, second_path: Path, wrong_path: Path, tmp_path: Path
) -> None:
    assert shape(aso("check", wrong_path, "--json").json) == told("check")
    assert shape(aso("evaluate", sample_path, "--json").json) == told("evaluate")
    closed = Path(shutil.copy(sample_path, tmp_path / "確定.xlsx"))
    assert shape(aso("close", closed, "--by", "田中", "--json").json) == told("close")
    revised = tmp_path / "改訂のある計画.xlsx"
    plan = ROOT / "tests" / "data" / "plans" / "kawabe.toml"
    assert aso("template", "--strategy", plan, "-o", revised).code == 0
    books = (closed, second_path)
    exported = [shape(aso("export", path, "--json").json) for path in books]
    also = shape(aso("export", revised, "--json").json)
    exported.append({key for key in also if key.startswith("indicators[].revised")})
    assert set().union(*exported) == told("export")
    copy = aso("mark", wrong_path, "-o", tmp_path / "写し.xlsx", "--json").json
    assert shape(copy) == told("mark")
    several = aso("check", wrong_path, tmp_path / "ない.xlsx", "--json").json
    inner = {key.removeprefix("workbooks[].") for key in shape(several)} - {"workbooks"}
    assert inner == told("check") | {"workbook", "failed"}
    page = text("commands.md")
    assert {f"`{key}`" in page for key in ("workbook", "failed")} == {True}
    after = ("--strategy", tmp_path / "次.toml", "--after", closed)
    (tmp_path / "次.toml").write_text(next_text(), encoding="utf-8")
    made = aso("template", *after, "-o", tmp_path / "a.xlsx", "--json").json
    assert shape(made) == told("template")


def test_json_of_definitions(aso: Command, tmp_path: Path) -> None:
    path = tmp_path / "定義.xlsx"
    found = shape(aso("definition", "new", "--from", "third", "-o", path, "--json").json)
    line = ("definition", "check", path, "--against", "second", "--json")
    found |= shape(aso(*line, "-o", tmp_path / "写し.xlsx").json)
    empty = tmp_path / "空.xlsx"
    aso("definition", "new", "-o", empty)
    found |= shape(aso("definition", "check", empty, "--json").json)
    source = third_pages(load("third").plan, tmp_path / "総合戦略.docx")
    word = docx.Document(str(source))
    word.add_paragraph("6.5%")
    word.save(str(source))
    line = ("definition", "draft", source, "-o", tmp_path / "下書き.xlsx", "--json")
    found |= shape(aso(*line).json)
    assert found == told("definition")


def test_json_of_evidence(aso: Command, sample_path: Path, tmp_path: Path) -> None:
    made = aso("trace", sample_path, "-o", tmp_path, "--json").json
    assert shape(made) == told("trace")


def test_json_of_documents(
    aso: Command, sample_path: Path, wrong_path: Path, tmp_path: Path
) -> None:
    document = tmp_path / "報告.docx"
    made = aso("report", wrong_path, "--draft", "-o", document, "--json").json
    assert shape(made) == told("report")
    compared = aso("check", document, "--against", sample_path, "--json").json
    renewed = aso("report", sample_path, "--update", document, "--json").json
    lacks = {f"{key}[].{name}" for key in ("missing", "left") for name in ("name", "label")}
    kept = {f"kept[].{name}" for name in ("name", "label", "before", "after")}
    issues = {key for key in told("check") if key.startswith("issues[]")}
    assert shape(compared) | lacks | kept == told("check --against")
    assert shape(renewed) | lacks | kept | issues == told("report --update")
    assert {"stale[].printed", "renewed[].before"} <= shape(compared) | shape(renewed)
    base = tmp_path / "ひな形.docx"
    copied = shape(aso("base", "-o", base, "--json").json)
    checked = shape(aso("base", document, "--json").json)
    assert copied | checked == told("base")
    assert "findings[].place" in checked


def test_json_of_the_ways_back(aso: Command, sample_path: Path, tmp_path: Path) -> None:
    master = Path(shutil.copy(sample_path, tmp_path / "評価.xlsx"))
    assert aso("close", master, "--by", "田中").code == 0
    restored = aso("close", master, "--restore", "--json").json
    assert {*restored} <= told("close --restore") and restored["output"] is None
    reopened = aso("close", master, "--reopen", "--reason", "差し戻し", "--json").json
    assert shape(reopened) == told("close --reopen")


def test_json_of_next(aso: Command, sample_path: Path, tmp_path: Path) -> None:
    master = Path(shutil.copy(sample_path, tmp_path / "評価.xlsx"))
    assert aso("close", master, "--by", "田中").code == 0
    assert shape(aso("next", master, "--json").json) == told("next")


def test_json_of_revise(aso: Command, sample_path: Path, tmp_path: Path) -> None:
    aso("definition", "convert", "third", "-o", tmp_path / "定義.toml")
    definition = tmp_path / "定義.toml"
    plain = definition.read_text(encoding="utf-8")
    lost = 'id = "1-01-2", name = "認定農業者数"'
    assert plain.count(lost) == 1
    revised = plain.replace(lost, 'id = "1-01-9", name = "認定農業者"')
    revised = revised.replace('id = "1-01-1", name', 'id = "1-01-8", was = ["1-01-1"], name')
    definition.write_text(revised, encoding="utf-8")
    done = aso("revise", sample_path, definition, "--dry-run", "--json")
    assert done.code == 1 and done.json["output"] is None
    keys = shape(done.json) | {"changed[].id", "changed[].field", "changed[].from", "changed[].to"}
    assert keys == told("revise")


def test_json_of_sharing(aso: Command, tmp_path: Path) -> None:
    town = town_in(tmp_path / "town", make(tmp_path))
    figure = ("1-01-1", "R9")
    first = town.send("農政課", {figure: 101.5, ("1-01-1", "R8"): 96, ("1-01-1", "目標値"): 9})
    signed(first, 状態="課長確認済", 確認者="田中", 確認日="2027/9/25")
    signed(town.send("農政課", {figure: 103}, "もう一つ.xlsx"), 状態="課長確認済")
    (town.inbox / "壊れた.xlsx").write_bytes(b"")
    (town.inbox / "メモ.txt").write_bytes(b"")
    master = town.master
    found = {
        "split": shape(aso("split", master, "-o", tmp_path / "配布", "--json").json),
        "status": shape(aso("status", master, town.inbox, "--json").json),
        "merge": shape(aso("merge", master, town.inbox, "--json").json),
        "diff": shape(aso("diff", master, town.inbox / "もう一つ.xlsx", "--json").json),
        "return": sent_back(aso, town, tmp_path),
        "undo": shape(aso("undo", master, "--json").json),
    }
    (tmp_path / "again").mkdir()
    only = town_in(tmp_path / "later", make(tmp_path / "again"))
    sent = only.send("農政課", {figure: 101.5})
    found["merge"] |= shape(aso("merge", only.master, sent, "--json").json)
    typed(only.master, {figure: 102}, only.master)
    found["merge"] |= shape(aso("merge", only.master, sent, "--json").json)
    only.send("観光課", {("2-01-1", "R9"): 1500})
    only.merge()
    newest = max((only.master.parent / "履歴").iterdir(), key=lambda path: path.name)
    newest.write_bytes(b"cut")
    found["undo"] |= shape(aso("undo", only.master, "--json").json)
    for command, keys in found.items():
        assert keys == told(command), command


def sent_back(aso: Command, town: Town, folder: Path) -> Shape:
    """Return the keys of what a master with questions sends back."""
    master = asked(town.master, ("2-01-1", "出典は?"), ("9-9", "?"))
    return shape(aso("return", master, town.inbox, "-o", folder / "差戻し", "--json").json)


def test_json_of_excel(aso: Command, sample_path: Path, tmp_path: Path) -> None:
    assert shape(aso("excel", "doctor", "--json").json) == told("excel doctor")
    addin = aso("excel", "addin", "-o", tmp_path / "a.xlam", "--json").json
    book = aso("excel", "button-workbook", sample_path, "-o", tmp_path / "a.xlsm", "--json").json
    assert shape(addin) == shape(book) == told("excel addin")
    assert told("excel install") == {"installed", "notes"}
    assert told("excel uninstall") == {"removed", "kept", "kept[].path", "kept[].reason"}
    assert told("excel bundle") == {"output", "pythons", "wheels"}


# --- settings, definitions, findings, buttons


def test_every_setting_is_in_the_docs() -> None:
    plan = load("third").plan
    table = rows(section(text("secretariat.md"), "1. 設定する"), "項目")
    listed = [key for row in table for key in row[0].split("・")]
    shown = [row.setting for row in settings.rows()]
    assert listed == [setting.key for setting in shown]
    for setting in shown:
        row = next(row for row in table if setting.key in row[0].split("・"))
        if setting.key != settings.ROUND_KEY:
            assert [choice for choice in setting.kind.choices(plan) if choice not in row[1]] == []


def toml(number: int = 0) -> str:
    """Return an example of a definition: the first of what is usual, the second of all the rest."""
    examples = [block for kind, block in FENCE.findall(text("definition.md")) if kind == "toml"]
    assert len(examples) == 2
    return examples[number]


def test_every_key_of_a_definition_is_in_the_docs(tmp_path: Path) -> None:
    page = text("definition.md")
    listed = set(CODE.findall(" ".join(row[0] for row in rows(page))))
    tables = (
        *(shapes.PLAN, shapes.GOAL, shapes.KPI_COUNTS, shapes.MEASURE),
        *(shapes.INDICATOR, shapes.RELATION, shapes.GRADE, shapes.FIELD),
        shapes.REVISION,
    )
    known = {key for table in tables for key in table}
    entries = {*shapes.ENTRIES}
    repairs = {"place", "stood", "read_as", "reason", "confirm"}
    told_within = {"total", "achieved"}
    assert listed | told_within == known | entries | repairs
    both = toml() + toml(1)
    assert {key for key in known | entries if not re.search(rf"\b{key}\b", both)} == set()
    path = tmp_path / "定義.toml"
    path.write_text(toml(), encoding="utf-8")
    definition = load(str(path))
    assert set(definition.entries) == entries
    assert build(definition).startswith(b"PK")
    path.write_text(toml(1), encoding="utf-8")
    assert load(str(path)).plan.grades


def test_packaged_repairs_say_what_the_docs_say() -> None:
    with (ROOT / "aso_xl" / "strategies" / "third_term.toml").open("rb") as stream:
        repairs = tomllib.load(stream)["repairs"]
    assert {key for each in repairs for key in each} <= set(
        CODE.findall(prose(text("definition.md")))
    )


def test_the_page_of_findings_is_the_catalogue() -> None:
    page = findings_page.page().rstrip() + "\n"
    assert text("findings.md") == page, "python tests/tools/findings_page.py で書き直してください"


def test_what_else_is_listed_is_all_there_is() -> None:
    states = rows(section(text("secretariat.md"), "4. 回収状況を見る"), "状態")
    assert [row[0] for row in states] == [LABELS[state] for state in LABELS]
    kinds = rows(section(text("word.md"), "文書の種類"), "種類")
    assert [row[0] for row in kinds] == [kind.value for kind in ReportKind]
    places = rows(section(text("word.md"), "独自の Word 書式"), "打つ文字")
    typed_ = {word.strip("{}") for row in places for word in CODE.findall(row[0])}
    assert typed_ == {*place_names.BLOCKS, *place_names.WORDS}


def test_figures_are_read_and_rates_truncated_as_the_docs_say() -> None:
    page = text("rules.md")
    read = rows(section(page, "数字の読み取り"), "入力")
    assert len(read) > 3
    for typed_in, meant in read:
        unit = re.search(r"単位が(.+?)の指標", typed_in)
        for figure in CODE.findall(typed_in):
            found = parse_number(figure, unit[1] if unit else "")
            assert found == parse_number(meant), figure
    table = section(page, "達成率")
    [heads] = [line for line in table.splitlines() if line.startswith("| 達成/項目")]
    shares = [cell.strip() for cell in heads.strip("|").split("|")]
    [rates] = rows(table, "達成/項目")
    for share, shown in zip(shares[1:], rates[1:], strict=True):
        found = rate(*map(int, share.split("/")))
        assert shown == ("－" if found is None else f"{found}%"), share
    [offered] = [line for line in page.splitlines() if "何の値かを尋ねます" in line]
    for figure in CODE.findall(offered):
        assert parse_number(figure, "人") is None, figure


# --- the words that staff see


OFFICE = frozenset(
    (
        *("送る", "プロパティ", "許可する", "インターネットから", "使用できないアイテム"),
        *(
            "信頼できる場所",
            "アドイン",
            "Office アプリケーションによる子プロセスの作成をブロックする",
        ),
        *("データの編集", "フィールド更新", "目次をすべて更新する", "ドキュメント検査"),
        *("保護ビュー", "編集を有効にする"),
    )
)
"""Words of Word, Excel and Windows that the docs quote."""

EXAMPLE = "A課、B課"


def code_text() -> str:
    kinds = ("*.py", "*.xml", "*.toml", "*.txt", "*.bas")
    return "\n".join(
        path.read_text(encoding="utf-8")
        for kind in kinds
        for path in sorted((ROOT / "aso_xl").rglob(kind))
    )


def test_words_that_staff_see_are_those_of_the_code() -> None:
    code = "\n".join([code_text(), *(action.shortcut for action in at(Door.ICON))])
    pages = [DOCS / name for name in ("secretariat.md", "department.md", "word.md", "it.md")]
    strange = {
        (page.name, word)
        for page in [*pages, DOCS / "rules.md", ROOT / "README.md"]
        for word in re.findall(r"「([^「」]+)」", prose(page.read_text(encoding="utf-8")))
        if word not in code and word not in OFFICE and word != EXAMPLE
    }
    assert strange == set()


def test_columns_named_in_the_department_page() -> None:
    plan: Plan = load("third").plan
    heads = {c.head for kind in ("headline", "kpi") for c in fields.indicator_fields(plan, kind)}
    heads |= {field.head for field in fields.measure_fields(plan)}
    assert {"備考(要因・出典)", "取組", "課題", "今後の方向"} <= heads
    page = text("department.md")
    assert all(f"「{head}」" in page for head in ("備考(要因・出典)", "取組", "課題", "今後の方向"))


def test_contributing_names_markers_that_exist() -> None:
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    chosen = " ".join(re.findall(r'-m "(not [^"]+)"', page))
    with (ROOT / "pyproject.toml").open("rb") as stream:
        markers = tomllib.load(stream)["tool"]["pytest"]["ini_options"]["markers"]
    known = {marker.partition(":")[0] for marker in markers}
    assert {"slow"} <= set(re.findall(r"not (\w+)", chosen)) <= known
    for path in re.findall(r"\.venv/bin/python (tests/\S+?)`", page):
        assert (ROOT / path).exists(), path
