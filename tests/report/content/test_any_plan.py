"""Documents of plans made up at random, with random figures: what re-issuing and Word rely on."""

from __future__ import annotations

import io
import re
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

import docx
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from plan_ledgers import ledger_of_definition, ledger_of_plan
from random_plans import definition_of
from reissue_tools import printed, renewed, rows
from test_kinds import WORD_LIMIT, figures, names, parts

from aso_xl.domain.cells import Cell, CellValue
from aso_xl.domain.ledger import Ledger
from aso_xl.domain.plan import Indicator, Plan
from aso_xl.domain.settings import Courses, ReportKind
from aso_xl.report.content.blocks import MARK, Chart, DataTable, Document, Heading, Reference
from aso_xl.report.content.documents import report
from aso_xl.report.reissue.changes import Renewal
from aso_xl.report.word.word import write

SEEDS = st.integers(0, 10**6)
MARKS = ("未公表", "集計中", "対象外", None)


def filled(ledger: Ledger, random: Random) -> Ledger:
    """Return the ledger with figures typed into most rounds in which an indicator is asked."""
    found = {}
    for indicator in ledger.plan.indicators():
        row = ledger.rows[indicator.id]
        typed = {
            str(round_): Cell("表", "A1", figure(indicator, random))
            for round_ in ledger.plan.rounds
            if indicator.is_asked(round_)
        }
        found[indicator.id] = replace(row, cells={**row.cells, **typed})
    return replace(ledger, rows=found)


def figure(indicator: Indicator, random: Random) -> CellValue:
    if random.random() < 0.2:
        return random.choice(MARKS)
    if indicator.rule.is_typed:
        return random.choice(("達成", "未達成"))
    target = float(indicator.target or 0)
    return round(target * random.uniform(0.4, 1.3) + random.choice((0, 0, 1, -1)), 2)


def ledger_of(seed: int) -> Ledger:
    """Return the ledger of a plan made up by a seed, in one of its rounds, with random figures."""
    random = Random(seed)
    ledger = filled(ledger_of_definition(definition_of(seed)), random)
    round_, courses = random.choice(ledger.plan.rounds), random.choice(list(Courses))
    return replace(ledger, settings=replace(ledger.settings, round=round_, courses=courses))


def all_rows(path: Path) -> list[list[list[str]]]:
    """Return the texts of all tables, a list per row."""
    return [rows(path, number) for number in range(len(docx.Document(str(path)).tables))]


def made(ledger: Ledger, kind: ReportKind) -> Document:
    return report(ledger, ledger.settings.round, kind)


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_every_kind_of_any_plan_can_be_found_again_and_reads_in_order(seed: int) -> None:
    ledger = ledger_of(seed)
    said: dict[str, str] = {}
    for kind in ReportKind:
        document = made(ledger, kind)
        found = Counter(names(document))
        assert not [name for name, times in found.items() if times > 1], kind
        assert all(re.fullmatch(r"[A-Za-z0-9_]+", name) for name in found), kind
        assert max(map(len, found), default=0) + len(MARK) <= WORD_LIMIT, kind
        captioned = {b.name for b in document.blocks() if isinstance(b, DataTable | Chart)}
        asked = {p.name for b in document.blocks() for p in parts(b) if isinstance(p, Reference)}
        assert asked <= captioned, kind
        level = 0
        for block in document.blocks():
            own = block.level if isinstance(block, Heading) else level
            assert own <= level + 1 or level == 0, kind
            level = own
        for name, text in figures(document):
            bare = re.sub(r"※\d+", "※", text)
            assert said.setdefault(name, bare) == bare, (kind, name)


@settings(max_examples=25, deadline=None)
@given(SEEDS)
def test_what_is_counted_is_what_the_lists_show(seed: int) -> None:
    """A reader who counts the verdicts and grades of the lists, but for brackets, gets the counts."""
    ledger = ledger_of(seed)
    document = made(ledger, ReportKind.DEPARTMENTS)
    tables = {b.name: b for b in document.blocks() if isinstance(b, DataTable)}
    assume("dept" in tables)
    assume(not ledger.plan.same_figures() and not shares_values(ledger.plan))
    grades = [grade.name for grade in ledger.plan.grades]
    for counts in rows_of(tables["dept"])[:-1]:
        name = counts["担当課"]
        lines = rows_of(next(t for t in tables.values() if t.caption.startswith(f"{name}の指標(")))
        verdicts = Counter(line["達成状況"].split("\n")[0] for line in lines)
        assert (verdicts["達成"], verdicts["未達成"]) == (
            int(counts["達成"]),
            int(counts["未達成"]),
        )
        graded = Counter(line.get("評価区分") for line in lines)
        assert [graded[grade] for grade in grades] == [int(counts[grade]) for grade in grades]


def shares_values(plan: Plan) -> bool:
    """Return whether a value belongs to two indicators of several values."""
    ids = [id_ for relation in plan.together for id_ in relation.ids]
    return len(ids) != len(set(ids))


def rows_of(table: DataTable) -> list[dict[str, str]]:
    """Return the rows of a table: text by heading."""
    heads = [column.title for column in table.columns]
    return [dict(zip(heads, (cell.text for cell in row), strict=True)) for row in table.rows]


def test_an_indicator_of_two_departments_stands_in_both_lists(tmp_path: Path) -> None:
    ledger = ledger_of_plan("midori")
    row = ledger.rows["1-03-1"]
    both = {**row.cells, "department": replace(row.cells["department"], value="観光課、農政課")}
    ledger = replace(ledger, rows={**ledger.rows, "1-03-1": replace(row, cells=both)})
    with (tmp_path / "担当課別.docx").open("wb") as stream:
        write(document := made(ledger, ReportKind.DEPARTMENTS), stream)
    shown = [
        table.caption
        for table in document.blocks()
        if isinstance(table, DataTable) and "1_03_1" in table.keys
    ]
    assert shown == ["観光課の指標(令和5年度)", "農政課の指標(令和5年度)"]


@settings(max_examples=20, deadline=None)
@given(SEEDS, st.sampled_from(ReportKind))
def test_a_document_of_any_plan_renewed_is_a_fresh_one(seed: int, kind: ReportKind) -> None:
    ledger = ledger_of(seed)
    old, new = made(ledger, kind), made(filled(ledger, Random(seed + 1)), kind)
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, name) for name in ("旧.docx", "新.docx")]
        for path, document in zip(paths, (old, new), strict=True):
            stream = io.BytesIO()
            write(document, stream)
            path.write_bytes(stream.getvalue())
        assert renewed(paths[0], old)[0] == Renewal()
        found, done = renewed(paths[0], new)
        assert renewed(done, new)[0].renewed == ()
        if not found.left:  # words that lost their table stay, and staff are told
            assert printed(done) == printed(paths[1])
            assert all_rows(done) == all_rows(paths[1])
