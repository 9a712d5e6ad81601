"""改訂: what goes on by id, what differs, what finds no place; bad input is told."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from cli_tools import Command
from exchange_tools import PLAN, Made, Town, sheet_rows
from year_tools import put

from aso_xl.exchange.cell_values import Key, values_of
from aso_xl.files.history import history
from aso_xl.workbook.read.reading import read

Definition = Callable[..., Path]
TEXT = PLAN.read_text(encoding="utf-8")
TEXT = TEXT[: TEXT.index("[entries.settings]")]


@pytest.fixture
def definition(tmp_path: Path) -> Definition:
    """Return what writes the small plan's definition with some texts replaced."""

    def write(*changes: tuple[str, str]) -> Path:
        text = TEXT
        for old, new in changes:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        path = tmp_path / "改訂.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_the_same_definition_changes_nothing(
    town: Town, definition: Definition, aso: Command
) -> None:
    put(town.master, "1-01-1", "R9", "1,020 人")
    put(town.master, "1-01", "取組", "=文\n二行")
    before, data = read(town.master), town.master.read_bytes()
    done = aso("revise", town.master, definition(), "--json")
    assert done.code == 0, done.err
    assert done.json | {"carried": None} == {
        **{"from": "R9", "kept": 6, "renumbered": [], "added": [], "removed": [], "ended": []},
        **{"changed": [], "carried": None, "left_behind": [], "output": str(town.master)},
    }
    after = read(town.master)
    assert values_of(after) == values_of(before)
    assert after.settings == before.settings
    assert after.record["definition"] == before.record["definition"] and not after.former
    assert {key: cell.value for key, cell in after.setting_cells.items()} == {
        key: cell.value for key, cell in before.setting_cells.items()
    }
    assert history(town.master)[0].read_bytes() == data


def test_what_is_renumbered_ended_added_and_changed(
    town: Town, definition: Definition, aso: Command
) -> None:
    put(town.master, "1-01-2", "R8", 33)
    put(town.master, "1-01-2", "備考(要因・出典)", "理由")
    put(town.master, "2-01-1", "R9", 1500)
    revised = definition(
        ('id = "1-01-2", name = "割合"', 'id = "1-02-1", was = ["1-01-2"], name = "割合(%)"'),
        ('target = "120"', 'target = "110"'),
        (
            'unit = "人", baseline = "1000", target = "2000"',
            'unit = "千人", factor = "0.001", baseline = "1", target = "2"',
        ),
    )
    text = revised.read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if '"1-02-1"' in line)
    text = text.replace(f"{row}\n", "").replace(
        'name = "KPIのない施策"', f'name = "KPIのある施策"\nkpis = [\n{row}\n]'
    )
    revised.write_text(text, encoding="utf-8")
    done = aso("revise", town.master, revised, "--json")
    assert done.code == 0, done.err
    assert done.json["renumbered"] == [{"from": "1-01-2", "to": "1-02-1"}]
    changed = {
        (each["id"], each["field"]): (each["from"], each["to"]) for each in done.json["changed"]
    }
    assert changed == {
        ("1-02", "name"): ("KPIのない施策", "KPIのある施策"),
        ("1-02-1", "name"): ("割合", "割合(%)"),
        ("1-01-1", "target"): ("120", "110"),
        ("2-01-1", "unit"): ("人", "千人"),
        ("2-01-1", "baseline"): ("1000", "1"),
        ("2-01-1", "target"): ("2000", "2"),
    }
    after = read(town.master)
    values = values_of(after)
    assert values[Key("1-02-1", "R8")] == 33 and values[Key("1-02-1", "remark")] == "理由"
    assert values[Key("1-02-1", "department")] == "農政課、観光課"
    assert values[Key("2-01-1", "R9")] == Decimal("1.5")
    assert after.rows["1-01-1"].cells["revised"].text == "120人以上(R9から110人以上)"
    rows = sheet_rows(town.master, "改訂の内容")
    assert ("番号が変わる", "1-02-1", "割合(%)", "番号", "1-01-2", "1-02-1") in [
        row[2:8] for row in rows
    ]


def test_nothing_is_written_where_it_is_only_looked_at(
    made: Made, definition: Definition, aso: Command
) -> None:
    before = made.master.read_bytes()
    done = aso("revise", made.master, definition(('target = "120"', 'target = "110"')), "--dry-run")
    assert "1-01-1 従事者数: 目標値 120 → 110" in done.out and "まだ変えていません" in done.out
    assert made.master.read_bytes() == before and history(made.master) == []
