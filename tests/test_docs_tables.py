"""What is listed in tables of the docs is all that there is: settings, definitions, findings, rules."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import findings_page
from cli_tools import ROOT
from doc_pages import CODE, prose, rows, section, text, toml

from aso_xl.domain import settings
from aso_xl.domain.numerals import parse_number
from aso_xl.domain.settings import ReportKind
from aso_xl.domain.summary import rate
from aso_xl.exchange.standing import LABELS
from aso_xl.report.content import place_names
from aso_xl.strategies import shapes
from aso_xl.strategies.definition import load
from aso_xl.workbook.build.template import build


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
