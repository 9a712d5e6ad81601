"""Every field of the sheets is declared once, and every part knows each of them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import R8, indicator, issues_of, ledger_of, plan_of, third

from aso_xl import frames
from aso_xl.cli.csv_files import HEADS
from aso_xl.cli.json.evaluation import export_payload
from aso_xl.domain import fields
from aso_xl.domain.field_declaration import Field, Level, Owner
from aso_xl.domain.plan import Indicator, Plan, PlanField
from aso_xl.domain.summary import summarize
from aso_xl.exchange import cell_values
from aso_xl.report.content.blocks import DataTable
from aso_xl.report.content.fingerprint import fingerprint
from aso_xl.report.content.sections.measures import measures
from aso_xl.strategies.entries import give, given
from aso_xl.workbook.build import indicator_table, text_table
from aso_xl.workbook.build.styles import STYLES

COST = PlanField("cost", "決算額", "measure", "number", "千円")
VOICE = PlanField("voice", "有識者の意見", "indicator", by="secretariat")
REVIEW = PlanField("review", "総評", "goal")
NEXT = PlanField("next", "今後", "indicator", "choice", choices=("継続", "終了"))


def plan() -> Plan:
    return replace(third(), fields=(COST, VOICE, NEXT, REVIEW))


def every(plan: Plan) -> set[Field]:
    kinds = [fields.indicator_fields(plan, kind) for kind in ("headline", "kpi")]
    return {*kinds[0], *kinds[1], *fields.measure_fields(plan), *fields.goal_fields(plan)}


def of(owner: Owner, level: Level = Level.INDICATOR) -> set[str]:
    return {f.key for f in fields.STANDARD if f.owner is owner and f.level is level}


def typed_keys(plan: Plan) -> set[tuple[Level, str]]:
    return {(f.level, f.key) for f in every(plan) if f.is_typed}


def test_every_field_is_known_by_the_builder() -> None:
    unknown = {
        "plan": of(Owner.PLAN) ^ indicator_table.DEFINED.keys(),
        "formula": of(Owner.FORMULA) ^ indicator_table.COMPUTED.keys(),
        "measures": of(Owner.PLAN, Level.MEASURE) ^ text_table.DEFINED.keys(),
        "goals": of(Owner.PLAN, Level.GOAL) ^ text_table.DEFINED_OF_GOAL.keys(),
        "looks": {f.key for f in fields.STANDARD if not f.is_typed and f.look not in STYLES},
    }
    assert {part: keys for part, keys in unknown.items() if keys} == {}


def test_every_checked_field_is_said_by_the_plan() -> None:
    told = {each for each in fields.CHECKED if each not in Indicator.__dataclass_fields__}
    assert told == set()
    assert set(fields.CHECKED) == of(Owner.PLAN) - {
        *(fields.ID, fields.MEASURE, fields.SOURCE, fields.REVISED)
    }


def test_every_typed_field_travels_and_has_a_word() -> None:
    own = plan()
    keys = {(k.declared.level, k.field) for k in cell_values.keys(own) if k.declared}
    assert keys ^ typed_keys(own) == set()
    words = {(key.id, key.label, key.round or "") for key in cell_values.keys(own)}
    found = {cell_values.key_of(own, *place) for place in words}
    assert found ^ set(cell_values.keys(own)) == set()


def test_every_typed_field_has_its_entries() -> None:
    own, entries = plan(), dict[str, object]()
    for key in cell_values.keys(own):
        assert key.declared
        give(entries, key.declared, key.id, f"{key.id} {key.field}")
    lost = {
        (key.id, key.field)
        for key in cell_values.keys(own)
        if key.declared and given(entries, key.declared, key.id) != f"{key.id} {key.field}"
    }
    assert lost == set()


def test_every_typed_field_is_in_the_fingerprint() -> None:
    own = replace(plan_of(indicator()), fields=(COST, VOICE, NEXT, REVIEW))
    ids = {Level.INDICATOR: "1-01-1", Level.MEASURE: "1-01", Level.GOAL: "基本目標1"}
    before = fingerprint(typed(own, {}), R8)
    unseen = {
        field.key
        for field in every(own)
        if field.is_typed
        and fingerprint(typed(own, {ids[field.level]: {field.key: "7"}}), R8) == before
    }
    assert unseen == set()


def typed(own: Plan, cells: dict[str, dict[str, str]]):
    """Return a ledger with cells of all fields, some of them filled."""
    ledger = ledger_of(own)
    rows = {id_: _filled(own, row, cells) for id_, row in ledger.rows.items()}
    measures = {id_: _filled(own, row, cells) for id_, row in ledger.measures.items()}
    goals = {id_: _filled(own, row, cells) for id_, row in ledger.goals.items()}
    return replace(ledger, rows=rows, measures=measures, goals=goals)


def _filled(own: Plan, row, cells):
    first = row.cells[fields.ID]
    found = {
        field.key: replace(first, address=f"Z{row.number}", value=None)
        for field in fields.fields_of(own, row.id)
    }
    changed = {k: replace(found[k], value=v) for k, v in cells.get(row.id, {}).items()}
    return replace(row, cells={**found, **row.cells, **changed})


def test_every_typed_field_is_exported() -> None:
    own = replace(plan_of(indicator()), fields=(COST, VOICE, NEXT, REVIEW))
    cells = {
        "1-01": {"cost": "1,200千円"},
        "1-01-1": {"voice": "よい"},
        "基本目標1": {"review": "進んだ"},
    }
    ledger = typed(own, cells)
    data = export_payload(ledger)
    [goal] = data["goals"]
    [measure], [kpi] = goal["measures"], data["indicators"]
    assert goal["fields"] == {"review": "進んだ"}
    asked = {key for level, key in typed_keys(own) if level is Level.INDICATOR}
    assert asked ^ {*kpi["fields"], *kpi["actuals"], "department"} == set()
    asked = {key for level, key in typed_keys(own) if level is Level.MEASURE}
    assert asked ^ {*measure["fields"], "department"} == set()
    assert (measure["fields"]["cost"], kpi["fields"]["voice"]) == ("1200", "よい")
    assert kpi["fields"]["next"] is None
    tables = {
        Level.INDICATOR: frames.indicators(ledger),
        Level.MEASURE: frames.measures(ledger),
        Level.GOAL: frames.goals(ledger),
    }
    for level, key in typed_keys(own):
        if not fields.is_round(key):
            assert frames.column_of(key) in tables[level].columns, key
    assert {f.key for f in fields.STANDARD} - HEADS.keys() == set()


@pytest.mark.parametrize("own", [third(), plan()], ids=["standard", "with fields of the plan"])
def test_headings_and_keys_stand_once_in_a_table(own: Plan) -> None:
    for table in (
        fields.indicator_fields(own, "headline"),
        fields.indicator_fields(own, "kpi"),
        fields.measure_fields(own),
        fields.goal_fields(own),
    ):
        assert len({f.key for f in table}) == len({f.head for f in table}) == len(table)


def test_a_blank_text_that_is_printed_is_asked_for() -> None:
    printed = PlanField("more", "追記", "measure", is_printed=True)
    for field, expected in ((printed, 1), (replace(printed, is_printed=False), 0)):
        own = replace(plan_of(indicator()), fields=(field,))
        codes = [i.code for i in issues_of(own, {"1-01": {"more": None}})]
        assert codes.count("field-empty") == expected


def test_what_is_printed_of_a_measure_stands_in_its_table() -> None:
    printed = replace(COST, is_printed=True)
    own = replace(plan_of(indicator()), fields=(printed, NEXT))
    ledger = typed(own, {"1-01": {"cost": "12345.5千円"}})
    summary = summarize(own, ledger.actuals, R8, ledger.settings)
    [table] = [block for block in measures(ledger, summary) if isinstance(block, DataTable)]
    assert [c.title for c in table.columns] == [
        *("施策", "KPIの結果", "取組", "課題", "今後の方向", "決算額", "担当課"),
    ]
    [row] = table.rows
    assert (row[5].text, table.columns[5].align) == ("12,345.5千円", "right")
