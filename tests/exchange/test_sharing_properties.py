"""Several parties type at random in real workbooks: every value is found again."""

from __future__ import annotations

import tempfile
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from cli_tools import digest
from exchange_tools import Made, Town, answer, asked, decide, town_in
from workbook_tools import Value

from aso_xl.domain.questions import ANSWER, said
from aso_xl.exchange.cell_values import Key, same, values_of
from aso_xl.exchange.merge_files import MergeResult
from aso_xl.exchange.send_back import send_back
from aso_xl.exchange.three_way import CHOICES
from aso_xl.workbook.read.reading import read

FIGURES: tuple[Value, ...] = (None, 5, Decimal("101.5"), -3, "未公表", "約百", "=1+1", "△10")
TEXTS: tuple[Value, ...] = (None, "文", "=文", "二行\n目", "🍎 & <b>", "+1", "農政課")
FIXED: tuple[Value, ...] = (7, "書換え")


def edits(random: Random, town: Town, department: str) -> dict[tuple[str, str], Value]:
    """Return what a department types: mostly its own cells, at times what is not its own."""
    ledger = read(town.sent(department))
    found: dict[tuple[str, str], Value] = {}
    for key in values_of(ledger):
        if random.random() < 0.3:
            found[key.id, key.field] = random.choice(TEXTS if key.is_text else FIGURES)
    for id_ in ledger.rows:
        if random.random() < 0.2:
            found[id_, random.choice(("目標値", "指標"))] = random.choice(FIXED)
    return found


def assert_found(
    town: Town, outcome: MergeResult, typed: list[dict[tuple[str, str], Value]]
) -> None:
    values = values_of(read(town.master))
    listed = [(c.key, c.submitted) for c in outcome.merged.conflicts]
    rejected = [(r.id, r.label, r.value) for r in outcome.rejected]
    for (id_, field), value in (item for each in typed for item in each.items()):
        key = Key(id_, field)
        if key in values:
            assert same(values[key], value) or (key, value) in listed, (key, value)
        else:
            label = {"指標": "指標名"}.get(field, field)
            assert (id_, label, value) in rejected, (id_, field, value)


@pytest.mark.parametrize("seed", range(4))
def test_every_typed_value_is_in_the_master_a_conflict_or_rejected(made: Made, seed: int) -> None:
    random = Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        town = town_in(Path(folder), made)
        typed = []
        for number in range(4):
            department = random.choice(["農政課", "観光課", "福祉課", "未割当"])
            typed.append(edits(random, town, department))
            town.send(department, typed[-1], f"{number}.xlsx")
        outcome = town.merge()
        assert_found(town, outcome, [_without_sent(made, each) for each in typed])
        before = digest(town.master)
        again = town.merge()
        assert (again.output, digest(town.master)) == (None, before)
        if outcome.open_conflicts:
            decide(town.master, *[(random.choice(CHOICES[:2]), None)] * 3)
            assert not town.merge().merged.rejected
            before = digest(town.master)
            assert town.merge().output is None
            assert digest(town.master) == before


def _without_sent(made: Made, typed: dict[tuple[str, str], Value]) -> dict[tuple[str, str], Value]:
    """Return what was typed, less the cells filled with what stood there: no change to be seen."""
    sent = values_of(read(made.master))
    return {
        at: value
        for at, value in typed.items()
        if Key(*at) not in sent or not same(sent[Key(*at)], value)
    }


@pytest.mark.parametrize("seed", range(2))
def test_two_rounds_of_sending_back_lose_nothing(made: Made, seed: int) -> None:
    """Whether or not it was merged before, what was typed comes home with the marked workbooks."""
    random = Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        town = town_in(Path(folder), made)
        typed = [edits(random, town, name) for name in ("農政課", "観光課")]
        for name, each in zip(("農政課", "観光課"), typed, strict=True):
            town.send(name, each)
        for number in range(2):
            if random.random() < 0.5:
                town.merge()
            asked(town.master, ("1-01-1", f"{number}?"), ("2-01-1", f"{number}?"))
            back = send_back(town.master, [town.inbox])
            assert {b.department for b in back.workbooks} >= {"農政課", "観光課"}
            for each_back in back.workbooks:
                answers = {q.number: f"答{q.number}" for q in each_back.questions}
                answer(each_back.path, answers, town.inbox / each_back.path.name)
        outcome = town.merge()
        assert_found(town, outcome, typed)
        shown = {id_: said(row, ANSWER) for id_, row in read(town.master).sent_questions.items()}
        assert shown == {id_: f"答{id_}" for id_ in shown} and len(shown) == 4
