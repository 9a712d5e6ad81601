"""Re-issued is as good as new: an unedited report brought to another workbook is that one's report."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from base_tools import based_on
from lxml import etree
from reissue_tools import numbered_parts
from test_ooxml_validator import findings, validator  # noqa: F401

from aso_xl.domain import fields as words
from aso_xl.domain.cells import CellValue
from aso_xl.domain.ledger import Ledger
from aso_xl.domain.settings import Courses, Pace, ReportKind
from aso_xl.report.content.documents import report
from aso_xl.report.reissue.changes import Renewal
from aso_xl.report.reissue.edited_document import OpenedDocument
from aso_xl.report.reissue.renewal import renew
from aso_xl.report.word.word import write
from aso_xl.workbook.read.reading import read

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
ROUNDS = ("R7", "R8", "R9")
TEXTS = (words.EFFORTS, words.PROBLEMS, words.DIRECTION)

Cells = Mapping[tuple[str, str], CellValue]


@pytest.fixture(scope="module")
def sample(sample_path: Path) -> Ledger:
    return read(sample_path)


def typed(ledger: Ledger, cells: Cells) -> Ledger:
    """Return the workbook with other values in cells, by indicator or 施策 and field."""
    rows, measures = dict(ledger.rows), dict(ledger.measures)
    for (id_, field), value in cells.items():
        table = measures if id_ in measures else rows
        row = table[id_]
        cell = replace(row.cells[field], value=value)
        table[id_] = replace(row, cells={**row.cells, field: cell})
    return replace(ledger, rows=rows, measures=measures)


def figures(ledger: Ledger, value: CellValue, *rounds: str, goal: int = 0) -> Ledger:
    """Return the workbook with the same in every cell of rounds, or of one goal."""
    ids = (i.id for i in ledger.plan.indicators() if goal in (0, i.goal))
    return typed(ledger, {(id_, round_): value for id_ in ids for round_ in rounds})


def offices(ledger: Ledger, *names: str | None) -> Ledger:
    ids = [indicator.id for indicator in ledger.plan.indicators()]
    return typed(
        ledger, {(id_, words.DEPARTMENT): names[n % len(names)] for n, id_ in enumerate(ids)}
    )


def written(ledger: Ledger, text: str | None) -> Ledger:
    cells = {(id_, field): text for id_ in ledger.measures for field in TEXTS}
    cells |= {(i.id, words.REMARK): text for i in ledger.plan.indicators()}
    return typed(ledger, cells)


def setting(ledger: Ledger, **settings: Any) -> Ledger:
    return replace(ledger, settings=replace(ledger.settings, **settings))


def late(ledger: Ledger) -> Ledger:
    """Return the workbook with indicators that have fallen behind, and some that have caught up."""
    return typed(
        ledger,
        {
            ("1-01-1", "R9"): 95,
            ("2-H3", "R9"): -20,
            ("1-01-2", "R9"): 500,
            ("1-02-1", "R9"): "未公表",
            ("3-H1", "R9"): None,
            ("4-28-1", "R9"): "対象外",
        },
    )


SHIFTS: dict[str, tuple[Callable[[Ledger], Ledger], Callable[[Ledger], Ledger]]] = {
    "figures": (lambda s: s, late),
    "none late, none near": (lambda s: s, lambda s: figures(s, 10**9, *ROUNDS)),
    "every one late": (lambda s: s, lambda s: figures(s, 0, "R9")),
    "the first figures": (lambda s: figures(s, None, *ROUNDS), lambda s: s),
    "the round before": (lambda s: figures(s, None, "R7", "R8"), lambda s: s),
    "a goal": (lambda s: figures(s, None, *ROUNDS, goal=2), lambda s: s),
    "offices": (lambda s: offices(s, None, "観光課"), lambda s: offices(s, "農政課", "観光課")),
    "texts": (lambda s: written(s, None), lambda s: written(s, "取り組んだ。\n続ける。")),
    "other texts": (lambda s: written(s, "前の文"), lambda s: written(s, "新しい文")),
    "denominator": (lambda s: s, lambda s: setting(s, exclude_unpublished=True)),
    "words": (lambda s: s, lambda s: setting(s, pace=Pace("よい", "ふつう", "わるい"))),
    "near": (lambda s: s, lambda s: setting(s, near_percent=Decimal(100))),
    "courses": (lambda s: setting(s, courses=Courses.NONE), lambda s: late(s)),
    "heading": (
        lambda s: s,
        lambda s: setting(s, heading="6. 検証", paragraphs=("前文", "二文目")),
    ),
    "sample": (lambda s: setting(s, sample=False), lambda s: s),
}


def made(ledger: Ledger, kind: ReportKind, base: Path | None = None, **how: Any) -> bytes:
    out = io.BytesIO()
    write(report(ledger, ledger.settings.round, kind, workbook="a.xlsx", **how), out, base)
    return out.getvalue()


def updated(old: bytes, new: Ledger, kind: ReportKind, **how: Any) -> tuple[Renewal, bytes]:
    opened = OpenedDocument(old, "文書.docx")
    wanted = report(new, new.settings.round, kind, workbook="a.xlsx", **how)
    return renew(opened, wanted), opened.saved()


def lines(root: etree._Element) -> list[tuple[str, ...]]:
    """Return what is printed, a paragraph each: whether in a table, style, text, alternative text."""
    found = []
    for paragraph in root.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        signs = paragraph.iter(f"{W}t", f"{W}br")
        text = "".join(e.text or "" if e.tag == f"{W}t" else "\n" for e in signs)
        told = "".join(e.get("descr", "") for e in paragraph.iter(f"{WP}docPr"))
        in_table = next(paragraph.iterancestors(f"{W}tc"), None) is not None
        if text or told or in_table:
            look = "" if style is None else style.get(f"{W}val", "")
            found.append(("|" * in_table, look, text, told))
    return found


def merges(root: etree._Element) -> list[list[str]]:
    return [
        [m.get(f"{W}val", "continue") for m in row.iter(f"{W}vMerge")]
        for row in root.iter(f"{W}tr")
    ]


def charts(package: zipfile.ZipFile, root: etree._Element) -> list[tuple[str, bytes, bytes]]:
    """Return of each chart its height, its part and its workbook."""
    links = targets(package, "word/_rels/document.xml.rels")
    found = []
    for chart in root.iter(f"{C}chart"):
        part = f"word/{links[chart.get(LINK, '')]}"
        folder, _, name = part.rpartition("/")
        (book,) = targets(package, f"{folder}/_rels/{name}.rels").values()
        extent = next(chart.iterancestors(f"{WP}inline")).find(f"{WP}extent")
        assert extent is not None
        xml = etree.tostring(etree.fromstring(package.read(part)), method="c14n")
        found.append((extent.get("cy", ""), xml, package.read(book.replace("..", "word"))))
    return found


def targets(package: zipfile.ZipFile, part: str) -> dict[str, str]:
    links = etree.fromstring(package.read(part))
    return {link.get("Id", ""): link.get("Target", "") for link in links}


def contents(data: bytes) -> dict[str, Any]:
    """Return everything that a reader, a screen reader and a later re-issue find in a document."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
        others = [n for n in package.namelist() if re.match(r"word/(header|footer)\d", n)]
        told = [e.get(f"{W}val") for e in root.iter(f"{W}tblDescription", f"{W}tblCaption")]
        return {
            "lines": lines(root),
            "merges": merges(root),
            "tables": told,
            "charts": charts(package, root),
            "headers": sorted(
                line for n in others for line in lines(etree.fromstring(package.read(n)))
            ),
            "record": "".join(
                map(str, etree.fromstring(package.read("docProps/custom.xml")).itertext())
            ),
            "memory": package.read("customXml/item1.xml"),
        }


WITH_FIGURES = [kind for kind in ReportKind if not kind.is_of_plan and kind != ReportKind.OPINIONS]
"""Kinds that other figures change; in the others there is nothing to renew."""


@pytest.mark.parametrize("kind", ReportKind)
@pytest.mark.parametrize("shift", SHIFTS)
def test_an_unedited_report_becomes_the_fresh_one_and_the_old_one_again(
    sample: Ledger, kind: ReportKind, shift: str
) -> None:
    old, new = (change(sample) for change in SHIFTS[shift])
    shown = made(old, kind)
    for ledger in (new, old):
        found, shown = updated(shown, ledger, kind)
        assert (found.missing, found.left, found.kept, found.remarks) == ((), (), (), ())
        wanted, done = contents(made(ledger, kind)), contents(shown)
        if not found.renewed:  # nothing is written then, so what it remembers stays as well
            wanted |= {name: done[name] for name in ("record", "memory")}
        assert done == wanted
        assert updated(shown, ledger, kind)[0] == Renewal()


@pytest.mark.parametrize("kind", WITH_FIGURES)
@pytest.mark.parametrize("seed", range(3))
def test_random_figures(sample: Ledger, kind: ReportKind, seed: int) -> None:
    random = Random(seed)
    some = [i.id for i in sample.plan.indicators() if i.rule.label != "定性"]
    marks = ("未公表", "対象外", "集計中", None)
    cells = {
        (id_, round_): random.choice([random.randrange(200), *marks])
        for id_ in some
        for round_ in ROUNDS
        if random.random() < 0.4
    }
    new = typed(sample, cells)
    found, done = updated(made(sample, kind), new, kind)
    assert (found.missing, found.left, found.kept) == ((), (), ())
    assert contents(done) == contents(made(new, kind))


@pytest.mark.parametrize("shift", ["figures", "a goal", "the round before"])
@pytest.mark.parametrize(
    "lines",
    [
        ("表紙 {{達成率}}", "{{推移}}", "{{本文}}", "{{概要}}"),
        ("{{評価}}", "{{達成項目数}}項目", "{{推移}}"),
    ],
)
def test_a_report_on_a_base_of_staffs_own(
    sample: Ledger, tmp_path: Path, shift: str, lines: tuple[str, ...]
) -> None:
    """Sections stand in the order of the base, some of them not at all."""
    kind, base = ReportKind.ANNUAL, based_on(tmp_path, *lines)
    old, new = (change(sample) for change in SHIFTS[shift])
    for one, other in ((old, new), (new, old)):
        found, done = updated(made(one, kind, base), other, kind)
        assert (found.missing, found.left, found.kept, found.remarks) == ((), (), (), ())
        assert contents(done) == contents(made(other, kind, base))


def test_a_draft_becomes_final_and_a_draft_again(sample: Ledger) -> None:
    kind = ReportKind.ANNUAL
    draft = made(sample, kind, draft=True, errors=3)
    found, final = updated(draft, sample, kind)
    assert next((c.label, c.before, c.after) for c in found.renewed) == (
        "文書の先頭の表示",
        "下書き(入力のエラー3件が未解決)\n記入例(架空の値)",
        "記入例(架空の値)",
    )
    assert contents(final) == contents(made(sample, kind))
    again = updated(final, sample, kind, draft=True, errors=3)[1]
    assert contents(again) == contents(draft)


def test_banners_come_into_a_document_without_headers(sample: Ledger) -> None:
    kind, plain = ReportKind.DIGEST, setting(sample, sample=False)
    assert "word/header1.xml" not in numbered_parts(made(plain, kind))
    done = updated(made(plain, kind), sample, kind)[1]
    assert ("", "Header", "記入例(架空の値)", "") in contents(done)["headers"]
    assert contents(done) == contents(made(sample, kind))


def test_charts_that_go_leave_nothing_in_the_package(sample: Ledger) -> None:
    kind = ReportKind.ANNUAL
    empty = figures(sample, None, *ROUNDS)
    done = updated(made(sample, kind), empty, kind)[1]
    assert len(numbered_parts(done)) == len(numbered_parts(made(empty, kind)))
    back = updated(done, sample, kind)[1]
    assert len(numbered_parts(back)) == len(numbered_parts(made(sample, kind)))


@pytest.mark.parametrize(
    ("shift", "kind"),
    [
        ("the first figures", ReportKind.ANNUAL),
        ("texts", ReportKind.ANNUAL),
        ("offices", ReportKind.DEPARTMENTS),
        ("the round before", ReportKind.DIGEST),
        ("sample", ReportKind.VERIFICATION),
    ],
)
def test_renewed_documents_are_valid(
    sample: Ledger,
    validator: str,  # noqa: F811
    tmp_path: Path,
    kind: ReportKind,
    shift: str,
) -> None:
    old, new = (change(sample) for change in SHIFTS[shift])
    there = updated(made(old, kind), new, kind)[1]
    for name, data in (("there", there), ("back", updated(there, old, kind)[1])):
        path = tmp_path / f"{name}.docx"
        path.write_bytes(data)
        assert findings(validator, path) == []
