"""What every formula cell of a workbook must show, by what Python reads, judges and counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal

from openpyxl.utils.cell import (
    column_index_from_string,
    coordinate_from_string,
    get_column_letter,
    range_boundaries,
)
from random_fillings import name_place
from workbook_tools import Error, Value, Xlsx

from aso_xl.domain.achievement import JUDGED, Achievement, Result
from aso_xl.domain.checks import values
from aso_xl.domain.figures import EnteredFigure
from aso_xl.domain.ledger import Ledger
from aso_xl.domain.numerals import FiscalYear
from aso_xl.domain.plan import Indicator, Kind
from aso_xl.domain.revising import held
from aso_xl.domain.straight_line import may_have_line
from aso_xl.domain.summary import Count, GoalSummary, Summary, rate, summarize
from aso_xl.domain.targets import aim_of
from aso_xl.workbook.build.course_block import CHOICES, CHOSEN
from aso_xl.workbook.build.line_block import FACTS
from aso_xl.workbook.build.progress_block import TARGET
from aso_xl.workbook.layout import SUMMARY

FORBIDDEN = {"percent-fraction", "negative", "fractional-count", "over-100", "not-a-rank"}
"""Findings of values that no cell lets in."""
Place = tuple[str, str]
KINDS: tuple[tuple[Kind, str, str], ...] = (
    ("kpi", "集計_KPI", "集計_KPI区分"),
    ("headline", "集計_数値目標", "集計_数値目標区分"),
)


def expected_cells(ledger: Ledger, book: Xlsx) -> Iterator[tuple[Place, Value]]:
    """Yield every formula cell with the value it must show, numbers at 15 digits."""
    for place, value in _every(ledger, book):
        yield place, Decimal(f"{float(value):.15g}") if isinstance(value, Decimal) else value


def _every(ledger: Ledger, book: Xlsx) -> Iterator[tuple[Place, Value]]:
    settings = ledger.settings
    summary = summarize(ledger.plan, ledger.actuals, settings.round, settings)
    for id_, achievement in summary.achievements.items():
        cells = ledger.rows[id_].cells
        for field, value in _row(ledger, achievement).items():
            if cells[field].is_formula:
                yield (cells[field].sheet, cells[field].address), value
    for figure in ledger.every_figure():
        remark = ledger.rows[figure.indicator.id].cells["remark"]
        first = next(iter(ledger.figures[figure.indicator.id]))
        if figure.round == first and remark.is_formula:
            yield (remark.sheet, remark.address), _may_be_typed(figure)
    for sheet in book.sheet_parts:
        for at, formula in book.formulas(sheet).items():
            if formula.startswith('"評価年度: "'):
                yield (sheet, at), f"評価年度: {settings.round}"
    yield ("_aso_xl", "G1"), Decimal(ledger.plan.rounds.index(settings.round) + 1)
    yield ("_aso_xl", "G2"), Decimal(settings.round.year)
    yield from _assignments(ledger, book)
    yield from questions(ledger, book)
    yield from _counts(ledger, book)
    yield from _course(ledger, book)
    yield from _rounds(ledger, book, summary)
    yield from _progress(ledger, book, summary)
    for kind, name, grades in KINDS:
        yield from _summary(ledger, book, summary, kind, name)
        if ledger.plan.grades:
            yield from _grades(book, summary, kind, grades)
    for goal in summary.goals:
        yield from _together(ledger, book, goal)


def _assignments(ledger: Ledger, book: Xlsx) -> Iterator[tuple[Place, Value]]:
    """Yield what 担当割 says is missing, and what the goals' sheets show of it."""
    table, marks = book.tables.get("担当割表"), Counter[str]()
    if table is None:  # a plan without indicators and 施策
        return
    for row in table.rows:
        at = {head: (table.sheet, table.address(head, row)) for head in table.columns}
        id_, text = str(book.value(*at["番号"])), str(book.value(*at["担当課"]) or "")
        shown = ledger.shown_departments[id_]
        yield (shown.sheet, shown.address), text
        unlisted = {*text.split("、")} - {*ledger.settings.departments}
        mark = "一覧にない課" if unlisted else ""
        if not text:
            measure = ledger.plan.measures.get(id_)
            mark = "KPIと同じ" if measure and measure.kpis else "未設定"
        marks[mark] += 1
        yield at["確認"], mark
    words = "、".join(f"{word} {marks[word]}件" for word in ("未設定", "一覧にない課"))
    yield (table.sheet, f"A{table.top - 2}"), words


def questions(ledger: Ledger, book: Xlsx) -> Iterator[tuple[Place, Value]]:
    """Yield what 照会 says of every row: what it is about, who has it, how far it is."""
    table, assigned = book.tables.get("照会表"), book.tables.get("担当割表")
    if table is None or assigned is None:
        return
    marks = dict(_assignments(ledger, book))
    shown: dict[str, Value] = {}
    for row in assigned.rows:
        at = {head: (assigned.sheet, assigned.address(head, row)) for head in assigned.columns}
        shown[str(book.value(*at["番号"]))] = book.value(*at["担当課"]) or marks[at["確認"]]
    for row in table.rows:
        at = {head: (table.sheet, table.address(head, row)) for head in table.columns}
        about, text, sent, answer = (
            str(book.value(*at[head]) or "") for head in ("番号", "照会事項", "差戻し日", "回答")
        )
        is_none = not about or about.startswith("基本目標")
        name = ledger.plan.name_of(about) or "番号がありません"
        yield at["指標・施策"], "" if is_none else name
        yield at["担当課"], "" if is_none else shown.get(about, "")
        open_ = "回答待ち" if sent else "未送付"
        yield at["状態"], ("回答あり" if answer.strip() else open_) if text.strip() else ""


def _may_be_typed(figure: EnteredFigure) -> bool:
    """Return what the input rule of a cell must say: a mark, or a number without an error."""
    if figure.value is None:
        return figure.actual.mark is not None
    return not FORBIDDEN & {issue.code for issue in values.check(figure)}


def _row(ledger: Ledger, achievement: Achievement) -> Mapping[str, Value]:
    """Return what the formula columns of one indicator's row must show."""
    indicator, shown = achievement.indicator, _judged(ledger, achievement)
    if "round_target" in ledger.rows[indicator.id].cells:
        shown |= {"round_target": (aim_of(indicator, achievement.round) or indicator).target}
    return {**shown, **_revised(ledger, indicator)}


def _revised(ledger: Ledger, indicator: Indicator) -> Mapping[str, Value]:
    """Return what a revision changed, which stands in formulas, as it holds in the round."""
    held = {
        "target": indicator.target,
        "baseline": indicator.baseline,
        "rule": indicator.rule_label,
        "printed_target": indicator.printed_target,
        "target_year": str(indicator.target_year or ""),
        "baseline_year": str(indicator.baseline_year or ""),
    }
    cells = ledger.rows[indicator.id].cells
    return {key: held[key] for key in held.keys() & cells.keys() if cells[key].is_formula}


def _judged(ledger: Ledger, achievement: Achievement) -> dict[str, Value]:
    if achievement.result in JUDGED:
        used: Value = achievement.value
        if used is None:
            used = achievement.label
        return {
            "used": used,
            "result": achievement.label,
            "progress": "－" if achievement.progress is None else achievement.progress,
            "pace": achievement.standing or "－",
        }
    if _doubtful(ledger, achievement):
        return {"used": _doubt(ledger, achievement), "result": "要確認", "progress": "", "pace": ""}
    used = achievement.mark.value if achievement.mark else ""
    if achievement.result is Result.NOT_ASKED:
        used = achievement.label
    return {"used": used, "result": achievement.label, "progress": "", "pace": ""}


def _doubt(ledger: Ledger, achievement: Achievement) -> Value:
    """Return what the sheet takes for the value of what it cannot judge."""
    if _is_joined(achievement):
        return "要確認"
    own = ledger.rows[achievement.indicator.id].cells[str(achievement.round)]
    return own.value if isinstance(own.value, str | bool) else Decimal(str(own.value))


def _is_joined(achievement: Achievement) -> bool:
    indicator = achievement.indicator
    return indicator.aggregate != "latest" and not indicator.rule.is_typed


def _doubtful(ledger: Ledger, achievement: Achievement) -> bool:
    """Return True if something was typed that is no value: the sheet says 要確認, Python blank."""
    if achievement.result is not Result.BLANK:
        return False
    figures, round_ = ledger.figures[achievement.indicator.id], achievement.round
    rounds = [r for r in figures if r <= round_] if _is_joined(achievement) else [round_]
    return any(figures[r].actual.is_blank and not figures[r].cell.is_blank for r in rounds)


def _word(ledger: Ledger, achievement: Achievement) -> str:
    """Return the verdict that the sheet shows: of several values that of the whole."""
    if not achievement.members:
        return "要確認" if _doubtful(ledger, achievement) else achievement.label
    words = [_word(ledger, each) for each in achievement.members]
    in_doubt = achievement.result is Result.BLANK and "要確認" in words
    return "要確認" if in_doubt else achievement.label


def _standing(achievement: Achievement) -> str:
    return (achievement.standing or "－") if achievement.result in JUDGED else ""


def _together(ledger: Ledger, book: Xlsx, goal: GoalSummary) -> Iterator[tuple[Place, Value]]:
    """Yield what the tables of several values that are one indicator must show."""
    for kind, name in (("headline", "数値目標のまとめ"), ("kpi", "KPIのまとめ")):
        table = book.tables.get(f"{name}_{goal.goal.number}")
        again = ledger.plan.repeats(goal.goal, "kpi" if kind == "kpi" else "headline")
        groups = [
            each
            for id_, each in goal.together.items()
            if each.indicator.kind == kind and id_ not in again
        ]
        assert bool(table) == bool(groups)
        if table is None:
            continue
        rows = iter(table.rows)
        for group in groups:
            for number, member in enumerate(group.members):
                row = next(rows)
                heads = ("内訳の判定", _word(ledger, member)), ("内訳の評価", _standing(member))
                whole = ("全体判定", _word(ledger, group)), ("全体評価", _standing(group))
                for head, value in (*heads, *(whole if number == 0 else ())):
                    yield (table.sheet, table.address(head, row)), value
        assert list(rows) == []


def _grades(book: Xlsx, summary: Summary, kind: Kind, name: str) -> Iterator[tuple[Place, Value]]:
    """Yield how many have each grade, per goal and in all."""
    table = book.tables[name]
    counts = [goal.kpi if kind == "kpi" else goal.headline for goal in summary.goals]
    for row, count in zip(table.rows, [*counts, sum(counts, Count())], strict=True):
        graded = {head: Decimal(number) for head, number in count.grades.items()}
        rest = count.achieved + count.missed - sum(count.grades.values())
        for head, value in {**graded, "区分なし": Decimal(rest)}.items():
            at = table.address(head, row)
            if at in book.formulas(table.sheet):
                yield (table.sheet, at), value
            else:
                assert value == 0


def _counts(ledger: Ledger, book: Xlsx) -> Iterator[tuple[Place, Value]]:
    for goal in ledger.plan.goals:
        if goal.kpi_counts:
            table = book.tables[f"KPI件数_{goal.number}"]
            counts = goal.kpi_counts
            shown = rate(counts.achieved, counts.total, ledger.plan.rounding)
            yield (table.sheet, table.address("達成率", table.top + 1)), _or_dash(shown)


def _course(ledger: Ledger, book: Xlsx) -> Iterator[tuple[Place, Value]]:
    """Yield what the block 指標の推移 must show for the indicator that is chosen in it."""
    place = name_place(book, CHOSEN)
    if place is None:
        return
    sheet, (column, row) = place[0], coordinate_from_string(place[1])
    id_ = str(book.value(*place)).partition("　")[0]
    row_of = ledger.rows[id_]
    indicator = held(ledger.plan.by_id[id_], ledger.settings.round)
    joined = {"sum": "合計", "mean": "平均", "max": "最大"}.get(indicator.aggregate)
    single = [f"実績値は年度ごと、目標値は{joined}の目標"] if joined else []
    words = (*indicator.course_words, *single, "縦軸は0からとは限らない")
    title = f"{indicator.id}　{indicator.name}の推移({'、'.join(words)})"
    for offset, text in enumerate((id_, title, indicator.unit), start=1):
        yield (sheet, f"{column}{row + offset}"), text
    first, rounds = ledger.plan.rounds[0], ledger.plan.rounds
    years = [FiscalYear(year) for year in range(first.year, rounds[-1].year + 1)]
    yearly = ledger.plan.target_rounds
    verdict = row + 5 if yearly else row + 4
    now = summarize(ledger.plan, ledger.actuals, ledger.settings.round, ledger.settings)
    shown_now = _judged(ledger, now.achievements[id_])["result"]
    used: list[Value] = []
    for index, round_ in enumerate(years, start=column_index_from_string(column) + 2):
        yield (sheet, f"{get_column_letter(index)}{row}"), str(round_ + -indicator.lag)
        is_now = round_ == ledger.settings.round
        yield (sheet, f"{get_column_letter(index)}{verdict}"), shown_now if is_now else ""
        value = (
            ledger.actuals[id_][round_].value if is_now and round_ in ledger.actuals[id_] else None
        )
        used.append("" if value is None or shown_now == "－" else value)
        keys = (str(round_), "baseline", "target", *((f"target_{round_}",) if yearly else ()))
        for offset, field in enumerate(keys, start=1):
            value = row_of.cells[field].value if field in row_of.cells else None
            if field in ("baseline", "target") and indicator.revised:
                value = indicator.baseline if field == "baseline" else indicator.target
            shown = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
            number = Decimal(f"{float(value):.15g}") if shown else Error("#N/A")  # type: ignore[arg-type]
            yield (sheet, f"{get_column_letter(index)}{row + offset}"), number

    yield (sheet, f"{column}{row + 4}"), ""
    yield from _ahead(book, indicator, years, used)


def _ahead(
    book: Xlsx, indicator: Indicator, years: list[FiscalYear], used: list[Value]
) -> Iterator[tuple[Place, Value]]:
    """Yield what the hidden cells hold from which is said where the values lead: no line is drawn
    through the value of one year.
    """
    place = name_place(book, CHOICES)
    assert place is not None
    left, top, _, _ = range_boundaries(place[1])
    first = left + 1 + len(years) + 1 + len(FACTS)
    for at, (year, value) in enumerate(zip(years, used, strict=True), start=first):
        yield (place[0], f"{get_column_letter(at)}{top}"), Decimal(year.year)
        yield (place[0], f"{get_column_letter(at)}{top + 1}"), value
    found = Decimal(next((n for n, value in enumerate(used, start=1) if value != ""), 0))
    end = indicator.target_round if may_have_line(indicator) else None
    steps: tuple[Value, ...] = (found, found, Decimal(end.year if end else 0), "", "", "", "")
    for row, value in enumerate(steps, start=top):
        yield (place[0], f"{get_column_letter(first + len(years))}{row}"), value


def _rounds(ledger: Ledger, book: Xlsx, summary: Summary) -> Iterator[tuple[Place, Value]]:
    """Yield what the table of every round must show, none of them confirmed."""
    table = book.tables.get("集計_年度")
    if table is None:
        assert len(ledger.plan.rounds) == 1
        return
    for row, round_ in zip(table.rows, ledger.plan.rounds, strict=True):
        is_now = round_ == summary.round
        cells: dict[str, Value] = {"状態": "いまの判定" if is_now else "－"}
        for kind, count in (("KPI", summary.kpi), ("数値目標", summary.headline)):
            others = count.total - count.achieved
            numbers = (Decimal(count.total), Decimal(count.achieved), Decimal(others))
            values = (*numbers, _or_dash(count.rate)) if is_now else ("",) * 4
            heads = (kind, *(f"{kind}{word}" for word in ("達成", "達成以外", "達成率")))
            cells |= dict(zip(heads, values, strict=True))
        for head, value in cells.items():
            yield (table.sheet, table.address(head, row)), value


def _progress(ledger: Ledger, book: Xlsx, summary: Summary) -> Iterator[tuple[Place, Value]]:
    """Yield what the charts of progress are drawn from: bars within the scale, those cut, the target."""
    shown = re.compile(r"ISNUMBER\(INDEX\(KPI_(\d+)\[進捗率\],(\d+)\)\),(NOT)?")
    for at, formula in book.formulas(SUMMARY).items():
        if formula == str(TARGET):
            yield (SUMMARY, at), Decimal(TARGET)
        if found := shown.search(formula):
            goal = next(g for g in ledger.plan.goals if g.number == int(found[1]))
            kpi = goal.kpis[int(found[2]) - 1]
            achievement = summary.achievements[kpi.id]
            progress = achievement.progress if achievement.result in JUDGED else None
            is_drawn = progress is not None and (-100 <= progress <= 150) is (found[3] is None)
            yield (SUMMARY, at), progress if is_drawn else ""


def _or_dash(value: Decimal | None) -> Value:
    return "－" if value is None else value


def _summary(
    ledger: Ledger, book: Xlsx, summary: Summary, kind: Kind, name: str
) -> Iterator[tuple[Place, Value]]:
    table = book.tables[name]
    total, doubtful = Count(), 0
    for row, goal in zip(table.rows, summary.goals, strict=False):
        count = goal.kpi if kind == "kpi" else goal.headline
        each = goal.counted(goal.kpis if kind == "kpi" else goal.headlines)
        odd = sum(_word(ledger, achievement) == "要確認" for achievement in each)
        total, doubtful = total + count, doubtful + odd
        for head, value in _line(count, odd).items():
            place = table.sheet, table.address(head, row)
            if place[1] in book.formulas(table.sheet):
                yield place, value
    for head, value in _line(total, doubtful).items():
        yield (table.sheet, table.address(head, table.bottom)), value


def _line(count: Count, doubtful: int) -> dict[str, Value]:
    numbers = {
        "項目数": count.total,
        "達成": count.achieved,
        "未達成": count.missed,
        "未入力": count.blank - doubtful,
        "要確認": doubtful,
        "未公表": count.unpublished - count.pending,
        "集計中": count.pending,
        "対象外": count.excluded,
    }
    return {**{k: Decimal(v) for k, v in numbers.items()}, "達成率": _or_dash(count.rate)}
