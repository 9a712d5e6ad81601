"""The texts of whole reports as a reader meets them, kept in tests/data/reports.

After a change that was meant, ``python tests/tools/golden_texts.py`` writes them anew; the
difference is there for review like any other.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from docx import Document as open_docx
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from paths import ROOT, TESTS
from plan_ledgers import ledger_of_plan

from aso_xl.domain.ledger import Ledger
from aso_xl.domain.numerals import FiscalYear
from aso_xl.domain.settings import ReportKind
from aso_xl.report.content.documents import report
from aso_xl.report.word import word

FOLDER: Final = TESTS / "data" / "reports"
WORKBOOKS: Final = ROOT / "workbooks"
BOOKS: Final = ("sample", "second_term")
PLANS: Final = ("midori", "kawabe")
"""Made-up plans that use what the packaged ones do not, straight from their definitions."""


def text_of(ledger: Ledger, kind: ReportKind, round_: FiscalYear | None = None) -> str:
    """Return the text of a report: paragraphs after their style, rows of tables, told charts."""
    stream = io.BytesIO()
    word.write(report(ledger, round_ or ledger.settings.round, kind), stream)
    return "".join(f"{line}\n" for line in _lines(open_docx(stream)))


def _lines(made: object) -> Iterator[str]:
    for block in made.iter_inner_content():  # type: ignore[attr-defined]
        if isinstance(block, Table):
            yield from _rows(block)
            continue
        assert isinstance(block, Paragraph)
        told = [each.get("descr", "") for each in block._p.iter(qn("wp:docPr"))]
        if text := "".join([*block.text.split("\n"), *(f"[図 {each}]" for each in told)]):
            yield f"{block.style.name if block.style else ''}: {text}"


def _rows(table: Table) -> Iterator[str]:
    for row in table._tbl.tr_lst:
        yield f"| {' | '.join(map(_cell, row.tc_lst))} |"


def _cell(cell: Any) -> str:
    """Return the text of a cell, emphasised runs between **, underlined ones between __, after its
    colour if it has one.
    """
    shades = [each.get(qn("w:fill")) for each in cell.iter(qn("w:shd"))]
    return "".join([*(f"[{shade}]" for shade in shades), *map(_run, cell.iter(qn("w:r")))])


def _run(run: Any) -> str:
    text = "".join(t.text or "" for t in run.iter(qn("w:t")))
    looks = run.find(qn("w:rPr"))
    strong = looks is not None and [*looks.iter(qn("w:rStyle"), qn("w:b"))]
    colours = [] if looks is None else [c.get(qn("w:val")) for c in looks.iter(qn("w:color"))]
    underlined = looks is not None and looks.find(qn("w:u")) is not None
    text = f"__{text}__" if underlined else text
    return "".join(f"<{colour}>" for colour in colours) + (f"**{text}**" if strong else text)


def golden(book: str, kind: ReportKind) -> Path:
    return FOLDER / f"{book}_{kind.value}.txt"


def main() -> None:
    from aso_xl.workbook.read.reading import read

    FOLDER.mkdir(exist_ok=True)
    ledgers = {book: read(WORKBOOKS / f"{book}.xlsx") for book in BOOKS}
    ledgers |= {plan: ledger_of_plan(plan) for plan in PLANS}
    for name, ledger in ledgers.items():
        for kind in ReportKind:
            golden(name, kind).write_text(text_of(ledger, kind), encoding="utf-8")


if __name__ == "__main__":
    main()
