"""Whose a row is: documents, tables, JSON, shares and checks agree, to the character and count."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from builders import indicator, ledger_of, plan_of
from exchange_tools import PLAN
from hypothesis import given
from hypothesis import strategies as st
from workbook_tools import Xlsx

from aso_xl import frames
from aso_xl.cli.json.evaluation import export_payload
from aso_xl.domain import fields
from aso_xl.domain.checks import check
from aso_xl.domain.departments import label, owners
from aso_xl.domain.ledger import Ledger
from aso_xl.domain.summary import Summary, summarize
from aso_xl.domain.words import UNASSIGNED
from aso_xl.exchange.shares import shares_of
from aso_xl.exchange.split import split
from aso_xl.exchange.status import status
from aso_xl.report.content.blocks import DataTable, Heading, Notes
from aso_xl.report.content.sections.departments import by_department, lists
from aso_xl.strategies import definition
from aso_xl.workbook.build.template import build
from aso_xl.workbook.read.reading import read

KNOWN = ("観光課", "がん対策課", "まち・ひと課", "企画 財政課", "A課")
STRANGER = "臨時の課"
BETWEEN = (
    "、",
    "，",
    ",",
    "､",
    "／",
    "/",
    "；",
    "\n",
    "\r\n",
    "、 ",
    " ，\u3000",
    "・",
    "＆",
    " + ",
)
NOBODY = ("", " ", "　", "－", "―", UNASSIGNED, "未設定", "未\u200b割当", "、", "\u200b、\ufeff")
NOISE = ("", " ", "\u3000", "\u200b", "\u00a0", "\ufeff")


@st.composite
def cells(draw: st.DrawFn) -> tuple[str, tuple[str, ...]]:
    """Return what stands in a cell of 担当課, and whose the row is by that."""
    if draw(st.integers(0, 4)) == 0:
        return draw(st.sampled_from(NOBODY)), ()
    names = draw(st.lists(st.sampled_from((*KNOWN, STRANGER)), min_size=1, max_size=3))
    loose = STRANGER not in names
    seps = st.sampled_from(BETWEEN if loose else BETWEEN[:11])
    shown = [draw(st.sampled_from((name, unicodedata.normalize("NFD", name)))) for name in names]
    text = shown[0] + "".join(draw(seps) + name for name in shown[1:])
    noise = st.sampled_from(NOISE)
    return draw(noise) + text + draw(noise), tuple(dict.fromkeys(names))


def ledger_with(texts: Sequence[str]) -> Ledger:
    ids = [f"1-01-{number}" for number in range(1, len(texts) + 1)]
    typed = {
        id_: {fields.DEPARTMENT: text, "R8": 120} for id_, text in zip(ids, texts, strict=True)
    }
    ledger = ledger_of(plan_of(*(indicator(id=id_) for id_ in ids)), typed)
    return replace(ledger, settings=replace(ledger.settings, departments=KNOWN))


def summary_of(ledger: Ledger) -> Summary:
    return summarize(ledger.plan, ledger.actuals, ledger.settings.round, ledger.settings)


def printed(ledger: Ledger) -> Mapping[str, str]:
    """Return the departments of the cross-table, and 合計, with the 項目数 beside each."""
    blocks = by_department(ledger, summary_of(ledger))
    table = next(block for block in blocks if isinstance(block, DataTable))
    return {row[0].text: row[1].text for row in table.rows}


def notes(ledger: Ledger) -> str:
    blocks = by_department(ledger, summary_of(ledger))
    return "\n".join(line for block in blocks if isinstance(block, Notes) for line in block.lines)


def listed(ledger: Ledger) -> Mapping[str, tuple[str, ...]]:
    """Return the ids in the list of each department."""
    found, heading = {}, ""
    for block in lists(ledger, summary_of(ledger)):
        if isinstance(block, Heading):
            heading = block.text
        elif isinstance(block, DataTable):
            found[heading] = tuple(row[0].text for row in block.rows)
    return found


@given(st.lists(cells(), min_size=1, max_size=8))
def test_all_say_the_same_of_any_cell(given_: list[tuple[str, tuple[str, ...]]]) -> None:
    ledger = ledger_with([text for text, _ in given_])
    ids = [f"1-01-{number}" for number in range(1, len(given_) + 1)]
    whose = dict(zip(ids, (names for _, names in given_), strict=True))
    assert {i.id: owners(ledger, i) for i in ledger.plan.indicators()} == whose

    counts = Counter(name for names in whose.values() for name in names or (UNASSIGNED,))
    shown = {name: str(number) for name, number in counts.items()}
    assert printed(ledger) == {**shown, "合計": str(len(ids))}
    assert {name: len(ids) for name, ids in listed(ledger).items()} == counts
    several = [id_ for id_, names in whose.items() if len(names) > 1]
    sentence = (
        f"※いくつかの課が受け持つ指標({'、'.join(several)})は、それぞれの課で数え、合計では1項目と"
    )
    assert (sentence in notes(ledger)) == bool(several)
    summary = summary_of(ledger)
    assert frames.departments(ledger, summary)["total"].to_dict() == counts
    written = ["、".join(names) or None for names in whose.values()]
    assert list(frames.indicators(ledger)["department"]) == written
    assert [each["department"] for each in export_payload(ledger)["indicators"]] == written

    asked = {
        name: tuple(id_ for id_, names in whose.items() if name in (names or (UNASSIGNED,)))
        for name in (*KNOWN, STRANGER, UNASSIGNED)
    }
    shares = {part.department: part.indicators for part in shares_of(ledger)}
    assert shares == listed(ledger) == {name: own for name, own in asked.items() if own}

    people = [i for i in check(ledger, ledger.settings.round) if i.code.startswith("department")]
    assert [i.indicator for i in people if i.code == "department-missing"] == list(
        asked[UNASSIGNED]
    )
    assert [i.indicator for i in people if i.code == "department-unknown"] == list(asked[STRANGER])


@pytest.mark.parametrize(
    "text", ["農政課，観光課", "農政課\n観光課", " 農政課 / 観光課\u200b", "農政課・観光課"]
)
def test_split_and_status_go_by_the_cells_of_a_workbook(tmp_path: Path, text: str) -> None:
    """1-01-2 is of two departments however they are parted: each is asked for it, once."""
    path = tmp_path / "マスター.xlsx"
    path.write_bytes(build(definition.load(str(PLAN))))
    book = Xlsx(path)
    book.put(book.find("1-01-2", "担当課"), text)
    book.put(book.find("1-01-1", "担当課"), "未設定")
    master = book.save(tmp_path / "書込.xlsx")
    ledger = read(master)
    assert label(owners(ledger, ledger.plan.by_id["1-01-2"])) == "農政課、観光課"
    made = split(master, tmp_path / "配布")
    asked = {w.part.department: len(w.part.indicators) for w in made.workbooks}
    assert asked == {"農政課": 2, "観光課": 3, "福祉課": 0, UNASSIGNED: 2}
    assert made.unassigned == ("1-H2", "1-01-1")
    for folder in (tmp_path / "空", made.folder):
        folder.mkdir(exist_ok=True)
        standing = {each.name: each.asked for each in status(master, (folder,)).departments}
        assert standing == asked
