"""Workbooks made by earlier versions are read, merged and reported as when they were made.

``data/shapes`` keeps them as files: their sheets and columns stand as that version laid them, which
no code of today can build again. They are never renewed; a new shape gets a folder of its own.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from cli_tools import Command
from docx import Document
from exchange_tools import sheet_rows
from paths import TESTS

from aso_xl.domain.cells import Row
from aso_xl.domain.checks import Severity, check
from aso_xl.domain.ledger import Ledger
from aso_xl.exchange.cell_values import Key, Value, values_of
from aso_xl.exchange.merge_files import merge_files
from aso_xl.strategies.definition import load
from aso_xl.workbook.build.template import build
from aso_xl.workbook.read.reading import read

SHAPES = TESTS / "data" / "shapes"
PARTS = ("part.xlsx", "part_two.xlsx", "part_measures.xlsx")
BOOKS = {"template": "template_path", "sample": "plain_sample", "second_term": "second_path"}


@pytest.fixture(scope="module")
def plain_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the sample of today with nothing in the fields that earlier versions did not have."""
    of_today = load("third", sample=True)
    later = {field.name for field in of_today.plan.fields}
    entries = {
        kind: {
            id_: {head: text for head, text in texts.items() if head not in later}
            for id_, texts in of_today.entries[kind].items()
        }
        for kind in ("measures", "goals")
    }
    path = tmp_path_factory.mktemp("plain") / "sample.xlsx"
    made = replace(of_today, entries={**of_today.entries, **entries})
    path.write_bytes(build(made, sample=True))
    return path


def fields_of_then(ledger: Ledger) -> dict[Key, Value]:
    """Return the values of a ledger, without blank ones of what its strategy asks for today."""
    later = {field.key for field in ledger.plan.fields}
    return {
        key: value
        for key, value in values_of(ledger).items()
        if key.field not in later or value is not None
    }


@pytest.mark.parametrize("name", BOOKS)
def test_it_reads_as_a_workbook_of_today(name: str, request: pytest.FixtureRequest) -> None:
    old, new = read(SHAPES / f"{name}.xlsx"), read(request.getfixturevalue(BOOKS[name]))
    assert values_of(old) == fields_of_then(new)
    assert old.plan == replace(new.plan, fields=())
    assert old.settings == new.settings
    assert old.rows.keys() == new.rows.keys() and old.measures.keys() == new.measures.keys()
    for id_, row in old.rows.items():
        assert _texts(row) == _texts(new.rows[id_])


def test_it_has_no_column_of_what_came_later(sample_path: Path) -> None:
    assert read(SHAPES / "sample.xlsx").plan.fields == ()
    assert len(read(sample_path).plan.fields) == 7


@pytest.mark.parametrize("name", BOOKS)
def test_it_has_the_findings_of_a_workbook_of_today(
    name: str, request: pytest.FixtureRequest
) -> None:
    found = [read(SHAPES / f"{name}.xlsx"), read(request.getfixturevalue(BOOKS[name]))]
    old, new = ([(i.code, i.indicator, i.round) for i in check(b, b.settings.round)] for b in found)
    assert sorted(old, key=str) == sorted(new, key=str)
    assert not [i for i in check(found[0], found[0].settings.round) if i.severity == Severity.ERROR]


@pytest.mark.parametrize("name", BOOKS)
def test_it_evaluates_as_a_workbook_of_today(
    aso: Command, name: str, request: pytest.FixtureRequest
) -> None:
    old = aso("evaluate", SHAPES / f"{name}.xlsx", "--json")
    assert old.json == aso("evaluate", request.getfixturevalue(BOOKS[name]), "--json").json


def test_its_document_says_what_that_of_today_says(
    aso: Command, plain_sample: Path, tmp_path: Path
) -> None:
    """Of fields that came later nothing is printed where nothing is written."""
    said = []
    for number, book in enumerate((SHAPES / "sample.xlsx", plain_sample)):
        path = tmp_path / f"{number}.docx"
        aso("report", book, "--kind", "年次評価", "-o", path)
        document = Document(str(path))
        cells = [c.text for t in document.tables for r in t.rows for c in r.cells]
        wide = [section.orientation for section in document.sections]
        said.append(([p.text for p in document.paragraphs], cells, wide))
    assert said[0] == said[1]
    assert len(said[0][1]) > 500


def test_its_parts_merge_into_its_master(tmp_path: Path) -> None:
    master = Path(shutil.copy(SHAPES / "master.xlsx", tmp_path))
    done = merge_files(master, [SHAPES / name for name in PARTS])
    assert {(a.key, str(a.after)) for a in done.merged.applied} == {
        (Key("1-H1", "R9"), "1270.5"),
        (Key("1-01-1", "R9"), "100"),
        (Key("1-01-1", "remark"), "農政課の備考"),
        (Key("1-01", "efforts"), "福祉課の取組"),
        (Key("1-01", "problems"), "福祉課の課題"),
        (Key("2-H1", "R9"), "達成"),
        (Key("2-01-1", "R9"), "およそ1500"),
    }
    assert [(c.key, str(c.submitted), c.department) for c in done.merged.conflicts] == [
        (Key("1-01-2", "R9"), "20", "農政課"),
        (Key("1-01-2", "R9"), "25", "観光課"),
    ]
    assert [(r.id, r.label, r.value) for r in done.rejected] == [("1-01-1", "目標値", 130)]
    assert not [said for each in done.files for said in each.notes if "表の外の記入" in said]
    held = values_of(read(master))
    assert held[Key("1-01", "problems")] == "福祉課の課題"
    assert held[Key("1-01-2", "R9")] is None


def test_a_master_with_conflicts_is_read_and_decided(aso: Command, tmp_path: Path) -> None:
    path = Path(shutil.copy(SHAPES / "merged.xlsx", tmp_path))
    ledger = read(path)
    assert values_of(ledger)[Key("1-01-1", "R9")] == 100
    assert {name: len(rows) for name, rows in ledger.notes.items()} == {
        "競合表": 2,
        "受け付けなかった変更表": 1,
        "変更履歴表": 7,
    }
    assert len(sheet_rows(path, "競合")) == 3
    assert {i.code for i in check(ledger, ledger.settings.round) if i.severity == "error"} == {
        "not-a-number"
    }
    again = aso("merge", path, *(SHAPES / name for name in PARTS), "--json")
    assert (again.json["applied"], len(again.json["conflicts"])) == ([], 2)


def test_it_is_split_and_counted(aso: Command, tmp_path: Path) -> None:
    made = aso("split", SHAPES / "merged.xlsx", "-o", tmp_path / "配布", "--json").json
    assert [each["department"] for each in made["workbooks"]] == [
        *("農政課", "観光課", "福祉課", "未割当")
    ]
    inbox = tmp_path / "提出"
    inbox.mkdir()
    for name in PARTS:
        shutil.copy(SHAPES / name, inbox)
    told = aso("status", SHAPES / "master.xlsx", inbox, "--json").json["departments"]
    assert [(d["name"], d["file"] is None) for d in told][:3] == [
        ("農政課", False),
        ("観光課", False),
        ("福祉課", False),
    ]
    assert json.dumps(told, ensure_ascii=False).count("part") >= 3


def _texts(row: Row) -> dict[str, str]:
    return {key: cell.text for key, cell in row.cells.items()}
