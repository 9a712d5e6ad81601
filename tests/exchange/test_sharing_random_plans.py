"""Plans made up at random go out to departments and come home: every typed value is found again."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from cli_tools import digest
from expected_cells import expected_cells
from openpyxl.utils.cell import coordinate_to_tuple
from random_plans import definition_of
from workbook_tools import Value, Xlsx

from aso_xl.domain.field_declaration import Type
from aso_xl.exchange.cell_values import Key, keys, same, value_of, values_of
from aso_xl.exchange.cell_values import Value as Stored
from aso_xl.exchange.merge_files import merge_files
from aso_xl.exchange.shares import shares_of
from aso_xl.exchange.split import split
from aso_xl.exchange.standing import State
from aso_xl.exchange.status import status
from aso_xl.workbook.build.template import build
from aso_xl.workbook.layout import CONFLICTS, SUMMARY
from aso_xl.workbook.read.reading import read

SEEDS = range(8)
TEXTS: tuple[Value, ...] = ("文", "=文", "二行\n目", "+1", "－", "1,234")
FIGURES: tuple[Value, ...] = (0, 5, Decimal("101.5"), "未公表", "集計中", "対象外", "約百", "△10")


def typed(random: Random, key: Key) -> Value:
    assert key.declared
    match key.declared.type:
        case Type.ACTUAL:
            return random.choice(FIGURES)
        case Type.NUMBER:
            return random.choice((0, 12, Decimal("3.5"), "多い"))
        case Type.CHOICE:
            return random.choice((*key.declared.choices, "ほか"))
    return random.choice(TEXTS)


def filled(path: Path, random: Random, to: Path) -> dict[Key, Value]:
    """Save a department's workbook with most of its cells typed in; return what was typed."""
    ledger, book = read(path), Xlsx(path)
    found, sent = dict[Key, Value](), values_of(ledger)
    for key in keys(ledger.plan):
        row = ledger.row(key.id)
        assert row is not None and key.field in row.cells, key
        if random.random() < 0.7:
            cell = row.cells[key.field]
            value = typed(random, key)
            book.put((cell.sheet, cell.address), value)
            if not same(sent.get(key), _stored(key, value)):
                found[key] = value
    book.save(to)
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_every_typed_value_comes_home(tmp_path: Path, seed: int) -> None:
    random, master = Random(seed), tmp_path / "マスター.xlsx"
    definition = definition_of(seed)
    master.write_bytes(build(definition))
    before = read(master)
    made, inbox = split(master), tmp_path / "回収"
    inbox.mkdir()
    theirs: list[dict[Key, Value]] = []
    for workbook in made.workbooks:
        sent = read(workbook.path)
        assert sent.oddities == ()
        assert values_of(sent).items() <= values_of(before).items()
        theirs.append(filled(workbook.path, random, inbox / workbook.path.name))
    outcome = merge_files(master, [inbox])
    assert (outcome.rejected, [each.failed for each in outcome.files]) == ((), [None] * len(theirs))
    now, listed = values_of(read(master)), [(c.key, c.submitted) for c in outcome.merged.conflicts]
    came: dict[Key, list[Stored]] = {}
    for values in theirs:
        for key, value in values.items():
            came.setdefault(key, []).append(_stored(key, value))
    for key, values_ in came.items():
        for value in values_:
            assert same(now[key], value) or _is_in(listed, key, value), (key, value)
    untouched = {key: value for key, value in values_of(before).items() if key not in came}
    assert all(same(now[key], value) for key, value in untouched.items())
    stands = digest(master)
    assert (merge_files(master, [inbox]).output, digest(master)) == (None, stands)


def _stored(key: Key, value: Value) -> Stored:
    """Return a typed value as it is compared."""
    number = isinstance(value, Decimal | int)
    return value_of(float(value) if number else str(value), text=key.is_text)  # type: ignore[arg-type]


def _is_in(listed: list[tuple[Key, object]], key: Key, value: object) -> bool:
    return any(key == other and same(value, submitted) for other, submitted in listed)  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", SEEDS)
def test_all_that_is_asked_goes_out_and_nothing_else(tmp_path: Path, seed: int) -> None:
    master = tmp_path / "マスター.xlsx"
    master.write_bytes(build(definition_of(seed)))
    ledger, made = read(master), split(master)
    round_ = ledger.settings.round
    asked = {i.id for i in ledger.plan.indicators() if i.is_asked(round_)}
    assert {id_ for w in made.workbooks for id_ in w.part.indicators} == asked
    assert {id_ for w in made.workbooks for id_ in w.part.measures} == {*ledger.plan.measures}
    travels = {f.key for f in ledger.plan.fields if f.at == "goal" and f.by == "department"}
    goals = {id_ for w in made.workbooks for id_ in w.part.goals}
    assert goals == ({goal.id for goal in ledger.plan.goals} if travels else set())
    secret = {field.key for field in ledger.plan.fields if field.by == "secretariat"}
    for workbook in made.workbooks:
        sent = read(workbook.path)
        assert ({*sent.rows}, {*sent.measures}, {*sent.goals}) == (
            {*workbook.part.indicators},
            {*workbook.part.measures},
            {*workbook.part.goals},
        )
        assert all(secret.isdisjoint(row.cells) for row in sent.every_row())
    nowhere = tmp_path / "提出"
    nowhere.mkdir()
    standings = status(master, [nowhere]).departments
    assert {d.state for d in standings} == {State.MISSING}
    assert [d.asked for d in standings] == [len(part.indicators) for part in shares_of(ledger)]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_merged_master_shows_what_it_comes_to_before_excel_calculates(
    tmp_path: Path, seed: int
) -> None:
    """Protected View shows what is cached: verdicts, grades, what several values come to, counts."""
    random, master = Random(seed), tmp_path / "マスター.xlsx"
    definition = definition_of(seed)
    master.write_bytes(build(definition))
    made, inbox = split(master), tmp_path / "回収"
    inbox.mkdir()
    for workbook in made.workbooks:
        book, sent = Xlsx(workbook.path), read(workbook.path)
        for id_, figures in sent.figures.items():
            target = sent.plan.by_id[id_].target
            for figure in figures.values():
                usual: Value = "達成" if target is None else target + random.choice((-1, 0, 1))
                value = random.choice((usual, usual, usual, "未公表", "対象外"))
                book.put((figure.cell.sheet, figure.cell.address), value)
        book.save(inbox / workbook.path.name)
    assert merge_files(master, [inbox]).rejected == ()
    ledger, book = read(master), Xlsx(master)
    course = {(SUMMARY, at) for at in book.formulas(SUMMARY) if not _is_counted(book, at)}
    expected = {p: v for p, v in expected_cells(ledger, book) if p not in course}
    of_plan = [sheet for sheet in book.sheet_parts if sheet != CONFLICTS]
    formulas = {(sheet, at) for sheet in of_plan for at in book.formulas(sheet)}
    assert expected.keys() == formulas - course  # the course follows what is chosen in Excel
    shown = {place: book.value(*place) for place in expected}
    assert {p: (v, expected[p]) for p, v in shown.items() if v != expected[p]} == {}


def _is_counted(book: Xlsx, address: str) -> bool:
    """Return whether a cell of 集計 is in a table of counts, not among what charts are drawn from."""
    row, column = coordinate_to_tuple(address)
    return any(
        table.top <= row <= table.bottom and table.left <= column <= table.right
        for table in book.tables.values()
        if table.sheet == SUMMARY
    )
