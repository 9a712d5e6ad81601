"""Reading a workbook into a Ledger: a file, or what stands behind the port. Nothing is changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ...domain.baselines import corrected
from ...domain.catalogue import LINK_EXTERNAL
from ...domain.cells import CellValue
from ...domain.corrections import reasons_in
from ...domain.ledger import Ledger, Oddity
from ...domain.revising import as_of
from ...domain.settings import Settings
from ..former_plans import former_plans
from ..handout import RECORD
from ..layout import NOTE_HEADS, SLIP
from ..past_figures import past_of
from .assignments import read_assignments
from .book import OpenBook
from .copied_tables import read_copies
from .counts import read_counts
from .our_tables import OurTables, find_our_tables
from .questions import read_questions
from .records import Lines, read_records
from .remarks import read_remarks
from .rows import read_rows
from .settings import read_settings
from .slip import read_slip
from .stamp import read_stamp


def read(path: Path) -> Ledger:
    """Return what the workbook at ``path`` holds.

    What cannot be located is an Oddity of the ledger. Raise WorkbookError, one sentence with the
    remedy, when the file is no workbook of ours or cannot be read at all.
    """
    from .file.workbook_file import open_book  # an open workbook is read without it

    return read_book(open_book(path))


def read_data(data: bytes, name: str, *, beside: bool = False) -> Ledger:
    """Return what the workbook of these bytes holds, as ``read`` does.

    ``beside`` reads what is written outside its tables also where it is a master.
    """
    from .file.package import Package
    from .file.workbook_file import book_of

    return read_book(book_of(Package(data, name)), beside=beside)


def read_book(book: OpenBook, *, beside: bool = False) -> Ledger:
    """Return what an open workbook holds, as ``read_data`` does."""
    stamp = read_stamp(book)
    ours = find_our_tables(book, stamp.plan)
    rows = read_rows(ours, stamp.plan)
    assigned = read_assignments(ours, rows.indicators, rows.measures)
    counts = read_counts(ours, stamp.plan)
    settings = read_settings(ours, stamp.plan)
    copies = read_copies(ours)
    records = read_records(ours, stamp.record, stamp.plan)
    is_handout = bool(stamp.record.get(RECORD))
    plan, baselines = corrected(
        counts.plan, rows.indicators, _reasons(settings.settings, records.lines or ())
    )
    slip = read_slip(ours, stamp.plan, was_sent=SLIP in stamp.record)
    return Ledger(
        plan=as_of(plan, settings.settings.round),
        settings=replace(settings.settings, sample=stamp.is_sample),
        rows=assigned.rows,
        measures=assigned.measures,
        goals=rows.goals,
        setting_cells=settings.cells,
        department_cells=settings.department_cells,
        oddities=(
            *(
                *stamp.oddities,
                *copies.oddities,
                *rows.oddities,
                *assigned.oddities,
                *counts.oddities,
                *records.oddities,
            ),
            *([Oddity(LINK_EXTERNAL)] if book.has_external_links else []),
            *settings.oddities,
            *slip.oddities,
        ),
        areas=ours.areas(),
        shown_counts=counts.shown,
        count_cells=counts.cells,
        record=stamp.record,
        record_rows=stamp.rows,
        past=past_of(stamp.record, stamp.plan),
        strays=rows.strays,
        sheets=book.sheet_names,
        notes=_notes(ours),
        unread=(*rows.unread, *assigned.unread, *copies.unread),
        is_handout=is_handout,
        shown_departments=assigned.shown,
        records=records.records,
        record_lines=records.lines,
        reopened=records.reopened,
        slip=slip.slip,
        slip_cells=slip.cells,
        former=former_plans(stamp.record),
        questions=read_questions(ours),
        baselines=baselines,
        beside=read_remarks(book, ours, rows.columns_of_staff) if is_handout or beside else (),
    )


def _reasons(settings: Settings, lines: Lines) -> dict[str, str]:
    """Return by id why baselines were corrected: what 設定 says, else 確定記録."""
    kept = {id_: reason for (_, id_), reason in reasons_in(lines).items()}
    return kept | dict(settings.baseline_reasons)


def _notes(ours: OurTables) -> dict[str, tuple[dict[str, CellValue], ...]]:
    """Return the rows of the tables that merging keeps, by (cleaned) heading, without empty ones."""
    notes = {}
    for name in NOTE_HEADS:
        if table := ours.by_name.get(name):
            rows = (table.row(number) for number in table.rows())
            filled = (row for row in rows if any(value is not None for value in row.values()))
            notes[name] = tuple(filled)
    return notes
