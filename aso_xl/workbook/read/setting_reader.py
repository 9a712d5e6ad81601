"""Reading the sheet 設定: every value checked, a wrong one said and replaced by its default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from ...domain.catalogue import SETTING_INVALID, SETTINGS_MISSING
from ...domain.departments import listed
from ...domain.ledger import Cell, Oddity
from ...domain.numerals import FiscalYear, parse_number
from ...domain.plan import Plan
from ...domain.settings import Courses, Pace, ReportKind, Settings
from ...domain.text import one_line
from ..layout import (
    APPENDIX_KEY,
    BASE_KEY,
    COURSES_KEY,
    DEPARTMENT_HEAD,
    DEPARTMENTS_TABLE,
    EARLIER,
    EARLIER_KEY,
    EXCLUDE,
    HEADING_KEY,
    KIND_KEY,
    LATE_KEY,
    NEAR_KEY,
    ON_TRACK_KEY,
    ON_TRACK_SHARE_KEY,
    PARAGRAPH_KEYS,
    ROUND_KEY,
    SETTING_HEADS,
    SETTINGS,
    SETTINGS_TABLE,
    SLOW_KEY,
    SLOW_SHARE_KEY,
    STATED_KEY,
    UNPUBLISHED_KEY,
    settings_rows,
)
from .identifying import Identified
from .locating import Table, clean

Found = tuple[Settings, Mapping[str, Cell], tuple[Oddity, ...]]


def read_settings(identified: Identified, plan: Plan) -> Found:
    """Return the settings, their cells by key, and what is wrong with them."""
    table = identified.tables.get(SETTINGS_TABLE)
    reader = _SettingReader(plan)
    if table is None:
        return Settings(plan.round), {}, (Oddity(SETTINGS_MISSING, SETTINGS, detail=SETTINGS),)
    key_column, value_column = (table.column(head) or 1 for head in SETTING_HEADS[:2])
    for row in table.rows():
        if key := table.sheet.value(row, key_column):
            reader.cells[one_line(str(key))] = table.sheet.cell(row, value_column)
    for setting in settings_rows(plan):
        if setting.key not in reader.cells and not setting.optional:
            reader.odd.append(Oddity(SETTINGS_MISSING, table.sheet.title, detail=setting.key))
    settings = replace(
        reader.settings(), departments=_departments(identified.tables.get(DEPARTMENTS_TABLE))
    )
    return settings, reader.cells, tuple(reader.odd)


def _departments(table: Table | None) -> tuple[str, ...]:
    column = table.column(DEPARTMENT_HEAD) if table else None
    if table is None or column is None:
        return ()
    values = (table.sheet.value(row, column) for row in table.rows())
    return listed(str(value) for value in values if value is not None)


class _SettingReader:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.cells: dict[str, Cell] = {}
        self.odd: list[Oddity] = []

    def settings(self) -> Settings:
        rows = {s.key: s for s in settings_rows(self.plan)}
        unpublished = self.choice(UNPUBLISHED_KEY, rows[UNPUBLISHED_KEY].choices)
        earlier = self.choice(EARLIER_KEY, rows[EARLIER_KEY].choices)
        stated, near = self.number(STATED_KEY), self.share(NEAR_KEY)
        usual = Settings(self.plan.round)
        return Settings(
            self.round(),
            exclude_unpublished=unpublished == EXCLUDE,
            use_earlier=earlier == EARLIER,
            pace=self.pace(),
            heading=self.text(HEADING_KEY),
            paragraphs=tuple(self.text(key) for key in PARAGRAPH_KEYS),
            appendix_heading=self.text(APPENDIX_KEY) or usual.appendix_heading,
            base_document=self.text(BASE_KEY),
            stated_kpi_total=None if stated is None else int(stated),
            kind=ReportKind(self.choice(KIND_KEY, rows[KIND_KEY].choices)),
            near_percent=usual.near_percent if near is None else near,
            courses=Courses(self.choice(COURSES_KEY, rows[COURSES_KEY].choices)),
        )

    def text(self, key: str) -> str:
        return self.cells[key].text if key in self.cells else ""

    def wrong(self, key: str) -> None:
        cell = self.cells[key]
        self.odd.append(
            Oddity(SETTING_INVALID, cell.sheet, cell.address, detail=f"{key}「{cell.text}」")
        )

    def choice(self, key: str, choices: tuple[str, ...]) -> str:
        if key in self.cells and clean(self.text(key)) not in choices:
            self.wrong(key)
        return clean(self.text(key)) if clean(self.text(key)) in choices else choices[0]

    def round(self) -> FiscalYear:
        if ROUND_KEY not in self.cells:
            return self.plan.round
        try:
            year = FiscalYear.parse(self.text(ROUND_KEY))
        except ValueError:
            year = None
        if year is None or year not in self.plan.rounds:
            self.wrong(ROUND_KEY)
            return self.plan.round
        return year

    def number(self, key: str) -> Decimal | None:
        if not self.text(key):
            return None
        number = parse_number(self.text(key), "%")
        if number is None or number < 0:
            self.wrong(key)
            return None
        return number

    def share(self, key: str) -> Decimal | None:
        """Return a percentage; a share such as 0.8 is refused, since 80 is meant."""
        number = self.number(key)
        if number is not None and 0 < number <= 1:
            self.wrong(key)
            return None
        return number

    def pace(self) -> Pace:
        usual = Pace()
        shares = [self.share(key) for key in (ON_TRACK_SHARE_KEY, SLOW_SHARE_KEY)]
        for key in (ON_TRACK_KEY, SLOW_KEY, LATE_KEY, ON_TRACK_SHARE_KEY, SLOW_SHARE_KEY):
            if key in self.cells and not self.text(key):
                self.wrong(key)
        return Pace(
            self.text(ON_TRACK_KEY) or usual.on_track,
            self.text(SLOW_KEY) or usual.slow,
            self.text(LATE_KEY) or usual.late,
            usual.on_track_share if shares[0] is None else shares[0] / 100,
            usual.slow_share if shares[1] is None else shares[1] / 100,
        )
