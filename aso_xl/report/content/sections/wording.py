"""How figures are said: the words that several sections share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from ....domain.achievement import JUDGED, Achievement
from ....domain.numerals import format_number
from ....domain.outlook import other_denominator
from ....domain.plan import GOAL_WORD, Goal, Indicator, Plan
from ....domain.shown import fall_words, show, show_target, show_written
from ....domain.summary import Count
from ....domain.words import NONE

UNWRITTEN: Final = "（未記入）"
_SECTION_NUMBER: Final = re.compile(r"^\s*\d+[.．、]\s*")


def goal_title(goal: Goal) -> str:
    """Return a goal as it is printed in headings: 「(基本目標1) …」."""
    return f"({goal.printed_number}) {goal.title}"


def goals_named(goals: Sequence[Goal]) -> str:
    """Return goals in a sentence: 「基本目標1・2」, as the strategy numbers them."""
    numbers = [goal.printed_number for goal in goals]
    if all(number.startswith(GOAL_WORD) for number in numbers):
        return GOAL_WORD + "・".join(number.removeprefix(GOAL_WORD) for number in numbers)
    return "・".join(numbers)


def short_title(goal: Goal) -> str:
    """Return a goal as it stands under the heading 基本目標: 「1 …」「Ⅰ …」."""
    return f"{goal.printed_number.removeprefix(GOAL_WORD)} {goal.title}"


def statement(indicator: Indicator) -> str:
    """Return the sentence of a 数値目標; where the strategy gives none, name and target."""
    return indicator.statement or f"{indicator.name} {show_target(indicator)}"


def kpi_line(count: Count) -> str:
    """Return the KPI row as the strategy prints it: 「(目標達成) 4項目/11項目 (達成率) 36.3%」."""
    return f"(目標達成) {count.achieved}項目/{count.total}項目 (達成率) {percent(count.rate)}"


def count_notes(count: Count) -> tuple[str, ...]:
    """Return the footnotes of a KPI line: what stands in the denominator, and what does not."""
    lines = []
    waiting = [
        ("未公表", count.unpublished - count.pending),
        ("集計中", count.pending),
    ]
    for word, number in waiting:
        if number and count.exclude_unpublished:
            lines.append(f"※{word}の{number}項目は、項目数に含めていません。")
        elif number:
            lines.append(f"※うち{word} {number}項目")
    if count.blank:
        lines.append(f"※うち未入力 {count.blank}項目")
    if count.excluded:
        lines.append(f"※対象外の{count.excluded}項目は、項目数に含めていません。")
    if count.earlier:
        lines.append(f"※うち{count.earlier}項目は、未公表のため直近の公表値で判定しています。")
    if count.kept:
        lines.append(
            f"※達成のうち{count.kept}項目は、維持する目標を目標年度の前に満たしているものです。"
        )
    return tuple(lines)


def counted_in(count: Count) -> str:
    """Return in brackets what without a verdict is in the total, and what is not; "" for nothing.

    「(未入力1項目、未公表2項目を含み、対象外の1項目を除く)」.
    """
    waiting, outside = waiting_words(count), []
    within = [f"未入力{count.blank}項目"] if count.blank else []
    if waiting and count.exclude_unpublished:
        outside.append(f"{waiting}の{count.unpublished}項目")
    elif waiting:
        within.append(f"{waiting}{count.unpublished}項目")
    if count.excluded:
        outside.append(f"対象外の{count.excluded}項目")
    parts = [
        *([f"{'、'.join(within)}を{'含み' if outside else '含む'}"] if within else []),
        *([f"{'、'.join(outside)}を除く"] if outside else []),
    ]
    return f"({'、'.join(parts)})" if parts else ""


def headline_notes(headlines: Iterable[Achievement]) -> tuple[str, ...]:
    """Return a footnote for every 数値目標 that was judged by the value of another year."""
    return tuple(
        f"※数値目標「{a.indicator.name}」は、"
        f"{'未公表の' if a.is_earlier else '公表が遅れる'}ため、{a.value_year}の値で判定しています。"
        for a in headlines
        if a.value_year not in (None, a.round)
    )


def kept_notes(achievements: Iterable[Achievement], called: str = "") -> tuple[str, ...]:
    """Return a footnote for every target that is kept as yet, and for what goes on falling.

    ``called`` is the word before the name: 数値目標「…」.
    """
    return tuple(
        f"※{called}「{a.indicator.name}」は、{a.indicator.target_year}まで維持する目標です。"
        f"{_outlook(a)}"
        for a in achievements
        if a.is_kept
    )


def _outlook(achievement: Achievement) -> str:
    if achievement.fall is None:
        return "現時点では満たしています。"
    words = fall_words(achievement.indicator, achievement.fall)
    return f"現時点では満たしていますが、{words}。"


def percent(rate: Decimal | None) -> str:
    """Return a rate as printed: ``36.3%``; 「－」 where there is none."""
    return NONE if rate is None else f"{rate}%"


def show_progress(progress: Decimal | None) -> str:
    """Return progress as printed: ``40.0%``, ``△12.5%``; 「－」 where it is undefined."""
    return NONE if progress is None else format_number(progress, 1, "%")


def progress_of(achievement: Achievement) -> str:
    """Return the progress of a judged indicator as printed, 「－」 for any other."""
    return show_progress(achievement.progress) if achievement.result in JUDGED else NONE


def show_points(points: Decimal | None) -> str:
    """Return a difference of rates in points: 「+3.0」「△1.2」「±0.0」."""
    if points is None:
        return NONE
    sign = "+" if points > 0 else "" if points else "±"
    return sign + format_number(points, 1)


def actual_of(achievement: Achievement) -> str:
    """Return the judged value with its unit, else the mark that stands for it, else 「－」."""
    if achievement.value is not None:
        return show(achievement.indicator, achievement.value)
    return achievement.mark.value if achievement.mark else NONE


def target_of(indicator: Indicator) -> str:
    """Return the target with its rule (``100人以上``), 「－」 for a 定性 indicator."""
    return show_target(indicator) or NONE


def baseline_of(indicator: Indicator) -> str:
    return NONE if indicator.baseline is None else show_written(indicator, indicator.baseline)


def folded(amount: str) -> str:
    """Return an amount of 億 and 万 over two lines, so that a narrow column does not cut it."""
    head, oku, rest = amount.partition("億")
    return f"{head}{oku}\n{rest}" if rest[:1].isdigit() else amount


def cut(text: str, size: int) -> str:
    """Return a text of at most ``size`` letters on one line, a cut marked by 「…」."""
    line = " ".join(text.split())
    return line if len(line) <= size else f"{line[: size - 1]}…"


def unnumbered(heading: str) -> str:
    """Return a heading without its section number: 「6. 第2期…の検証」 is 「第2期…の検証」."""
    return _SECTION_NUMBER.sub("", heading)


def waiting_words(count: Count) -> str:
    """Return which words stand for what is unpublished: 未公表, 集計中 or both."""
    words = ("未公表", count.unpublished - count.pending), ("集計中", count.pending)
    return "・".join(word for word, number in words if number)


def other_rate(count: Count) -> str:
    """Return the rate with the other denominator: 「未公表の2項目を除いた57項目では45.6%」.

    "" where nothing is unpublished, or nothing else.
    """
    other = other_denominator(count)
    if other is None or not other.total:
        return ""
    waiting = f"{waiting_words(count)}の{count.unpublished}項目"
    how = "含めた" if count.exclude_unpublished else "除いた"
    return f"{waiting}を{how}{other.total}項目では{percent(other.rate)}"


def named(plan: Plan, indicator: Indicator) -> str:
    """Return number and name: 「1-01-1 有害鳥獣捕獲従事者数」."""
    return f"{plan.printed_numbers[indicator.id]} {indicator.name}"


def numbers_of(plan: Plan, achievement: Achievement) -> str:
    """Return the number of a listed figure, all of them where it has several: 「2-H4・2-02-1」.

    A line each, so that no number is broken.
    """
    return "・\n".join(plan.printed_numbers[each.id] for each in achievement.indicators)


def year_of(achievement: Achievement) -> str:
    """Return the year that the judged value is of, "" where it is that of the evaluation."""
    year = achievement.value_year
    return "" if achievement.value is None or year == achievement.round else str(year)


def actual_cell(achievement: Achievement) -> str:
    """Return the judged value as it stands in a cell, with its year where that is another."""
    year = year_of(achievement)
    return folded(actual_of(achievement)) + (f"\n({year})" if year else "")


def year_note(achievements: Iterable[Achievement]) -> tuple[str, ...]:
    """Return the footnote on the years beside actuals, if there are any."""
    is_used = any(map(year_of, achievements))
    return ("※評価年度と異なる年度の実績値には、その年度をかっこ書きで示します。",) * is_used


def folded_verdict(achievement: Achievement) -> str:
    """Return the verdict, 「達成(現時点で維持)」 over two lines, so that a narrow cell holds it."""
    return achievement.verdict.replace("(", "\n(")


def value_and_verdict(achievement: Achievement) -> str:
    """Return value and verdict: 「121人(達成)」; the verdict alone where no value was judged."""
    if achievement.value is None:
        return achievement.label
    if achievement.is_kept:
        return f"{actual_cell(achievement)}\n{folded_verdict(achievement)}"
    year = year_of(achievement)
    verdict = f"\n({year}の値で{achievement.label})" if year else f"({achievement.label})"
    return folded(actual_of(achievement)) + verdict
