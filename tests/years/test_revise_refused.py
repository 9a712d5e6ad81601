"""改訂: what a master cannot follow is told in a sentence, and nothing is written."""

from __future__ import annotations

import shutil
from pathlib import Path

from cli_tools import Command
from exchange_tools import Town, decide, sheet_rows
from revision_tools import RENUMBERED, Definition
from year_tools import put

from aso_xl.files.lock import lock_path
from aso_xl.workbook.layout import CHANGES, CONFLICTS


def test_what_a_revision_cannot_follow_is_told(
    town: Town, definition: Definition, aso: Command, tmp_path: Path
) -> None:
    def told(*changes: tuple[str, str], more: tuple[str, ...] = ()) -> str:
        before = town.master.read_bytes()
        done = aso("revise", town.master, definition(*changes), *more)
        assert done.code == 2 and town.master.read_bytes() == before
        assert not lock_path(town.master).exists()
        return done.err

    said = told(('municipality = "架空市"', 'municipality = "別の町"'))
    assert "マスター.xlsx は架空市の「架空の総合戦略」" in said and "別の町の" in said
    assert "番号 other" in told(('id = "sharing"', 'id = "other"'))
    rounds = 'rounds = ["R8", "R9"]\nround = "R9"'
    said = told((rounds, 'rounds = ["R7", "R8"]\nround = "R8"'))
    assert "R9 が、新しい定義の評価年度(rounds)にありません" in said
    said = told(('unit = "人", baseline = "1000"', 'unit = "千人", baseline = "1000"'))
    assert "2-01-1(人→千人)" in said and "factor(単位の倍率)" in said
    assert "評価年度「R12」はありません" in told(more=("--from", "R12"))
    assert "「来年」は年度として読めません" in told(more=("--from", "来年"))
    assert "1-01-1: rule" in told(
        ('target = "120", rule = "以上"', 'target = "120", rule = "ほど"')
    )
    part = town.sent("農政課")
    assert "課に配布したブック" in aso("revise", part, definition()).err
    assert "見つかりません" in aso("revise", town.master, tmp_path / "ない.toml").err
    master = shutil.copy(town.master, tmp_path / "定義でない.xlsx")
    assert aso("revise", town.master, master).code == 2


def test_open_conflicts_stand_in_the_way(town: Town, definition: Definition, aso: Command) -> None:
    put(town.master, "1-01-1", "R9", 5)
    town.send("農政課", {("1-01-1", "R9"): 101, ("1-01-1", "remark"): "文"})
    assert len(town.merge().open_conflicts) == 1
    done = aso("revise", town.master, definition())
    assert done.code == 2 and "競合が1件残っています" in done.err
    decide(town.master, ("いまの値", None))
    town.merge()
    before = {name: sheet_rows(town.master, name) for name in (CONFLICTS, CHANGES)}
    assert aso("revise", town.master, definition(*RENUMBERED)).code == 0
    assert {name: sheet_rows(town.master, name) for name in (CONFLICTS, CHANGES)} == before
    again = town.merge()
    assert not again.open_conflicts and not again.merged.applied and again.output is None
