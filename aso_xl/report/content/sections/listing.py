"""The cells of the tables that list every indicator, and the footnotes that they need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from ....domain.achievement import Achievement, Result
from ....domain.ledger import Ledger
from ....domain.numerals import FiscalYear
from ....domain.plan import BLANK, Indicator, Kind, Mark, Plan
from ....domain.rule import Rule
from ....domain.settings import Settings
from ....domain.shown import show_asked, show_baseline, show_target, show_written
from ....domain.steps import Step
from ....domain.summary import Summary
from ....domain.words import NONE
from ..blocks import NoteLine, Notes, TableCell
from ..origins import OF_PACE, OfRules, Origin, of, of_cell
from .by_part import part_names
from .by_rule import (
    UNDEFINED,
    aim_word,
    formula,
    grade_rule,
    has_progress,
    has_targets_by_year,
    is_paced,
    rounded,
)
from .corrections import (
    CORRECTED,
    actual_words,
    corrected_baselines,
    correction_notes,
    is_corrected,
)
from .names import key
from .revisions import revision_notes
from .wording import (
    actual_of,
    aim_of_round,
    basis_of,
    folded,
    folded_verdict,
    kept_notes,
    numbers_of,
    progress_of,
    targets_cell,
)

_WITHOUT_MEASURE: Final[Mapping[Kind, str]] = {"headline": "数値目標", "kpi": "基本目標のKPI"}
_PARTS_NOTE: Final = NoteLine(
    "※「うち」の行は、まとめて1項目と数える指標の内訳です。"
    "達成状況をかっこ書きで示し、項目数に含めません。",
    OfRules(),
)


class Years:
    """The usual years of baseline and target; only others are printed beside a value."""

    def __init__(self, plan: Plan) -> None:
        self.baseline = _commonest(i.baseline_year for i in plan.indicators())
        self.target = _commonest(i.target_year for i in plan.indicators())

    def note(self) -> Iterator[str]:
        """Yield the note that names the usual years; nothing for a plan without values."""
        named = (("基準値", self.baseline), ("目標値", self.target))
        parts = [f"{what}は{year}" for what, year in named if year]
        if parts:
            yield f"※{'、'.join(parts)}の値です。異なる年度は、かっこ書きで示します。"


_VERDICTS_NOTE: Final = "※前の年度の値の下は、その年度を確定したときの判定です。"


def reading_notes(
    plan: Plan, years: Years, settings: Settings, *, has_verdicts: bool = False
) -> Notes:
    """Return the notes on how the lists are to be read; ``has_verdicts`` says so of earlier years."""
    verdicts = (_VERDICTS_NOTE,) if has_verdicts else ()
    lines = (*years.note(), *verdicts, *_rules(plan, settings))
    return Notes(tuple(NoteLine(line, OF_PACE) for line in lines), "list_reading")


def _rules(plan: Plan, settings: Settings) -> Iterator[str]:
    """Yield by which rules the figures of the lists came about."""
    also = "(達成率も同じです)" if plan.rounding == "half_up" else ""
    if has_progress(plan):
        yield (
            f"※進捗率={formula(plan)}。{rounded(plan, 'ています')}{also}。"
            f"{UNDEFINED[plan.progress]}など、進捗率を定義できないものは「－」で示します。"
        )
    if plan.grades:
        yield f"※{grade_rule(plan)}端数を処理する前の値で比べます。"
    elif is_paced(plan):
        yield f"※{settings.pace.describe()}"
    if any(indicator.rule is Rule.WITHIN for indicator in plan.indicators()):
        yield "※順位の目標の「以内」は、その順位か、それより上位であれば達成です。"
    if has_targets_by_year(plan):
        which = aim_word(plan)
        yield (
            f"※達成状況は、{which}に対する判定です。かっこ書きは、もう一方の目標とその結果です。"
            "評価年度の目標は、その年度に目標がないとき、次に定めのある年度の目標です。"
        )


class Listing:
    """The cells of one table, while their footnotes are numbered.

    What is one indicator of several values has a row, and each value one below it, in brackets.
    """

    def __init__(
        self, ledger: Ledger, years: Years, summary: Summary, times: Mapping[str, int] | None = None
    ) -> None:
        """``times`` is how often an indicator was listed before in the document, by id."""
        self._times = times or {}
        self.plan, self.years, self.round = ledger.plan, years, summary.round
        self._corrected = corrected_baselines(ledger)
        self.together = summary.together
        self.parts = _parts(summary)
        self.notes: list[str] = []
        self.named = ""

    def rows(self, achievements: Iterable[Achievement]) -> tuple[Achievement, ...]:
        """Return the achievements as they are listed: above several values what they are together."""
        found: list[Achievement] = []
        for each in achievements:
            if whole := self.together.get(each.indicator.id):
                found.append(whole)
            found.append(each)
        if any(self.is_part(each) for each in found):
            self.notes.append(_PARTS_NOTE)
        return tuple(found)

    def is_part(self, achievement: Achievement) -> bool:
        """Return whether it is one of several values that are one indicator."""
        return achievement.indicator.id in self.parts and not achievement.members

    def figure(self, achievement: Achievement, field: str, text: str, origin: Origin) -> TableCell:
        """Return a cell of a row, with the name by which its figure is found again."""
        return TableCell(text, figure=self._figure_name(achievement, field), origin=origin)

    def _figure_name(self, achievement: Achievement, field: str) -> str:
        before = self._times.get(achievement.indicator.id, 0)
        return f"list{before + 1 if before else ''}_{_row_key(achievement)}_{field}"

    def number(self, achievement: Achievement) -> TableCell:
        """Return the number; of what is one indicator of several values nothing, as they have theirs."""
        return TableCell(NONE if achievement.members else numbers_of(self.plan, achievement))

    def name(self, achievement: Achievement) -> TableCell:
        is_part = self.is_part(achievement)
        own = f"　うち {self.parts[achievement.indicator.id]}" if is_part else ""
        return TableCell(own or achievement.indicator.name)

    def group(self, achievement: Achievement) -> TableCell:
        """Return the 施策 of an indicator, named once over its rows."""
        before, self.named = self.named, self._group(achievement.indicator)
        return TableCell(self.named, merge=self.named == before)

    def _group(self, indicator: Indicator) -> str:
        measure = self.plan.measure_of(indicator)
        if measure is None:
            return _WITHOUT_MEASURE[indicator.kind]
        return f"{measure.group}\n{measure.printed_name}".lstrip()

    def baseline(self, achievement: Achievement) -> TableCell:
        """Return the baseline; where the strategy prints a text for it, the number behind that."""
        if achievement.members:
            return self.figure(achievement, "baseline", NONE, of(achievement, "baseline"))
        own = achievement.indicator
        number = own.baseline if own.printed_baseline else None
        behind = "" if number is None else f"\n({show_written(own, number)})"
        text = _with_year(show_baseline(own), own.baseline_year, self.years.baseline)
        mark = f"\n{CORRECTED}" if own.id in self._corrected else ""
        return self.figure(
            achievement, "baseline", text + behind + mark, of(achievement, "baseline")
        )

    def target(self, achievement: Achievement) -> TableCell:
        """Return the final target; where the strategy prints a text for it, what is judged behind."""
        if achievement.members:
            return self.figure(achievement, "target", NONE, of(achievement, "target"))
        own = achievement.indicator
        behind = f"\n({show_asked(own)})" if own.printed_target and show_asked(own) else ""
        text = _with_year(show_target(own), own.target_year, self.years.target)
        return self.figure(achievement, "target", text + behind, of(achievement, "final"))

    def round_target(self, achievement: Achievement) -> TableCell:
        """Return the target of the round, with its year where that is another; 「－」 for none."""
        aim = aim_of_round(achievement)
        if aim is None or achievement.members:
            return self.figure(achievement, "aim", NONE, of(achievement, "aim"))
        usual = self.round + -achievement.indicator.lag
        text = _with_year(show_target(aim), aim.target_year, usual)
        return self.figure(achievement, "aim", text, of(achievement, "aim"))

    def both_targets(self, achievement: Achievement) -> TableCell:
        """Return the target that is judged, and the other one in brackets where there are two."""
        if achievement.other is None:
            return replace(
                self.target(achievement), figure=self._figure_name(achievement, "targets")
            )
        text = targets_cell(achievement)
        return self.figure(achievement, "targets", text, of(achievement, "final", "aim"))

    def actual(self, achievement: Achievement) -> TableCell:
        """Return the judged value; of another year than asked with a footnote."""
        return self.actual_before(achievement)

    def actual_before(self, achievement: Achievement, more: str = "") -> TableCell:
        """Return the judged value, its footnote ending with ``more``."""
        if achievement.members:
            return self.figure(achievement, "actual", NONE, of(achievement, "actual"))
        text = folded(actual_of(achievement)) + self.footnote(achievement, more)
        return self.figure(achievement, "actual", text, of(achievement, "actual"))

    def footnote(self, achievement: Achievement, more: str = "") -> str:
        """Return the sign of a footnote that says what a value is, if it is not that of the year.

        It ends with ``more``; "" where the value is that of the year asked.
        """
        text = self._basis(achievement, more)
        return self._note(text, achievement) if text else ""

    def _basis(self, achievement: Achievement, more: str) -> str:
        own, year = achievement.indicator, achievement.value_year
        if achievement.result is Result.NOT_ASKED:
            asked = [f"{own.since}から"] * bool(own.since) + [f"{own.until}まで"] * bool(own.until)
            return f"{own.name}は、{''.join(asked)}評価する指標です。"
        if achievement.terms and achievement.value is None:
            return f"{own.name}: {achievement.sentence}。"
        if len(achievement.terms) > 1 or (achievement.terms and achievement.awaited):
            return f"{own.name}は、{basis_of(achievement)}{more}です。"
        if achievement.is_earlier:
            asked_year = self.round + -own.lag
            why = f"{asked_year}は{Mark.UNPUBLISHED.value}のため"
            return f"{own.name}は、{why}、{year}の値{more}です。"
        if own.lag and year:
            return f"{own.name}は、公表が遅れるため、{year}の値{more}です。"
        return ""

    def _note(self, text: str, achievement: Achievement) -> str:
        mark = f"※{1 + sum(not note.startswith(_PARTS_NOTE) for note in self.notes)}"
        self.notes.append(NoteLine(f"{mark} {text}", of(achievement, "actual")))
        return mark

    def result(self, achievement: Achievement) -> TableCell:
        verdict = self._verdict(achievement)
        cell = self.figure(achievement, "result", verdict, of(achievement, "result"))
        return replace(cell, bold=self._is_done(achievement))

    def progress(self, achievement: Achievement) -> TableCell:
        origin = of(achievement, "progress")
        return self.figure(achievement, "progress", progress_of(achievement), origin)

    def pace(self, achievement: Achievement) -> TableCell:
        standing = achievement.standing or NONE
        is_part = self.is_part(achievement) and achievement.standing
        text = f"({standing})" if is_part else standing
        return self.figure(achievement, "pace", text, of(achievement, "standing"))

    def result_and_progress(self, achievement: Achievement) -> TableCell:
        """Return the verdict and in brackets progress, below it with the pace where that is another."""
        shown, standing = progress_of(achievement), achievement.standing
        is_said = achievement.says_standing
        words = [] if is_said or not standing else [standing]
        words += [] if shown == NONE else [shown]
        verdict, *others = self._verdict(achievement).split("\n")
        fold = "" if is_said else "\n"
        lines = (verdict + (f"{fold}({' '.join(words)})" if words else ""), *others)
        origin = of(achievement, "standing", "progress")
        cell = self.figure(achievement, "standing", "\n".join(lines), origin)
        return replace(cell, bold=self._is_done(achievement))

    def _verdict(self, achievement: Achievement) -> str:
        if self.is_part(achievement):
            head, *others = folded_verdict(achievement).split("\n")
            return "\n".join((f"({head})", *others))
        return folded_verdict(achievement)

    def _is_done(self, achievement: Achievement) -> bool:
        return achievement.result is Result.ACHIEVED and not self.is_part(achievement)


def list_notes(
    ledger: Ledger, listing: Listing, achievements: Sequence[Achievement]
) -> tuple[str, ...]:
    """Return the notes below a list: footnotes, what is only kept as yet, revised and corrected."""
    indicators = [each.indicator for each in achievements]
    return (
        *listing.notes,
        *kept_notes(achievements),
        *revision_notes(indicators, listing.round),
        *correction_notes(ledger, listing.round, {each.id for each in indicators}),
    )


class CourseCells:
    """The values of a table by the years that they are of, up to the evaluated one.

    Those of confirmed rounds have the verdict of their day below them. ``has_notes`` has the
    footnotes stand at the value that is judged.
    """

    def __init__(
        self, ledger: Ledger, listing: Listing, steps: Sequence[Step], *, has_notes: bool
    ) -> None:
        self._ledger, self._actuals = ledger, ledger.actuals
        self._listing, self._has_notes = listing, has_notes
        self._confirmed = {step.round: step.summary for step in steps[:-1]}
        self.years = tuple(each for each in ledger.plan.rounds if each <= listing.round)

    def cell(self, year: FiscalYear, achievement: Achievement) -> TableCell:
        """Return the value of a year, or the mark in its place; footnotes stand at the judged one."""
        indicator = achievement.indicator
        round_ = year + indicator.lag
        then = self._confirmed_as(round_, achievement)
        verdict = self._verdict_of(then) if then else ""
        if achievement.members:
            origin: Origin = of(then or achievement, "result")
            return self._listing.figure(achievement, str(year), verdict or NONE, origin)
        origin = self._of_year(round_, then, achievement)
        is_asked = round_ <= self._listing.round and indicator.is_asked(round_)
        actual = self._actuals[indicator.id].get(round_, BLANK) if is_asked else BLANK
        text = folded(actual_words(indicator, actual))
        if is_corrected(self._ledger, indicator.id, round_):
            text += f"\n{CORRECTED}"
        if self._has_notes and self._stands_at(year, achievement):
            text += self._listing.footnote(achievement, self._before(achievement))
        lines = (text, verdict) if verdict else (text,)
        return self._listing.figure(achievement, str(year), "\n".join(lines), origin)

    def _of_year(
        self, round_: FiscalYear, then: Achievement | None, achievement: Achievement
    ) -> Origin:
        """Return the origin of the value of a round, and of how it was judged when confirmed."""
        if then:
            return of(then, "result")
        has_cell = round_ in self._actuals[achievement.indicator.id]
        own = of_cell(achievement.indicator.id, str(round_))
        return own if has_cell else of(achievement, "actual")

    def _confirmed_as(self, round_: FiscalYear, achievement: Achievement) -> Achievement | None:
        """Return what a confirmed round said of it; None for one that is not, or asked nothing."""
        summary = self._confirmed.get(round_)
        if summary is None:
            return None
        every = summary.listed if achievement.members else summary.achievements
        then = every.get(achievement.indicator.id)
        return None if then is None or then.result is Result.NOT_ASKED else then

    def _verdict_of(self, then: Achievement) -> str:
        return f"({then.label})" if self._listing.is_part(then) else then.label

    def judged(self, achievement: Achievement) -> TableCell:
        """Return the value that is judged, with its footnote."""
        return self._listing.actual_before(achievement, self._before(achievement))

    def _stands_at(self, year: FiscalYear, achievement: Achievement) -> bool:
        """Return whether what is judged stands in the column of a year, or is older than all."""
        judged = achievement.value_year
        is_last = year == self.years[-1]
        if judged is None:
            return is_last and achievement.result is Result.NOT_ASKED
        return judged == year or (judged < self.years[0] and is_last)

    def _before(self, achievement: Achievement) -> str:
        """Return in brackets the values that are older than the columns; "" for none."""
        indicator = achievement.indicator
        older = [
            f"{round_ + -indicator.lag}は{actual_words(indicator, actual)}"
            + (
                f"で{self._verdict_of(then)}"
                if (then := self._confirmed_as(round_, achievement))
                else ""
            )
            for round_, actual in sorted(self._actuals[indicator.id].items())
            if round_ + -indicator.lag < self.years[0] and not actual.is_blank
        ]
        return f"({'、'.join(older)})" if older else ""


def row_keys(rows: Iterable[Achievement]) -> tuple[str, ...]:
    """Return the keys of the rows of a list."""
    return tuple(map(_row_key, rows))


def _row_key(achievement: Achievement) -> str:
    return key(achievement.indicator.id) + ("_all" if achievement.members else "")


def _parts(summary: Summary) -> Mapping[str, str]:
    """Return by id what each value is called that is one indicator together with others."""
    found: dict[str, str] = {}
    for whole in summary.together.values():
        own = [member.indicator for member in whole.members]
        names = part_names([indicator.name for indicator in own])
        found |= {each.id: name for each, name in zip(own, names, strict=True)}
    return found


def _with_year(text: str, year: FiscalYear | None, usual: FiscalYear | None) -> str:
    """Return a value with its year in brackets where that is not the usual one."""
    if not text:
        return NONE
    return folded(text) if year in (None, usual) else f"{folded(text)}\n({year})"


def _commonest(years: Iterable[FiscalYear | None]) -> FiscalYear | None:
    found = [year for year in years if year]
    return max(sorted(set(found)), key=found.count, default=None)
