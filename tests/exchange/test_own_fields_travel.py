"""A column that a plan adds: typed, it travels the whole way without another word of code."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from cli_tools import Command
from exchange_tools import HEADS, PLAN, Town, make, town_in
from paths import PLANS
from workbook_tools import Xlsx

from aso_xl.domain.checks import check
from aso_xl.errors import DefinitionError
from aso_xl.exchange.cell_values import Key
from aso_xl.exchange.diff import compare
from aso_xl.exchange.status import status
from aso_xl.report.content.fingerprint import fingerprint
from aso_xl.strategies import definition
from aso_xl.strategies.definition import Definition, from_text
from aso_xl.workbook.build.template import build
from aso_xl.workbook.read.reading import read

ADDED = """
[[fields]]
key = "voice"
name = "現場の声"
at = "indicator"

[[fields]]
key = "cost"
name = "決算額"
at = "measure"
type = "number"
unit = "千円"
print = true

[[fields]]
key = "fate"
name = "扱い"
at = "measure"
type = "choice"
choices = ["継続", "終了"]

[[fields]]
key = "opinion"
name = "有識者の意見"
at = "indicator"
by = "secretariat"

[[fields]]
key = "review"
name = "総評"
at = "goal"

[[fields]]
key = "advice"
name = "審議会の意見"
at = "goal"
by = "secretariat"

[entries.indicators]
"1-01-2" = { "現場の声" = "はじめの声", "有識者の意見" = "よい" }

[entries.goals]
"基本目標1" = { "審議会の意見" = "進めること" }
"""
OWN = {
    **{"voice": "現場の声", "cost": "決算額", "fate": "扱い", "opinion": "有識者の意見"},
    **{"review": "総評", "advice": "審議会の意見"},
}


def with_fields(folder: Path, text: str = ADDED) -> Path:
    path = folder / "追加の欄.toml"
    path.write_text(PLAN.read_text(encoding="utf-8") + text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, module_plan: Path):
    return make(tmp_path_factory.mktemp("own"))


@pytest.fixture(scope="module")
def module_plan(tmp_path_factory: pytest.TempPathFactory):
    with pytest.MonkeyPatch.context() as patch:
        path = with_fields(tmp_path_factory.mktemp("plan"))
        patch.setattr("exchange_tools.PLAN", path)
        for key, head in OWN.items():
            patch.setitem(HEADS, key, head)
        yield path


@pytest.fixture
def town(tmp_path: Path, made) -> Town:
    return town_in(tmp_path / "町", made)


EDITS = {
    ("1-01-1", "voice"): "担い手が増えた",
    ("1-01", "cost"): 1234.5,
    ("1-01", "fate"): "終了",
    ("基本目標1", "review"): "担い手が戻った",
}


def test_what_is_typed_comes_home_and_goes_out(town: Town, aso: Command, tmp_path: Path) -> None:
    before = town.master.with_name("前.xlsx")
    before.write_bytes(town.master.read_bytes())
    town.send("農政課", EDITS)
    outcome = town.merge()
    assert [(a.key, a.before, a.after) for a in outcome.merged.applied] == [
        (Key("1-01-1", "voice"), None, "担い手が増えた"),
        (Key("1-01", "cost"), None, Decimal("1234.5")),
        (Key("1-01", "fate"), None, "終了"),
        (Key("基本目標1", "review"), None, "担い手が戻った"),
    ]
    assert outcome.rejected == ()
    ledger = read(town.master)
    assert ledger.rows["1-01-1"].cells["voice"].value == "担い手が増えた"
    assert ledger.measures["1-01"].cells["cost"].value == 1234.5
    assert ledger.goals["基本目標1"].cells["review"].value == "担い手が戻った"
    assert ledger.goals["基本目標1"].cells["advice"].value == "進めること"
    assert ledger.rows["1-01-2"].cells["voice"].value == "はじめの声"
    changes = [(n["指標"], n["項目"], n["変更後"]) for n in ledger.notes["変更履歴表"]]
    assert changes == [
        ("1-01-1 従事者数", "現場の声", "担い手が増えた"),
        ("1-01 農業", "決算額", 1234.5),
        ("1-01 農業", "扱い", "終了"),
        ("基本目標1 仕事をつくる", "総評", "担い手が戻った"),
    ]
    found = [
        (d.id, d.field, d.label, d.one, d.other) for d in compare(before, town.master).differences
    ]
    assert found == [
        ("1-01-1", "voice", "現場の声", None, "担い手が増えた"),
        ("1-01", "cost", "決算額", None, Decimal("1234.5")),
        ("1-01", "fate", "扱い", None, "終了"),
        ("基本目標1", "review", "総評", None, "担い手が戻った"),
    ]
    round_ = ledger.settings.round
    assert fingerprint(read(before), round_) != fingerprint(ledger, round_)
    done = aso("export", town.master, "--csv", tmp_path / "csv", "--json")
    measures = done.json["goals"][0]["measures"]
    assert measures[0]["fields"] | {"efforts": None} == {
        **dict.fromkeys(("efforts", "problems", "direction")),
        **{"cost": "1234.5", "fate": "終了"},
    }
    goals = [goal["fields"] for goal in done.json["goals"]]
    assert goals == [
        {"review": "担い手が戻った", "advice": "進めること"},
        {"review": None, "advice": None},
    ]
    kpis = {i["id"]: i["fields"] for i in done.json["indicators"]}
    assert kpis["1-01-1"] == {"remark": "=備考", "voice": "担い手が増えた", "opinion": None}
    assert column(tmp_path / "csv" / "measures.csv", "決算額(千円)")["1-01"] == "1234.5"
    assert column(tmp_path / "csv" / "measures.csv", "扱い")["1-01"] == "終了"
    assert column(tmp_path / "csv" / "indicators.csv", "現場の声")["1-01-1"] == "担い手が増えた"
    assert column(tmp_path / "csv" / "goals.csv", "総評", "基本目標") == {
        "1": "担い手が戻った",
        "2": "",
    }


def column(path: Path, head: str, key: str = "番号") -> dict[str, str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row[key]: row[head] for row in csv.DictReader(file)}


def test_the_departments_get_what_stands_in_the_master(town: Town) -> None:
    sent = read(town.sent("観光課"))
    assert sent.rows["1-01-2"].cells["voice"].value == "はじめの声"
    book = Xlsx(town.sent("観光課"))
    heads = {head for table in book.tables.values() for head in table.columns}
    assert {"現場の声", "決算額", "扱い"} <= heads


def test_the_field_of_the_secretariat_stays_with_it(town: Town) -> None:
    assert town.value("1-01-2", "opinion") == "よい"
    for sent in town.made.workbooks:
        ledger = read(sent.path)
        assert "opinion" not in [field.key for field in ledger.plan.fields]
        assert all({"opinion", "advice"}.isdisjoint(row.cells) for row in ledger.every_row())
    town.send("農政課", EDITS)
    town.merge()
    assert town.value("1-01-2", "opinion") == "よい"


def test_a_goal_is_written_of_by_whoever_has_something_of_it(town: Town) -> None:
    shares = {w.part.department: w.part.goals for w in town.made.workbooks}
    assert shares == {
        "農政課": ("基本目標1",),
        "観光課": ("基本目標1", "基本目標2"),
        "福祉課": ("基本目標1",),
        "未割当": ("基本目標1",),
    }
    for department, goals in shares.items():
        assert (*read(town.sent(department)).goals,) == goals
    town.send("観光課", {("基本目標2", "review"): "客が増えた"})
    town.merge()
    assert town.value("基本目標2", "review") == "客が増えた"
    assert town.value("基本目標1", "review") is None
    standings = {
        d.name: (d.measures, d.measures_filled)
        for d in status(town.master, [town.inbox]).departments
    }
    assert standings == {"農政課": (2, 0), "観光課": (4, 2), "福祉課": (2, 0), "未割当": (2, 0)}


def test_a_lost_row_of_a_goal_is_told(town: Town) -> None:
    sent = town.sent("観光課")
    book = Xlsx(sent)
    book.put(book.find("基本目標2", "目標番号"), None)
    path = book.save(town.inbox / sent.name)
    found = [(i.code, i.sheet, i.indicator) for i in check(read(path), read(path).plan.round)]
    assert ("table-missing", "施策2", None) in found or (
        "goal-missing",
        "施策2",
        "基本目標2",
    ) in found


def test_two_departments_that_disagree_are_a_conflict_that_can_be_decided(town: Town) -> None:
    shared = ("1-01-2", "voice")
    town.send("農政課", {shared: "農の声"})
    town.send("観光課", {shared: "観光の声"})
    open_ = [(c.key, c.base, c.master, c.submitted) for c in town.merge().merged.conflicts]
    base = (Key(*shared), "はじめの声", "はじめの声")
    assert sorted(open_, key=str) == sorted([(*base, "農の声"), (*base, "観光の声")], key=str)
    again = town.merge()
    assert len(again.merged.conflicts) == 2
    assert again.output is None


def test_what_stands_in_a_foreign_row_is_refused_by_its_name(town: Town) -> None:
    sent = town.sent("農政課")
    book = Xlsx(sent)
    book.put(book.find("1-01-1", "現場の声"), "ここに書いた")
    book.put(book.find("1-01-1", "番号"), "9-09-9")
    path = book.save(town.inbox / sent.name)
    [each] = town.merge(path).files
    assert ("9-09-9", "現場の声", "ここに書いた") in [
        (r.id, r.label, r.value) for r in each.rejected
    ]


def test_a_lost_heading_is_told_and_loses_nothing(town: Town) -> None:
    sent = town.sent("農政課")
    book = Xlsx(sent)
    book.put(book.find("1-01-1", "現場の声"), "声")
    table, _ = next((t, r) for t in book.tables.values() if "現場の声" in t.columns for r in t.rows)
    ledger = read(book.save(town.inbox / sent.name))
    assert ledger.rows["1-01-1"].cells["voice"].value == "声"
    assert [i.code for i in check(ledger, ledger.settings.round) if "column" in i.code] == []
    assert table.columns.index("現場の声") == table.columns.index("担当課") + 1


def test_cells_have_the_input_rules_of_their_type(made) -> None:
    from openpyxl import load_workbook

    book = load_workbook(made.master)
    sheet = book["施策1"]
    rules = {r.formula1: r for r in sheet.data_validations.dataValidation if r.type == "list"}
    assert '"継続,終了"' in rules
    cost = [r for r in sheet.data_validations.dataValidation if r.type == "decimal"]
    assert [r.prompt for r in cost] == ["決算額(単位: 千円、数字だけ)を記入します。"]


def test_the_fields_are_part_of_the_definition(module_plan: Path) -> None:
    found: Definition = definition.load(str(module_plan))
    again = from_text(found.text, "")
    assert again.fields == found.plan.fields
    assert [f.key for f in again.fields] == list(OWN)
    assert (
        again.fingerprint == found.plan.fingerprint != definition.load(str(PLAN)).plan.fingerprint
    )
    assert build(found).startswith(b"PK")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('key = "remark"\nname = "声"\nat = "indicator"', "どの総合戦略にもある欄"),
        ('key = "voice"\nname = "備考 (要因・出典)"\nat = "indicator"', "同じ見出しの列"),
        ('key = "voice"\nname = "Ｒ８"\nat = "indicator"', "同じ見出しの列"),
        ('key = "voice"\nname = "取組"\nat = "measure"', "同じ見出しの列"),
        ('key = "voice"\nname = "目標 番号"\nat = "goal"', "同じ見出しの列"),
        (
            'key = "v"\nname = "声"\nat = "measure"\ntype = "choice"\nchoices = ["A,B", "C"]',
            "の , を",
        ),
    ],
)
def test_a_field_that_cannot_be_is_said(text: str, said: str, tmp_path: Path) -> None:
    path = with_fields(tmp_path, f"\n[[fields]]\n{text}\n")
    with pytest.raises(DefinitionError, match=said):
        definition.load(str(path))


def test_a_revised_target_is_a_difference_of_definitions(tmp_path: Path) -> None:
    text = (PLANS / "midori.toml").read_text(encoding="utf-8")
    own = 'target = "2000", rule = "以上", targets = { R3 = "1300"'
    assert text.count(own) == 1
    later = 'revised = [{ from = "R7", target = "1900" }], '
    books = []
    for name, words in (("前", text), ("後", text.replace(own, later + own))):
        source, book = tmp_path / f"{name}.toml", tmp_path / f"{name}.xlsx"
        source.write_text(words, encoding="utf-8")
        book.write_bytes(build(definition.load(str(source))))
        books.append(book)
    found = {d.field: (d.one, d.other) for d in compare(*books).differences if d.id == "1-01-1"}
    assert found == {"revised": (None, "2,000件以上(R7から1,900件以上)")}
