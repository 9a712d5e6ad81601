"""How figures are said: the words that several sections share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Final

from ....domain.achievement import JUDGED, Achievement
from ....domain.numerals import format_number
from ....domain.outlook import missing_of, missing_words, other_denominator
from ....domain.plan import GOAL_WORD, Goal, Indicator, Plan
from ....domain.sentences import AGGREGATES
from ....domain.shown import fall_words, show, show_judged, show_target, show_written
from ....domain.summary import Count
from ....domain.words import NONE, UNPUBLISHED
from ..blocks import NoteLine
from ..origins import OfRules, Origin, of
from .by_part import by_part

UNWRITTEN: Final = "（未記入）"
FINAL, OF_THE_YEAR = "最終", "年度の目標"
TWO_TARGETS: Final = NoteLine(
    "※目標値が2つある指標は、上が判定に用いた目標、かっこ内がもう一方の目標です"
    "(年度は、その目標の年度です)。達成状況のかっこ内は、もう一方の目標に対する結果です。",
    OfRules(),
)
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


def count_notes(count: Count, origin: Origin) -> tuple[str, ...]:
    """Return the footnotes of a KPI line: what stands in the denominator, and what does not.

    ``origin`` is that of the denominator.
    """
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
    return tuple(NoteLine(line, origin) for line in lines)


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
    """Return a footnote for every 数値目標 that was judged by another value than that of the year."""
    parts = (part for a in headlines for part in a.parts)
    return tuple(
        NoteLine(f"※数値目標「{a.indicator.name}」は、{basis}で判定しています。", of(a, "actual"))
        for a in parts
        if (basis := basis_of(a))
    )


def basis_of(achievement: Achievement) -> str:
    """Return by what value an indicator was judged, if by another than that of the year, and why.

    「公表が遅れるため、R8の値」「R9は未公表のため、R7 32人+R8 90人の合計」; "" for the year's own.
    """
    if achievement.value is not None and achievement.terms:
        years = "・".join(str(each + -achievement.indicator.lag) for each in achievement.awaited)
        why = f"{years}は{UNPUBLISHED}のため、" if years else ""
        return f"{why}{terms_of(achievement)}"
    if achievement.value_year in (None, achievement.round):
        return ""
    why = f"{UNPUBLISHED}の" if achievement.is_earlier else "公表が遅れる"
    return f"{why}ため、{achievement.value_year}の値"


def terms_of(achievement: Achievement) -> str:
    """Return the values that were joined: 「R7 32人+R8 90人の合計」「R7 3人、R8 5人の平均」."""
    indicator = achievement.indicator
    between = "+" if indicator.aggregate == "sum" else "、"
    terms = (f"{r + -indicator.lag} {show(indicator, value)}" for r, value in achievement.terms)
    return f"{between.join(terms)}の{AGGREGATES[indicator.aggregate]}"


def lacking(achievement: Achievement) -> str:
    """Return what one value lacks in words, else its verdict."""
    gap = missing_of(achievement)
    return achievement.verdict if gap is None else missing_words(achievement.judged_as, gap)


def joint_notes(achievements: Iterable[Achievement]) -> tuple[str, ...]:
    """Return a footnote for what is one indicator of several values: how each of them stands."""
    return tuple(
        NoteLine(
            f"※「{each.indicator.name}」は、1項目と数えます({_verdicts(each)})。",
            of(each, "result"),
        )
        for each in achievements
        if each.members
    )


def _verdicts(achievement: Achievement) -> str:
    """Return how each of several values stands: 「男性 達成、女性 未達成」「いずれも達成」."""
    words = by_part(achievement, lambda part: part.verdict, "、")
    is_same = len({part.verdict for part in achievement.parts}) == 1
    return f"いずれも{words}" if is_same else words


def kept_notes(achievements: Iterable[Achievement], called: str = "") -> tuple[str, ...]:
    """Return a footnote for every target that is kept as yet, and for what goes on falling.

    ``called`` is the word before the name: 数値目標「…」.
    """
    return tuple(
        NoteLine(
            f"※{called}「{a.indicator.name}」は、{a.judged_as.target_year}まで維持する目標です。"
            f"{_outlook(a)}",
            of(a, "result", "standing"),
        )
        for whole in achievements
        for a in whole.parts
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
        return show_judged(achievement.indicator, achievement.value)
    return achievement.mark.value if achievement.mark else NONE


def target_of(indicator: Indicator) -> str:
    """Return the target with its rule (``100人以上``), 「－」 for a 定性 indicator."""
    return show_target(indicator) or NONE


def targets_cell(achievement: Achievement) -> str:
    """Return the target, a line each where there are two: that which is judged, the other in brackets.

    「R5 △2,700人以上」 over 「(最終 △2,000人)」.
    """
    return by_part(achievement, lambda part: "\n".join(map(folded, _targets(part))), "\n")


def targets_line(achievement: Achievement) -> str:
    """Return the target on one line: 「R5 △2,700人以上(最終 △2,000人)」."""
    return by_part(achievement, lambda part: "".join(_targets(part)), "、")


def _targets(achievement: Achievement) -> Iterator[str]:
    if achievement.other is None:
        yield target_of(achievement.judged_as)
        return
    other = achievement.other.aim
    yield dated_target(achievement, achievement.judged_as)
    yield f"({_year_of_target(achievement, other)} {_without_rule(other)})"


def dated_target(achievement: Achievement, aim: Indicator) -> str:
    """Return one of two targets behind its year: 「R5 △2,700人以上」「最終 △2,000人以上」."""
    return f"{_year_of_target(achievement, aim)} {target_of(aim)}"


def _year_of_target(achievement: Achievement, aim: Indicator) -> str:
    return FINAL if aim == achievement.indicator else str(aim.target_year)


def _without_rule(aim: Indicator) -> str:
    """Return a target that stands beside another of the same rule: 「△2,000人」."""
    if aim.printed_target or aim.target is None:
        return target_of(aim)
    return show_written(aim, aim.target)


def round_aim(achievement: Achievement) -> str:
    """Return the target of the round: 「R5の目標 △2,700人以上」; "" where it has none of its own."""
    aim = aim_of_round(achievement)
    return "" if aim is None else f"{aim.target_year}の目標 {show_target(aim)}"


def aim_of_round(achievement: Achievement) -> Indicator | None:
    """Return the indicator with the target of the round; None where that is the final one."""
    both = [achievement.judged_as]
    both += [achievement.other.aim] if achievement.other else []
    return next((aim for aim in both if aim != achievement.indicator), None)


def other_verdict(achievement: Achievement) -> str:
    """Return how the other of two targets stands: 「最終は未達成」; "" where there is none."""
    other = achievement.other
    if other is None or other.result not in JUDGED:
        return ""
    which = FINAL if other.aim == achievement.indicator else OF_THE_YEAR
    return f"{which}は{other.verdict}"


def target_notes(achievements: Iterable[Achievement]) -> tuple[str, ...]:
    """Return the footnote on two targets and two verdicts, if there are any."""
    is_used = any(part.other for each in achievements for part in each.parts)
    return (TWO_TARGETS,) * is_used


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
    """Return what the judged value is of, "" where that is the year of the evaluation: another
    year, or the years that were joined (「R3～R5合計」).
    """
    if achievement.value is None:
        return ""
    if len(achievement.terms) > 1:
        years = [round_ + -achievement.indicator.lag for round_, _ in achievement.terms]
        is_run = len(years) > 2 and years[-1] - years[0] == len(years) - 1
        named = f"{years[0]}～{years[-1]}" if is_run else "・".join(map(str, years))
        return f"{named}{AGGREGATES[achievement.indicator.aggregate]}"
    year = achievement.value_year
    return "" if year == achievement.round else str(year)


def actual_cell(achievement: Achievement) -> str:
    """Return the judged value as it stands in a cell, with its year where that is another."""
    return by_part(achievement, _actual_cell, "\n")


def _actual_cell(achievement: Achievement) -> str:
    year = year_of(achievement)
    return folded(actual_of(achievement)) + (f"\n({year})" if year else "")


def actual_line(achievement: Achievement) -> str:
    """Return the judged value on one line: 「830人(R3～R5合計)」."""
    return by_part(achievement, lambda part: "".join(_actual_cell(part).split("\n")), "、")


def year_note(achievements: Iterable[Achievement]) -> tuple[str, ...]:
    """Return the footnote on the years beside actuals, if there are any."""
    parts = [part for each in achievements for part in each.parts if year_of(part)]
    is_other = any(len(part.terms) < 2 for part in parts)
    is_joined = any(len(part.terms) > 1 for part in parts)
    return (
        *("※評価年度と異なる年度の実績値には、その年度をかっこ書きで示します。",) * is_other,
        *("※年度ごとの値を合わせた実績値には、合わせた年度をかっこ書きで示します。",) * is_joined,
    )


def folded_verdict(achievement: Achievement) -> str:
    """Return the verdict, what stands in brackets on a line of its own, so that a narrow cell holds
    it: 「達成(現時点で維持)」, and how the other of two targets stands.
    """
    other = other_verdict(achievement)
    return achievement.verdict.replace("(", "\n(") + (f"\n({other})" if other else "")


def value_and_verdict(achievement: Achievement) -> str:
    """Return value and verdict: 「121人(達成)」; the verdict alone where no value was judged."""
    if achievement.members or achievement.is_kept or len(achievement.terms) > 1:
        return f"{actual_cell(achievement)}\n{folded_verdict(achievement)}"
    if achievement.value is None:
        return achievement.label
    year = year_of(achievement)
    verdict = f"\n({year}の値で{achievement.label})" if year else f"({achievement.label})"
    other = other_verdict(achievement)
    return folded(actual_of(achievement)) + verdict + (f"\n({other})" if other else "")
