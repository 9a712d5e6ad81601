"""Workbooks filled at random, as staff might: near the targets, on the ties, with marks and slips."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random

from openpyxl.utils.cell import get_column_letter, range_boundaries
from workbook_tools import MAIN, Formula, Value, Xlsx

from aso_xl.domain.numerals import FiscalYear
from aso_xl.domain.plan import Indicator, Mark, Plan, Verdict
from aso_xl.domain.settings import EARLIER, EXCLUDE, INCLUDE, NOT_EARLIER, keys
from aso_xl.workbook.build.course_block import CHOICES, CHOSEN
from aso_xl.workbook.layout import COUNT_HEADS, SETTINGS_TABLE

GARBAGE = ("不明", "調査中", "－", "約", "n/a", "未公表(予定)", "達成見込み", "?", "-")
"""Texts that Python reads as no number either; what it does read is tested by itself."""
REMARK_HEAD = "備考(要因・出典)"
_NUMBERS, _OF_GRADES = "ttnnfbbpgglz-x", "rrrqqqgg"
"""What kinds of numbers are typed, one letter each; the letters are those of `_number`."""
THRESHOLDS = ((100, 50), (80, 40), (120, 60), (100, 100), (33.3, 12.5), (90, 0))


def fill(source: Path, plan: Plan, seed: int, to: Path) -> Path:
    """Return a copy of an empty workbook with every actual and the settings filled by ``seed``."""
    random, book = Random(seed), Xlsx(source)
    round_ = plan.rounds[seed % len(plan.rounds)]
    thresholds = THRESHOLDS[seed % len(THRESHOLDS)]
    for key, value in _settings(random, round_, thresholds).items():
        put_setting(book, key, value)
    for indicator in plan.indicators():
        for column in filter(indicator.is_asked, plan.rounds):
            share = random.choice((*thresholds, *_steps(plan)))
            aimed, numbers = (
                _aimed(random, indicator),
                _NUMBERS + (_OF_GRADES if plan.grades else ""),
            )
            typed = _typed(random, aimed, column, Decimal(str(share)), numbers)
            book.put(book.find(indicator.id, str(column)), typed)
    put_choice(book, random.choice(choices(book) or [""]))
    _put_validations(book)
    for name, table in book.tables.items():
        if name.startswith("KPI件数"):
            total = random.randrange(0, 41)
            for head, count in zip(
                COUNT_HEADS[1:], (total, random.randint(0, total)), strict=False
            ):
                book.put((table.sheet, table.address(head, table.top + 1)), count)
    return book.save(to)


def _steps(plan: Plan) -> list[Decimal]:
    """Return the thresholds of the plan's grades."""
    return [grade.at_least for grade in plan.grades if grade.at_least is not None]


def _aimed(random: Random, indicator: Indicator) -> Indicator:
    """Return the indicator with one of its targets; of a sum now and then with a part of it."""
    target = random.choice([indicator.target, *(value for _, value in indicator.targets)])
    if target is not None and indicator.aggregate == "sum" and random.random() < 0.7:
        target = (target / random.randint(1, 4)).quantize(Decimal("0.01"))
    return replace(indicator, target=target)


def _put_validations(book: Xlsx) -> None:
    """Put the input rule of each row's first actual into its 備考, where it can be computed."""
    for table in book.tables.values():
        rules = {
            str(rule.get("sqref")).partition(":")[0]: rule.findtext(f"{MAIN}formula1")
            for rule in book.validations(table.sheet)
            if rule.get("type") == "custom"
        }
        for row in table.rows if REMARK_HEAD in table.columns else ():
            cells = (table.address(head, row) for head in table.columns)
            if formula := next((rules[cell] for cell in cells if cell in rules), None):
                book.put((table.sheet, table.address(REMARK_HEAD, row)), Formula(formula))


def put_setting(book: Xlsx, key: str, value: Value) -> tuple[str, str]:
    """Write a setting; return its place."""
    table = book.tables[SETTINGS_TABLE]
    row = next(
        r for r in table.rows if book.value(table.sheet, table.address(table.columns[0], r)) == key
    )
    place = table.sheet, table.address(table.columns[1], row)
    book.put(place, value)
    return place


def name_place(book: Xlsx, name: str) -> tuple[str, str] | None:
    """Return sheet and area of a defined name, None if there is none."""
    for defined in book.workbook.iter(f"{MAIN}definedName"):
        if defined.get("name") == name:
            sheet, area = str(defined.text).replace("$", "").split("!")
            return sheet.strip("'"), area
    return None


def choices(book: Xlsx) -> list[str]:
    """Return what the list under 指標の推移 in 集計 offers."""
    place = name_place(book, CHOICES)
    if place is None:
        return []
    left, top, _, bottom = range_boundaries(place[1])
    column = get_column_letter(left or 0)
    rows = range(top or 0, (bottom or 0) + 1)
    return [str(book.value(place[0], f"{column}{row}")) for row in rows]


def put_choice(book: Xlsx, choice: str) -> None:
    """Choose an indicator under 指標の推移, where there is one to choose."""
    if place := name_place(book, CHOSEN):
        book.put(place, choice)


def _settings(
    random: Random, round_: FiscalYear, thresholds: tuple[float, float]
) -> dict[str, Value]:
    chosen: dict[tuple[str, ...], Value] = {
        ("round",): str(round_),
        ("exclude_unpublished",): random.choice((INCLUDE, EXCLUDE)),
        ("use_earlier",): random.choice((EARLIER, EARLIER, NOT_EARLIER)),
        ("pace", "on_track"): random.choice(("順調", "おおむね順調")),
        ("pace", "slow"): random.choice(("やや遅れ", "やや遅れている")),
        ("pace", "late"): random.choice(("遅れ", "要改善")),
        ("pace", "on_track_share"): thresholds[0],
        ("pace", "slow_share"): thresholds[1],
    }
    return {keys(*path)[0]: value for path, value in chosen.items()}


def _typed(
    random: Random, indicator: Indicator, round_: FiscalYear, share: Decimal, numbers: str
) -> Value:
    kinds = ("number", "unpublished", "mark", "blank", "garbage")
    usual = (63, 16, 8, 6, 7) if indicator.aggregate == "latest" else (80, 8, 8, 2, 2)
    kind = random.choices(kinds, usual)[0]
    match kind:
        case "unpublished":
            return Mark.UNPUBLISHED.value
        case "mark":
            return random.choice((Mark.PENDING.value, Mark.EXCLUDED.value))
        case "blank":
            return None
        case "garbage":
            return random.choice(GARBAGE)
    if indicator.rule.is_typed:
        words = [verdict.value for verdict in Verdict]
        return random.choice([*words, *words, *words, 3, "達"])
    return Decimal(f"{float(_number(random, indicator, round_, share, numbers)):.15g}")


def _number(
    random: Random, indicator: Indicator, round_: FiscalYear, share: Decimal, kinds: str
) -> Decimal:
    target = indicator.target or Decimal(0)
    base = target if indicator.baseline is None else indicator.baseline
    unit = Decimal(1).scaleb(-indicator.decimals)
    way, steps = target - base, 4
    if indicator.baseline_round and indicator.target_round:
        steps = max(1, indicator.target_round - indicator.baseline_round)
    passed = round_ - (indicator.baseline_round or round_)
    kind = random.choice(kinds)
    match kind:
        case "t":  # the target itself
            return target
        case "n":  # beside it, by units of the last decimal
            return target + random.choice((-3, -2, -1, 1, 2, 3)) * unit
        case "f":  # beside it, by one decimal more than the indicator has
            return target + random.choice((-1, 1)) * unit / 10
        case "b":  # about the baseline
            return base + random.choice((-2, -1, 0, 1, 2)) * unit
        case "p":  # progress exactly on a tenth of a percent, or just below
            return (
                base + way * random.randint(-400, 1400) / 1000 - random.choice((0, 1)) * unit / 100
            )
        case "g":  # pace exactly on a threshold, or just beside it
            tie = base + way * passed / steps * share / 100
            return tie + random.choice((-1, 0, 0, 1)) * unit / 100
        case "q":  # progress exactly on a threshold, or just above it
            return base + way * share / 100 + random.choice((0, 0, 1)) * unit / 100
        case "r":  # a share of the target exactly on a threshold, or just beside it
            return target * share / 100 + random.choice((-1, 0, 0, 1)) * unit / 100
        case "l":  # a quotient pasted with all its digits
            return base + way * Decimal(random.uniform(-0.5, 1.5))
        case "z":
            return Decimal(0)
        case "-":
            return -target
    return target * 10
