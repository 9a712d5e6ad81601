"""Definition files: what is wrong is said at once, with file, entry and remedy."""

import json

import pytest

from aso_xl.domain.numerals import FiscalYear
from aso_xl.domain.plan import Derived, KpiCounts, Part, Same
from aso_xl.domain.rule import Rule
from aso_xl.errors import DefinitionError
from aso_xl.strategies.definition import fingerprint, from_text, load

KPI = '{ id = "1-01-1", name = "農家", unit = "戸", baseline = "3", target = "5", rule = "以上" }'
WHOLE = f"""
[plan]
id = "x"
title = "X市総合戦略"
short_title = "総合戦略"
municipality = "X市"
period = ["R8", "R9"]
rounds = ["R7", "R8", "R9"]
round = "R8"
baseline_year = "R6"
target_year = "R9"

[[goals]]
number = 1
title = "仕事"

[[goals.measures]]
number = 1
name = "農業"
kpis = [{KPI}]
"""


def loaded(tmp_path, text):
    path = tmp_path / "x.toml"
    path.write_text(text, encoding="utf-8")
    return load(str(path)).plan


def problems(tmp_path, text):
    with pytest.raises(DefinitionError) as raised:
        loaded(tmp_path, text)
    return str(raised.value).splitlines()


def test_the_smallest_definition(tmp_path):
    plan = loaded(tmp_path, WHOLE)
    (kpi,) = plan.indicators()
    assert (kpi.baseline_year, kpi.target_year, kpi.rule) == (
        *(FiscalYear(2024), FiscalYear(2027)),
        Rule.AT_LEAST,
    )
    assert plan.period == (FiscalYear(2026), FiscalYear(2027))


@pytest.mark.parametrize(
    ("old", "new", "entry", "remedy"),
    [
        ('target = "5"', "target = 5", "1-01-1", "引用符"),
        ('target = "5"', 'target = "五"', "1-01-1", "半角数字"),
        ('target = "5"', 'target = "NaN"', "1-01-1", "半角数字"),
        ('target = "5", ', "", "1-01-1", "target(目標値)"),
        ('rule = "以上"', 'rule = ">="', "1-01-1", "以上、以下、未満、超、定性"),
        ('rule = "以上"', 'baseline_year = "R6"', "1-01-1", "ふつうは 以上"),
        ('rule = "以上"', 'rule = "定性"', "1-01-1", "statement"),
        ('rule = "以上"', 'rule = "以上", lagg = 2', "1-01-1", "lagg という項目はありません"),
        ('rule = "以上"', 'rule = "以上", lag = "2"', "1-01-1", "lag は整数"),
        ('rule = "以上"', 'rule = "以上", lag = true', "1-01-1", "lag は整数"),
        ('rule = "以上"', 'rule = "以上", money = "false"', "1-01-1", "true か false"),
        ('rule = "以上"', 'rule = "以上", target_year = "来年"', "1-01-1 target_year", '"R8"'),
        ('"1-01-1"', '"1-1-1"', "1-1-1", "1-01-1"),
        ('name = "農家"', 'name = " "', "1-01-1", "name を書いてください"),
        (f"kpis = [{KPI}]", f"kpis = [{KPI}, {KPI}]", "1-01-1", "2 回"),
        (f"kpis = [{KPI}]", 'kpis = ["農家"]', "基本目標1", "表として"),
        (f"kpis = [{KPI}]", "kpi = []", "基本目標1 [[goals.measures]]", "つづり"),
        ('name = "農業"', "", "基本目標1 施策1", "name を書いてください"),
        ('number = 1\nname = "農業"', 'number = "1"\nname = "農業"', "基本目標1", "number は整数"),
        ('number = 1\ntitle = "仕事"', 'number = 0\ntitle = "仕事"', "[[goals]]", "1 以上"),
        ('title = "仕事"', "kpi_counts = { total = 2, achieved = 3 }", "kpi_counts", "total 以下"),
        ('title = "仕事"', "kpi_counts = { achieved = 3 }", "基本目標1 kpi_counts", "total と"),
        ('id = "x"', "", "[plan]", "id を書いてください"),
        ('id = "x"', 'id = "x"\ncity = "X"', "[plan]", "city という項目はありません"),
        ('period = ["R8", "R9"]', 'period = ["R8"]', "[plan] period", "最終年度"),
        ('round = "R8"', 'round = "R10"', "[plan] round", "rounds にある"),
        ('["R7", "R8", "R9"]', '["R8", "R7"]', "[plan] rounds", "古い順"),
        ("[[goals]]", '[[relations]]\nkind = "sum"\n[[goals]]', "[[relations]]", "derived"),
        (
            "[[goals]]",
            '[[relations]]\nkind = "part"\n[[goals]]',
            "[[relations]]",
            "part がありません",
        ),
        (
            *("[[goals]]", '[[relations]]\nkind = "same"\nids = ["1-01-1", "9"]\n[[goals]]'),
            *("[[relations]]", "指標番号 9"),
        ),
    ],
)
def test_one_mistake_is_named_with_file_entry_and_remedy(tmp_path, old, new, entry, remedy):
    assert WHOLE.count(old) == 1
    found = problems(tmp_path, WHOLE.replace(old, new))
    assert all(line.startswith("x.toml: ") for line in found)
    assert [line for line in found if entry in line and remedy in line]


def test_all_mistakes_are_found_at_once(tmp_path):
    text = (
        WHOLE.replace('"5"', '"五"').replace('"農家"', '""').replace('round = "R8"', 'round = "R1"')
    )
    assert len(problems(tmp_path, text)) >= 3


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"[plan\n", "TOML"),
        ("[plan]\ntitle = 'あ'".encode("cp932"), "UTF-8"),
        (b"", "[[goals]]"),
        (b"goals = 3", "goals"),
        (b"plan = 3", "plan"),
    ],
)
def test_a_file_that_is_no_definition(tmp_path, content, word):
    path = tmp_path / "x.toml"
    path.write_bytes(content)
    with pytest.raises(DefinitionError, match=r"x\.toml") as raised:
        load(str(path))
    assert word in str(raised.value)


def test_a_missing_file():
    with pytest.raises(DefinitionError, match="見つかりません"):
        load("no/such.toml")


def test_a_byte_order_mark_is_no_mistake(tmp_path):
    assert loaded(tmp_path, "\ufeff" + WHOLE).id == "x"


def test_relations_and_counts(tmp_path):
    tables = (
        '[[relations]]\nkind = "derived"\nid = "1-01-1"\nplus = ["1-01-1"]\n'
        '[[relations]]\nkind = "same"\nids = ["1-01-1"]\n'
        '[[relations]]\nkind = "part"\npart = "1-01-1"\nwhole = "1-01-1"\n'
        '[[goals]]\nnumber = 2\ntitle = "人"\nkpi_counts = { total = 11, achieved = 4 }\n'
    )
    plan = loaded(tmp_path, WHOLE + tables)
    assert plan.relations == (
        Derived("1-01-1", ("1-01-1",)),
        Same(("1-01-1",)),
        Part("1-01-1", "1-01-1"),
    )
    assert plan.goals[1].kpi_counts == KpiCounts(11, 4)


@pytest.mark.parametrize("name", ["third", "second"])
def test_the_text_stamped_into_workbooks_holds_the_whole_plan(name):
    found = load(name)
    again = from_text(found.text, "stamp")
    assert again == found.plan
    assert again.fingerprint == found.plan.fingerprint == fingerprint(found.text)
    assert len(again.fingerprint) == 16
    assert "repairs" not in json.loads(found.text)


def test_the_fingerprint_follows_every_change(tmp_path):
    one, other = loaded(tmp_path, WHOLE), loaded(tmp_path, WHOLE.replace('"5"', '"6"'))
    assert one.fingerprint != other.fingerprint
