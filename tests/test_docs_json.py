"""The tables of JSON keys name all that the commands print, and no more."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import docx
from cli_tools import ROOT, Command
from doc_pages import CODE, rows, section, text
from exchange_tools import Town, asked, make, signed, town_in, typed
from next_plans import next_text
from strategy_words import third_pages

from aso_xl.strategies.definition import load

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
