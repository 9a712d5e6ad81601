"""The whole way of whole plans: definition in Excel, master, figures, verdicts, documents, departments.

The expected values are worked out by hand from docs/rules.md, and for 長野県 and the plan of ratios as
they were published.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

import docx
import pytest
from cli_tools import Command
from docx.oxml.ns import qn
from paths import PLANS
from random_fillings import put_setting
from workbook_tools import Xlsx

from aso_xl.defining import any_definition
from aso_xl.defining.sheets import RELATION_KINDS
from aso_xl.defining.toml_text import toml_text
from aso_xl.domain.rule import Rule
from aso_xl.domain.settings import ReportKind
from aso_xl.jobs.inputs import input_of
from aso_xl.jobs.reports import kinds_of
from aso_xl.strategies import more, shapes
from aso_xl.strategies.definition import load
from aso_xl.strategies.entries import DEPARTMENTS_KEY
from aso_xl.strategies.shapes import Table
from aso_xl.workbook.layout import DEPARTMENTS_TABLE
from aso_xl.workbook.read.reading import read

LISTS = ("relations", "grades", "fields")
TEXTS = {"remarks": "備考(要因・出典)", "departments": "担当課"}


@dataclass(frozen=True)
class Whole:
    """A plan, its verdicts (id, result, progress, grade), counts of KPIs by goal and what is printed.

    Of the third strategy some verdicts stand for all: tests of its documents have the others.
    ``printed`` are words by kind of document, ``codes`` the warnings that its figures have.
    """

    verdicts: str
    counts: tuple[tuple[int, int, str, str], ...]
    printed: Mapping[ReportKind, tuple[str, ...]]
    codes: frozenset[str] = field(default_factory=frozenset)


VERIFICATION, ANNUAL = ReportKind.VERIFICATION, ReportKind.ANNUAL
DIGEST, DEPARTMENTS = ReportKind.DIGEST, ReportKind.DEPARTMENTS
REASON, PREFACE = "remark-missing", "paragraph-empty"
OWNER, FIELD = "department-missing", "field-empty"
WHOLE = {
    "third": Whole(
        """
        1-H1 missed 68.5 -
        1-01-1 achieved 103.8 -
        1-01-2 missed -44.0 -
        1-01-4 achieved 160.0 -
        1-02-2 unpublished - -
        1-05-1 missed 58.3 -
        """,
        ((16, 7, "43.7", ""), (4, 2, "50.0", ""), (4, 2, "50.0", ""), (35, 15, "42.8", "")),
        {
            VERIFICATION: ("(目標達成) 7項目/16項目 (達成率) 43.7%",),
            ANNUAL: ("舗装更新延長",),
            DIGEST: ("合計 | 59 | 26 | 10 | 10 | 10 | 3 | 44.0% | +17.9",),
            DEPARTMENTS: ("A課(例)", "有害鳥獣捕獲従事者数"),
        },
        frozenset({"blank"}),
    ),
    "nagano": Whole(
        """
        1-K1 missed 25.0 C
        1-K2 achieved 116.9 A
        1-K3 missed -320.0 C
        1-K4 achieved 566.6 A
        1-K5 achieved 163.6 A
        1-K6 unpublished - -
        1-K7 unpublished - -
        """,
        ((6, 3, "50.0", "A3 B0 C2"),),
        {
            VERIFICATION: (
                "社会増減 | △3,703人(H26) | △2,000人以上 | △2,700人以上 | △2,530人 "
                "| 達成(最終は未達成) | 116.9% | A",
                "(目標達成) 3項目/6項目 (達成率) 50.0%",
            ),
            ANNUAL: ("うち 男性 | － | 79.83歳 | － | 未公表 | H29 79.83歳超(最終 延伸)",),
            DIGEST: ("1 信州創生の実現 | 6 | 3 | 3 | 0 | 2 | 1 | 50.0%",),
            DEPARTMENTS: ("健康寿命",),
        },
        frozenset({REASON, PREFACE}),
    ),
    "ratio_half_up": Whole(
        """
        1-K1 missed 10.7 -
        1-K2 missed 93.8 -
        2-K1 achieved 116.3 -
        2-K2 achieved 117.9 -
        2-K3 achieved 101.7 -
        2-K4 achieved 211.4 -
        """,
        ((2, 0, "0.0", ""), (4, 4, "100.0", "")),
        {
            VERIFICATION: (
                "就職・創業者数 | － | 70以上 | － | 148 | 達成 | 211.4%",
                "人材育成 | － | 140以上 | － | 165 | 達成 | 117.9%",
            ),
            ANNUAL: (
                "合同企業説明会参加者延べ人数 | － | － | － | 32人 | 300人以上(R1) | 未達成(10.7%)",
            ),
            DIGEST: ("2 秩父の雇用の取組 | 4 | 4 | 0 | 0 | 0 | 0 | 100.0% | +50.0",),
            DEPARTMENTS: ("地産地消の実践割合",),
        },
        frozenset({REASON, PREFACE}),
    ),
    "hamanasu": Whole(
        """
        1-H1 missed 66.6 S
        1-H2 missed 40.0 B
        1-H3 missed 60.8 S
        1-H4 missed 18.4 C
        1-01-1 achieved 108.0 S
        1-01-2 missed 42.8 B
        1-02-1 missed -33.3 C
        1-02-2 missed 50.0 A
        1-02-3 missed 24.0 C
        2-H1 achieved - A
        2-H2 missed 50.0 A
        2-01-1 missed 90.0 S
        2-01-2 achieved - A
        2-01-3 missed 35.0 B
        2-01-4 missed 60.0 S
        """,
        (
            (5, 1, "20.0", "S1 A1 B1 C2"),
            (4, 1, "25.0", "S2 A1 B1 C0"),
            (6, 2, "33.3", "S0 A0 B0 C0"),
        ),
        {
            VERIFICATION: (
                "社会動態を150人の増加にする。 | 未達成",
                "事業費の合計 | 182,300千円",
            ),
            ANNUAL: (
                "住みよさの順位 | － | 15位 | 14位 | 13位 | 12位 | 12位 | 10位以内 | 未達成(S 60.0%)",
                "市内総生産 | － | 1,241億5,000万円(R4) | 1,252億3,000万円 | － | － | 1,252億3,000万円※1",
                "水揚げ量 | 拡充",
            ),
            DIGEST: ("2 すこやかに暮らす | 4 | 1 | 2 | 1 | 1 | 0 | 0 | 25.0%",),
            DEPARTMENTS: ("水産課", "健康課", "水揚げ量"),
        },
        frozenset({REASON, OWNER, FIELD}),
    ),
    "kawabe": Whole(
        """
        1-H1 missed 52.0 ×
        1-K1 missed 98.0 ○
        1-01-1 missed 40.7 ×
        1-01-2 missed 93.8 ○
        1-02-1 missed 60.0 △
        1-02-2 achieved 103.3 ◎
        2-H1 missed 98.0 ○
        2-H2 achieved - ◎
        2-01-1 achieved 100.3 ◎
        2-01-2 missed 97.4 ○
        2-01-3 missed 83.3 ○
        2-02-1 missed 89.1 ○
        2-02-2 achieved 106.8 ◎
        """,
        ((5, 1, "20.0", "◎1 ○2 △1 ×1"), (4, 1, "25.0", "◎1 ○3 △0 ×0")),
        {
            VERIFICATION: (
                "地産地消の実践割合 | 68% | 80%以上 | 75%以上 | 75% | 未達成(年度の目標は達成) | 93.8% | ○",
                "学力調査の正答率(小6) | － | － | － | － | 未達成 | － | ○",
                "ファミリーサポートの会員数 | 44人 | 増加(44人超) | － | 47人 | 達成 | 106.8% | ◎",
                "※1 町内の新規雇用者数は、R4 41人+R5 55人+R6 60人の合計です。",
            ),
            ANNUAL: (
                "研修と住まいを組み合わせて示す。 | 延べ人数だけでなく、就職した人の数も示してほしい。",
            ),
            DIGEST: ("1 まちに仕事をつくる | 5 | 1 | 1 | 2 | 1 | 1 | 0 | 20.0%",),
            DEPARTMENTS: ("誘致した企業の数",),
        },
        frozenset({REASON, PREFACE, OWNER, FIELD}),
    ),
    "midori": Whole(
        """
        1-H1 achieved 116.9 A
        1-H2 achieved - A
        1-H3 missed - -
        1-K1 achieved 100.0 A
        1-01-1 missed 82.5 B
        1-01-2 achieved - A
        1-02-1 missed 66.6 C
        1-03-1 missed -75.0 C
        1-03-2 achieved 104.9 A
        2-H1 missed -320.0 C
        2-H2 achieved 300.0 A
        2-01-1 missed 62.5 C
        2-01-2 missed 85.7 B
        2-01-3 missed 71.4 C
        2-02-1 unpublished - -
        2-02-2 - - -
        2-02-3 achieved - A
        """,
        ((6, 3, "50.0", "A3 B1 C2"), (5, 1, "20.0", "A1 B1 C2")),
        {
            VERIFICATION: (
                "Ⅰ-⑤ | ア 移住の促進(1) 移住の相談 | 移住の相談件数 | 1,200件 | 2,000件以上 | 1,600件以上 "
                "| 1,530件 | 未達成(最終は未達成) | 82.5% | B",
                "都道府県魅力度の順位 | 15位 | 8位以内 | 12位以内 | 12位",
                "(1) 観光の魅力づくり | 132,800千円 | 見直し",
            ),
            ANNUAL: (
                "政策目標Ⅱ",
                "※4 起業した人の数: 令和5年度は集計中のため、まだ判定できません。",
            ),
            DIGEST: ("社会増減 | R5 △2,700人以上(最終 △2,000人) | △2,530人 | 達成(A)",),
            DEPARTMENTS: ("農政課", "有害鳥獣による被害額"),
        },
        frozenset({REASON, OWNER, FIELD}),
    ),
}


def tables_of(name: str) -> tuple[Table, Table]:
    """Return the tables of a plan, and the figures and texts that are typed for it."""
    if name == "third":
        definition = load(name, sample=True)
        return json.loads(definition.text), definition.entries
    tables = any_definition.examine(str(PLANS / f"{name}.toml")).tables
    return tables.raw, tables.entries


def master_of(name: str, folder: Path, aso: Command) -> Path:
    """Return the empty master made of a definition workbook, which the definition was turned into."""
    text, book, master = folder / "定義.toml", folder / "定義.xlsx", folder / "マスター.xlsx"
    text.write_text(toml_text(tables_of(name)[0], {}), encoding="utf-8")
    assert aso("definition", "convert", text, "-o", book).code == 0
    checked = aso("definition", "check", book, "--against", text, "--json")
    assert (checked.json["issues"], checked.json["changes"]) == ([], [])
    assert aso("template", "--strategy", book, "-o", master).code == 0
    return master


def fill(name: str, master: Path, path: Path) -> Path:
    """Type the entries of a plan into the cells of its master, as people do."""
    _, entries = tables_of(name)
    book = Xlsx(master)
    cells: dict[tuple[str, str], Any] = {}
    for kind in ("actuals", "measures", "indicators", "goals"):
        cells |= {(i, k): v for i, row in entries.get(kind, {}).items() for k, v in row.items()}
    for kind, head in TEXTS.items():
        cells |= {(i, head): value for i, value in entries.get(kind, {}).items()}
    for place, value in cells.items():
        plain = value.lstrip("-").replace(".", "", 1)
        book.put(book.find(*place), float(value) if plain.isdecimal() else value)
    settings = dict(entries.get("settings", {}))
    table = book.tables[DEPARTMENTS_TABLE]
    for row, department in zip(table.rows, settings.pop(DEPARTMENTS_KEY, ()), strict=False):
        book.put((table.sheet, table.address(table.columns[0], row)), department)
    for key, text in settings.items():
        put_setting(book, key, text)
    return book.save(path)


def evaluated(path: Path, aso: Command) -> Any:
    done = aso("evaluate", path, "--json")
    assert done.code == 0, done.err
    return done.json


def verdicts(evaluation: Any) -> list[str]:
    keys = ("id", "result", "progress", "grade")
    return [" ".join(each[key] or "-" for key in keys) for each in evaluation["indicators"]]


def text_of(path: Path) -> str:
    """Return what a document prints, a paragraph or a row of a table (cells between |) a line."""
    body = docx.Document(str(path)).element.body
    lines = [_words(p) for p in body.iter(qn("w:p"))]
    rows = (" | ".join(map(_words, row.iter(qn("w:tc")))) for row in body.iter(qn("w:tr")))
    return "\n".join((*lines, *rows))


def _words(element: Any) -> str:
    return "".join(text.text or "" for text in element.iter(qn("w:t")))


@pytest.mark.parametrize("name", WHOLE)
def test_the_whole_way(name: str, tmp_path: Path, aso: Command) -> None:
    whole = WHOLE[name]
    filled = fill(name, master_of(name, tmp_path, aso), tmp_path / "入力済み.xlsx")

    issues = aso("check", filled, "--json").json["issues"]
    assert {i["code"] for i in issues if i["severity"] == "error"} == set()
    assert {i["code"] for i in issues if i["severity"] == "warning"} == whole.codes

    evaluation = evaluated(filled, aso)
    wanted = [line.strip() for line in whole.verdicts.strip().splitlines()]
    ids = {line.split()[0] for line in wanted}
    found = verdicts(evaluation)
    assert [line for line in found if name != "third" or line.split()[0] in ids] == wanted
    counts = [goal["kpi"] for goal in evaluation["goals"]]
    assert [
        (c["total"], c["achieved"], c["rate"], " ".join(f"{k}{v}" for k, v in c["grades"].items()))
        for c in counts
    ] == list(whole.counts)

    out = tmp_path / "文書"
    out.mkdir()
    for kind in kinds_of(input_of(filled)):
        done = aso(
            "report", filled, "--kind", kind.value, "--draft", "-o", out / f"{kind.value}.docx"
        )
        assert done.code == 0, done.err
        printed = text_of(out / f"{kind.value}.docx")
        assert [word for word in whole.printed.get(kind, ()) if word not in printed] == []

    parts = tmp_path / "配布"
    made = aso("split", filled, "-o", parts, "--json")
    assert made.code == 0, made.err
    returned = type_remarks(parts)
    merged = tmp_path / "統合.xlsx"
    done = aso("merge", filled, parts, "-o", merged, "--json")
    assert (done.code, done.json["conflicts"], done.json["rejected"]) == (0, [], []), done.err
    assert evaluated(merged, aso) == evaluation
    rows = read(merged).rows
    assert {id_: rows[id_].cells["remark"].text for id_ in returned} == returned


def type_remarks(parts: Path) -> dict[str, str]:
    """Type a remark into every indicator that was asked of a department; return them by id."""
    typed: dict[str, str] = {}
    for path in sorted(parts.rglob("*.xlsx")):
        book = Xlsx(path)
        for table in book.tables.values():
            if "備考(要因・出典)" not in table.columns:
                continue
            for row in table.rows:
                id_ = str(book.value(table.sheet, table.address("番号", row)))
                typed[id_] = f"{id_} は {path.stem} による"
                book.put((table.sheet, table.address("備考(要因・出典)", row)), typed[id_])
        book.save(path)
    return typed


def test_every_entry_of_the_format_is_used() -> None:
    """Between them the plans use every key, every word that can be chosen, fields of each type at each
    place, and every kind of entry.
    """
    files = [any_definition.examine(str(path)).tables for path in sorted(PLANS.glob("*.toml"))]
    plans = [tables.raw for tables in files]
    goals = [goal for raw in plans for goal in raw["goals"]]
    measures = [measure for goal in goals for measure in goal.get("measures", ())]
    groups = [goal.get("headlines", ()) for goal in goals]
    groups += [each.get("kpis", ()) for each in (*goals, *measures)]
    lists = {key: [e for raw in plans for e in raw.get(key, ())] for key in LISTS}
    indicators = [own for group in groups for own in group]
    heads = [raw["plan"] for raw in plans]
    for tables, shape in (
        *((heads, shapes.PLAN), (goals, shapes.GOAL), (measures, shapes.MEASURE)),
        *((indicators, shapes.INDICATOR), (lists["relations"], shapes.RELATION)),
        *((lists["grades"], shapes.GRADE), (lists["fields"], shapes.FIELD)),
        ([tables.entries for tables in files], shapes.ENTRIES),
    ):
        unused = set(shape) - {key for table in tables for key in table}
        assert unused <= {"revised", "was", "factor"}, "only what a later version of a plan says"
    assert {own["rule"] for own in indicators} == {rule.label for rule in Rule}
    assert {own.get("aggregate", "latest") for own in indicators} == set(more.AGGREGATE)
    assert {each["kind"] for each in lists["relations"]} == set(RELATION_KINDS)
    assert {each.get("of", "progress") for each in lists["grades"]} == set(more.GRADE_OF)
    fields = {(each["at"], each.get("type", "text")) for each in lists["fields"]}
    assert fields == set(product(more.FIELD_AT, more.FIELD_TYPE))
    assert {each.get("by", "department") for each in lists["fields"]} == set(more.FIELD_BY)
    assert {each.get("role", "note") for each in lists["fields"]} == set(more.FIELD_ROLE)
