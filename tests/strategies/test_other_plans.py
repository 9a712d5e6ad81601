"""What plans of other municipalities say in a definition: read whole, refused where it is wrong."""

from decimal import Decimal

import pytest
from paths import ROOT
from test_definition import loaded

from aso_xl.defining.buildable import buildable
from aso_xl.domain.numerals import FiscalYear
from aso_xl.domain.plan import Grade, PlanField, Together
from aso_xl.domain.rule import Rule
from aso_xl.errors import DefinitionError
from aso_xl.strategies.definition import load
from aso_xl.workbook.build.template import build
from aso_xl.workbook.read.reading import read

WHOLE = (ROOT / "tests/data/every_entry.toml").read_text(encoding="utf-8")


def test_every_entry_is_in_the_plan(tmp_path):
    plan = loaded(tmp_path, WHOLE)
    assert (plan.judged_against, plan.progress, plan.rounding) == ("yearly", "ratio", "half_up")
    assert plan.grades == (
        *(Grade("A", Decimal(100), "ratio"), Grade("B", Decimal(80), "ratio")),
        Grade("C"),
    )
    assert plan.fields == (
        PlanField("budget", "決算額", "measure", "number", "千円", "department", True),
        PlanField(
            *("course", "方向性", "indicator", "choice", "", "secretariat"),
            choices=("拡充", "継続"),
        ),
        PlanField("summary", "総評", "goal", is_optional=True, role="opinion"),
    )
    assert plan.relations == (Together("健康寿命", ("1-H1", "1-H2")),)
    (goal,) = plan.goals
    assert (goal.label, [kpi.id for kpi in goal.kpis]) == (
        *("基本目標Ⅰ", ["1-K1", "1-01-1", "1-01-2"]),
    )
    assert (goal.measures[0].label, goal.measures[0].group) == ("(1)", "ア 農業")
    by = plan.by_id
    h28, h29, h30 = (FiscalYear(year) for year in (2016, 2017, 2018))
    assert by["1-K1"].targets == ((h28, Decimal(-2900)), (h29, Decimal(-2700)))
    assert (by["1-K1"].label, by["1-K1"].kind, by["1-K1"].measure) == ("①", "kpi", None)
    assert (by["1-H1"].printed_target, by["1-H2"].printed_baseline) == ("延伸", "－")
    assert (by["1-H2"].baseline, by["1-H2"].baseline_year) == (None, None)
    assert by["1-01-1"].rule is Rule.WITHIN
    assert (by["1-01-2"].aggregate, by["1-01-2"].since, by["1-01-2"].until) == ("sum", h28, h30)


def test_what_a_plan_does_not_say_is_as_today(tmp_path):
    for plan in (load("third").plan, load("second").plan):
        assert (plan.judged_against, plan.progress, plan.rounding) == (
            *("final", "baseline", "truncate"),
        )
        assert plan.grades == ()
    assert load("second").plan.fields == ()
    third = load("third").plan.fields
    assert {(field.is_printed, field.is_optional) for field in third} == {(True, True)}


def test_definitions_of_today_keep_their_fingerprint():
    """Workbooks that are out were stamped with these."""
    assert load("third").plan.fingerprint == "5750928d280a4e64"
    assert load("second").plan.fingerprint == "6606c439a9f35e9a"


@pytest.mark.parametrize(
    ("old", "new", "entry", "remedy"),
    [
        ('"yearly"', '"year"', "[plan]", '"yearly"(年度ごとの目標値)'),
        ('rounding = "half_up"', 'rounding = "up"', "[plan]", '"half_up"(四捨五入)'),
        ('progress = "ratio"', "progress = 1", "[plan]", "progress は文字列"),
        ('"1-K1"', '"1-H3"', "1-H3", "id は 1-K1"),
        ('H29 = "-2700"', 'H29 = "△2700"', "1-K1 targets", "半角数字"),
        ('H29 = "-2700"', 'R5 = "-2700"', "1-K1", "R5 は評価年度(rounds)にありません"),
        ('H29 = "-2700"', '"2016" = "-2700"', "1-K1 targets", "H28 が 2 回"),
        ('targets = { H29 = "-2700", H28 = "-2900" }', 'targets = "5"', "1-K1", "年度ごとの"),
        ('target = "10", rule', 'target = "9.5", rule', "1-01-1", "1 以上の整数"),
        ('baseline = "15"', 'baseline = "0"', "1-01-1", "1 以上の整数"),
        ('"sum"', '"total"', "1-01-2", '"sum"(合計)'),
        ('aggregate = "sum"', 'cumulative = true, aggregate = "sum"', "1-01-2", "どちらか"),
        ('until = "H30"', 'until = "H27"', "1-01-2", "より前です"),
        ('until = "H30"', 'until = "R2"', "1-01-2", "R2 は評価年度"),
        ('ids = ["1-H1", "1-H2"]', 'ids = ["1-H1"]', "[[relations]]", "2 つ以上"),
        ('ids = ["1-H1", "1-H2"]', 'ids = ["1-H1", "1-K1"]', "[[relations]]", "どうし"),
        ('name = "健康寿命"\n', "", "[[relations]]", "name を書いて"),
        (
            'ids = ["1-H1", "1-H2"]',
            'ids = ["1-H1", "1-H2"]\n[[relations]]\nkind = "together"\nname = "ほか"\n'
            'ids = ["1-H2", "1-H1"]',
            "[[relations]]",
            "1-H1 が 2 つの together にあります",
        ),
        ('at_least = "80"', 'at_least = "120"', "[[grades]] の 2 番目", "大きい順"),
        ('at_least = "80"\n', "", "[[grades]] の 2 番目", "at_least(下限の%)を"),
        ('name = "C"', 'name = "C"\nat_least = "10"', "[[grades]] の 3 番目", "残りを受ける"),
        ('name = "C"', 'name = "A"', "[[grades]] の 3 番目", "2 回あります"),
        (
            'name = "B"\nat_least = "80"\nof = "ratio"',
            'name = "B"\nat_least = "80"',
            "の 2",
            "同じ",
        ),
        ('key = "course"', 'key = "方向"', "[[fields]] の 2 番目", "半角の英小文字"),
        ('key = "course"', 'key = "budget"', "[[fields]]", "key「budget」が 2 回"),
        ('choices = ["拡充", "継続"]\n', "", "[[fields]] の 2 番目", "2 つ以上"),
        ('"拡充", "継続"', '"継続", "継続"', "[[fields]] の 2 番目", "同じ選択肢"),
        ('type = "number"', 'type = "text"', "[[fields]] の 1 番目", "unit は"),
        ('at = "measure"\n', "", "[[fields]] の 1 番目", "at("),
        ('by = "secretariat"', 'by = "課"', "[[fields]] の 2 番目", '"department"(担当課)'),
        ('role = "opinion"', 'role = "意見"', "[[fields]] の 3 番目", '"opinion"(会議の意見)'),
        (
            "optional = true",
            'optional = "はい"',
            "[[fields]] の 3 番目",
            "optional はtrue か false",
        ),
        ('unit = "千円"', 'role = "answer"', "[[fields]] の 1 番目", 'role は type が "text"'),
        (
            'role = "opinion"',
            'role = "opinion"\n[[fields]]\nkey = "more"\nname = "声"\nat = "goal"\n'
            'role = "opinion"',
            "[[fields]]",
            '"opinion"(会議の意見)の欄が基本目標に 2 あります',
        ),
        ('group = "ア 農業"', 'group = "ア\\n農業"', "基本目標1 施策1", "1 行で"),
    ],
)
def test_one_mistake_is_named_with_entry_and_remedy(tmp_path, old, new, entry, remedy):
    assert WHOLE.count(old) == 1
    with pytest.raises(DefinitionError) as raised:
        loaded(tmp_path, WHOLE.replace(old, new))
    found = str(raised.value).splitlines()
    assert [line for line in found if entry in line and remedy in line], found


def test_a_workbook_is_made_of_every_entry_and_read_again(tmp_path):
    path, book = tmp_path / "x.toml", tmp_path / "x.xlsx"
    path.write_text(WHOLE, encoding="utf-8")
    definition = buildable(str(path))
    book.write_bytes(build(definition))
    ledger = read(book)
    assert (ledger.plan, ledger.oddities) == (definition.plan, ())
    assert {*ledger.rows} == {"1-H1", "1-H2", "1-K1", "1-01-1", "1-01-2"}
    assert ({*ledger.measures}, {*ledger.goals}) == ({"1-01"}, {"基本目標1"})
