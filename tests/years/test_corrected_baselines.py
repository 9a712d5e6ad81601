"""A baseline that was published otherwise, typed on the sheet: judged by it, confirmed rounds by theirs."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from cli_tools import Command
from golden_texts import text_of
from workbook_tools import Xlsx
from year_tools import codes, found, put, put_in_record, put_setting

from aso_xl.defining.toml_text import toml_text
from aso_xl.domain.numerals import FiscalYear
from aso_xl.domain.settings import ReportKind
from aso_xl.strategies.definition import load
from aso_xl.workbook.read.reading import read

R8, R9 = FiscalYear(2026), FiscalYear(2027)
ID, KEY = "1-01-1", "基準値の訂正理由"
NOTE = "※「有害鳥獣捕獲従事者数」の基準値は公表後に訂正: 94→96人(県の集計の改定)。"


def correct(path: Path) -> None:
    put(path, ID, "基準値", 96)
    put_setting(path, KEY, f"{ID} 県の集計の改定")


def test_without_a_reason_it_is_a_change_of_the_definition(master: Path, aso: Command) -> None:
    put(master, ID, "基準値", 96)
    [message] = found(aso, master, "definition-changed")
    assert "基準値が「96」になっています(総合戦略では「94人」)。" in message and KEY in message
    assert read(master).plan.by_id[ID].baseline == Decimal(94)


def test_with_a_reason_it_is_judged_by_it(master: Path, aso: Command) -> None:
    def progress() -> str:
        indicators = aso("evaluate", master, "--json").json["indicators"]
        return str(next(each["progress"] for each in indicators if each["id"] == ID))

    before = progress()
    correct(master)
    assert "definition-changed" not in codes(aso, master)
    [message] = found(aso, master, "corrected")
    assert "基準値 94人 を 96人 に訂正しています(県の集計の改定)。" in message
    assert (before, progress()) == ("103.8", "104.1")
    exported = aso("export", master, "--json").json["indicators"]
    assert next(each["baseline"] for each in exported if each["id"] == ID) == "96"


def test_documents_say_it(master: Path) -> None:
    correct(master)
    text = text_of(read(master), ReportKind.ANNUAL)
    assert NOTE in text and "96人(訂正)" in text.replace("\n", "").replace(" ", "")


@pytest.mark.parametrize("where", ["設定", "確定記録"])
def test_confirmed_rounds_keep_theirs(master: Path, aso: Command, where: str) -> None:
    assert aso("close", master, "--round", "R8", "--by", "田中").code == 0
    then = text_of(read(master), ReportKind.ANNUAL, R8)
    put(master, ID, "基準値", 96)
    assert "definition-changed" in codes(aso, master)
    if where == "設定":
        put_setting(master, KEY, f"{ID} 県の集計の改定")
    else:
        put_in_record(master, ID, "訂正理由", "県の集計の改定")
    assert codes(aso, master) & {"definition-changed", "record-edited"} == set()
    ledger = read(master)
    assert ledger.records[R8].plan.by_id[ID].baseline == Decimal(94)
    assert ledger.plan.by_id[ID].baseline == Decimal(96)
    now = text_of(ledger, ReportKind.ANNUAL, R8)
    assert NOTE in now and [line for line in now.splitlines() if NOTE not in line] == [
        line for line in then.splitlines() if NOTE not in line
    ]
    later = text_of(ledger, ReportKind.ANNUAL, R9)
    changed = later[later.index("前回から変わった指標") :]
    assert changed.index(NOTE) < changed.index("※前回の達成状況は、確定したときの値によります。")


def test_a_round_confirmed_with_it_keeps_it(master: Path, aso: Command) -> None:
    correct(master)
    assert aso("close", master, "--by", "田中").code == 0
    then = text_of(read(master), ReportKind.ANNUAL)
    record = read(master).records[R9]
    assert record.baselines == {ID: Decimal(96)}
    assert record.plan.by_id[ID].baseline == Decimal(96)
    assert codes(aso, master) & {"record-edited", "confirmed-changed"} == set()
    assert NOTE in then
    put(master, ID, "基準値", 90)
    assert text_of(read(master), ReportKind.ANNUAL).replace(NOTE, "") == then.replace(NOTE, "")


def test_a_reason_without_a_number_is_said(master: Path, aso: Command) -> None:
    put_setting(master, KEY, "県の集計の改定のため")
    [message] = found(aso, master, "setting-invalid")
    assert f"{KEY}「県の集計の改定のため」" in message


def test_a_reason_for_a_baseline_that_is_as_defined_is_said(master: Path, aso: Command) -> None:
    put_setting(master, KEY, f"{ID} 県の集計の改定、1-01-2 別の理由")
    put(master, ID, "基準値", 96)
    issues = aso("check", master, "--json").json["issues"]
    assert [i["indicator"] for i in issues if i["code"] == "baseline-as-defined"] == ["1-01-2"]


def test_a_revision_of_the_strategy_carries_it_over(
    master: Path, aso: Command, tmp_path: Path
) -> None:
    correct(master)
    raw: Any = json.loads(load("third").text)
    kpis = (
        kpi for goal in raw["goals"] for each in goal["measures"] for kpi in each.get("kpis", ())
    )
    own = next(kpi for kpi in kpis if kpi["id"] == ID)
    own |= {"id": "1-01-9", "was": [ID]}
    revised = tmp_path / "改訂.toml"
    revised.write_text(toml_text(raw, {}), encoding="utf-8")
    done = aso("revise", master, revised, "--json")
    assert done.code == 0, done.err
    ledger = read(master)
    assert ledger.plan.by_id["1-01-9"].baseline == Decimal(96)
    assert ledger.settings.baseline_reasons == (("1-01-9", "県の集計の改定"),)
    assert codes(aso, master) & {"definition-changed", "baseline-as-defined"} == set()


def test_departments_get_the_corrected_baseline(master: Path, aso: Command, tmp_path: Path) -> None:
    correct(master)
    assert aso("split", master, "-o", tmp_path / "配布").code == 0
    for path in (tmp_path / "配布").glob("*.xlsx"):
        ledger = read(path)
        assert ledger.baselines == ()
        if ID in ledger.plan.by_id:
            book = Xlsx(path)
            assert book.value(*book.find(ID, "基準値")) == 96
            assert "definition-changed" not in codes(aso, path)
            break
    else:
        pytest.fail("no department has the indicator")
