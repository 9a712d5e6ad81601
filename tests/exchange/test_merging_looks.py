"""Struck-out and raised words in what comes back: merged as one sees them, and it is said."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from exchange_tools import Town
from lxml import etree
from workbook_tools import MAIN, Xlsx

from aso_xl.exchange.cell_values import Key

R9 = ("1-01-1", "R9")
STRUCK, PLAIN = "<rPr><strike/></rPr>", ""
RAISED = "<rPr><vertAlign val='superscript'/></rPr>"


def put_runs(path: Path, place: tuple[str, str], *runs: tuple[str, str]) -> None:
    book = Xlsx(path)
    book.put(place, None)
    cell = book.cells(place[0])[place[1]]
    cell.set("t", "inlineStr")
    texts = "".join(f"<r>{look}<t>{text}</t></r>" for look, text in runs)
    cell.append(etree.fromstring(f"<is xmlns='{MAIN.strip('{}')}'>{texts}</is>"))
    book.save(path)


@pytest.fixture
def returned(town: Town) -> Path:
    return town.send("農政課", {R9: 1})


def put(path: Path, head: str, *runs: tuple[str, str]) -> None:
    put_runs(path, Xlsx(path).find("1-01-1", head), *runs)


@pytest.mark.parametrize(
    ("runs", "code"),
    [
        (((STRUCK, "3"), (PLAIN, "105")), "struck-text"),
        (((PLAIN, "105"), (RAISED, "1)")), "raised-text"),
    ],
)
def test_the_corrected_figure_is_taken_and_flagged(
    town: Town, returned: Path, runs: tuple[tuple[str, str], ...], code: str
) -> None:
    put(returned, "R9", *runs)
    outcome = town.merge()
    [applied] = outcome.merged.applied
    assert (applied.key, applied.after) == (Key(*R9), "105")
    assert code in [issue.code for issue in outcome.flags[applied.key, applied.file]]
    assert town.value(*R9) == "105"


def test_a_figure_struck_as_a_whole_is_not_taken(town: Town, returned: Path) -> None:
    put(returned, "R9", (STRUCK, "105"))
    outcome = town.merge()
    assert outcome.merged.applied == ()
    assert [(r.id, r.round, r.value, r.reason) for r in outcome.rejected] == [
        ("1-01-1", "R9", "105", "取り消し線のセル")
    ]
    assert town.value(*R9) is None


def test_struck_words_do_not_reach_the_master(town: Town, returned: Path) -> None:
    put(returned, "備考(要因・出典)", (PLAIN, "増えた"), (STRUCK, "減った"))
    outcome = town.merge()
    assert town.value("1-01-1", "remark") == "増えた"
    flags = outcome.flags[Key("1-01-1", "remark"), outcome.merged.applied[0].file]
    assert "struck-text" in [issue.code for issue in flags]


def test_a_struck_figure_of_the_master_gives_way_to_what_comes_back(
    town: Town, returned: Path
) -> None:
    place = Xlsx(town.master).find(*R9)
    put_runs(town.master, place, (STRUCK, "3"), (PLAIN, "5"))
    town.merge()
    assert [a.after for a in town.merge().merged.applied] == []
    conflict = town.merge().open_conflicts
    assert [(c.master, c.submitted) for c in conflict] == [("5", Decimal(1))]
