"""Plans made up at random, filled and revised at random: nothing that was typed is lost."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from random_fillings import fill
from random_plans import definition_of
from random_revisions import revised
from workbook_tools import Value, Xlsx

from aso_xl.domain.confirming import record_of, summary_of
from aso_xl.domain.field_declaration import Type
from aso_xl.domain.fields import fields_of, typed
from aso_xl.domain.ledger import Ledger
from aso_xl.domain.lineage import parts
from aso_xl.domain.numerals import parse_number
from aso_xl.domain.record import RoundRecord
from aso_xl.domain.settings import ReportKind
from aso_xl.exchange.cell_values import Value as Stored
from aso_xl.exchange.cell_values import comparable, value_of, values_of
from aso_xl.report.content.documents import report
from aso_xl.strategies.definition import Definition
from aso_xl.workbook.build.template import build
from aso_xl.workbook.kept_records import KEPT, digits_of, kept
from aso_xl.workbook.layout import LEFT_TABLE
from aso_xl.workbook.read.reading import read
from aso_xl.workbook.stamped_plan import plan_of
from aso_xl.years.closing import changed
from aso_xl.years.revising import revise

pytestmark = pytest.mark.slow
KINDS = [kind for kind in ReportKind if kind is not ReportKind.AMENDMENTS]
"""Documents of a round; 新旧対照表 is one of the revision."""
TEXTS: tuple[Value, ...] = ("文", "=文", "二行\n目", "+1", "1.234", 12)


def filled(seed: int, folder: Path) -> Path:
    """Return a master of a random plan with figures, texts and 担当課 typed in."""
    definition, random = definition_of(seed), Random(seed)
    path = folder / "空.xlsx"
    path.write_bytes(build(definition))
    master = fill(path, definition.plan, seed, folder / "評価.xlsx")
    ledger, book = read(master), Xlsx(master)
    for row in ledger.every_row():
        for field in typed(fields_of(ledger.plan, row.id)):
            if field.type is not Type.ACTUAL:
                cell = row.cells[field.key]
                value = random.choice(TEXTS) if random.random() < 0.6 else None
                book.put((cell.sheet, cell.address), value)
    book.save(master)
    return master


def confirmed(master: Path) -> RoundRecord:
    """Write the record of the master's round, whatever the checks say; return it."""
    ledger = read(master)
    round_ = ledger.settings.round
    record = record_of(ledger, round_, "2026-05-01 10:00", "田中")
    text = kept(record)
    record = replace(record, mark=digits_of(text))
    texts = {f"{KEPT}{round_}": text}
    master.write_bytes(changed(master.read_bytes(), "", ledger, {round_: record}, texts))
    return record


def own_definition(ledger: Ledger) -> Definition:
    return Definition(plan_of(ledger.record["definition"]), ledger.record["definition"], {})


@pytest.mark.parametrize("seed", range(2))
def test_the_same_definition_changes_nothing(seed: int, tmp_path: Path) -> None:
    master = filled(seed, tmp_path)
    before = read(master)
    done = revise(master, own_definition(before))
    after = read(master)
    assert done.left == () and done.plan.changes.is_none
    assert values_of(after) == values_of(before)
    assert (after.settings, after.plan, after.record) == (
        before.settings,
        before.plan,
        before.record,
    )
    assert summary_of(after, after.settings.round) == summary_of(before, before.settings.round)


def typed_cells(ledger: Ledger) -> dict[tuple[str, str], tuple[str, str, Stored]]:
    """Return everything that is typed in rows: id, field and value by cell."""
    found = {}
    for row in ledger.every_row():
        for field in typed(fields_of(ledger.plan, row.id)):
            cell = row.cells.get(field.key)
            is_text = field.type not in (Type.NUMBER, Type.ACTUAL)
            value = value_of(cell.value, text=is_text) if cell else None
            if cell and value is not None and value != "－":
                found[cell.sheet, cell.address] = (row.id, field.key, value)
    return found


def is_there(ledger: Ledger, was: dict[str, set[str]], of: tuple[str, str, Stored]) -> bool:
    """Return whether a value stands where its indicator goes on: as it was, converted or joined."""
    id_, key, value = of
    for now in was.get(id_, ()):
        row, indicator = ledger.row(now), ledger.plan.by_id.get(now)
        cell = row.cells.get(key) if row else None
        here = value_of(cell.value, text=isinstance(value, str)) if cell else None
        number = parse_number(value, "") if isinstance(value, str) else value
        factor = (indicator.factor if indicator else None) or Decimal(1)
        if comparable(here) == comparable(value):
            return True
        if number is not None and cell and value_of(cell.value) == number * factor:
            return True
        if isinstance(here, str) and all(line in here for line in str(value).split("\n")):
            return True
    return False


@pytest.mark.parametrize("seed", range(6))
def test_no_value_is_lost(seed: int, tmp_path: Path) -> None:
    master = filled(seed, tmp_path)
    record = confirmed(master) if seed % 2 else None
    before = read(master)
    raw = json.loads(before.record["definition"])
    definition = revised(raw, seed, may_drop=record is None)
    old = master.read_bytes()
    done = revise(master, definition)
    after = read(master)
    was: dict[str, set[str]] = {}
    named = {
        id_: [former for former in own.was if former in parts(before.plan)]
        for id_, own in parts(after.plan).items()
    }
    taken = {former for ids in named.values() for former in ids}
    for id_, ids in named.items():
        for former in ids or ([id_] if id_ not in taken else []):
            was.setdefault(former, set()).add(id_)
    listed = {(note["前のシート"], note["前のセル"]) for note in after.notes.get(LEFT_TABLE, ())}
    assert listed == {(each.sheet, each.cell) for each in done.left}
    departments = {own.id: own.department for own in before.plan.indicators()}
    for place, (id_, key, value) in typed_cells(before).items():
        is_recorded = record and key in (str(record.round), *_texts(before, id_))
        is_defined = key == "department" and value == departments.get(id_)
        found = is_there(after, was, (id_, key, value)) or place in listed
        assert found or is_recorded or is_defined, (place, id_, key, value)
    (tmp_path / "前.xlsx").write_bytes(old)
    if record:
        assert after.records == before.records
        for kind in KINDS:
            then, now = (report(e, record.round, kind, workbook="a") for e in (before, after))
            assert now == then, kind


def _texts(ledger: Ledger, id_: str) -> list[str]:
    return [f.key for f in typed(fields_of(ledger.plan, id_)) if f.type is not Type.ACTUAL]


@pytest.mark.parametrize("seed", range(4))
def test_there_and_back_gives_the_old_master(seed: int, tmp_path: Path) -> None:
    master = filled(seed, tmp_path)
    before = read(master)
    definition = revised(json.loads(before.record["definition"]), seed + 100)
    since = before.settings.round
    revise(master, definition, since)
    revise(master, own_definition(before), since)
    after = read(master)
    assert after.plan == before.plan and after.settings == before.settings
    assert values_of(after) == values_of(before)
    assert summary_of(after, since) == summary_of(before, since)
