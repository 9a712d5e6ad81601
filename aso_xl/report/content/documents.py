"""The kinds of report: which sections each has, in which order."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from ...domain.confirming import printed, summary_before, summary_of
from ...domain.ledger import Ledger
from ...domain.numerals import FiscalYear
from ...domain.outlook import Changes, changes
from ...domain.plan import Plan
from ...domain.settings import SAMPLE_WORDS, ReportKind
from ...domain.steps import steps
from ...domain.summary import Summary
from .blocks import Block, Document, Paragraph, Section, TableOfContents
from .brackets import with_wide_brackets
from .naming import named
from .origin_record import MADE_ON, record_of
from .origins import OF_ROUND, Origin
from .sections.ahead import ahead
from .sections.amendments import amendments, title_of
from .sections.appendix import appendix
from .sections.counting import of_count, of_result
from .sections.departments import by_department, lists
from .sections.digest import digest
from .sections.draft_words import INTERNAL_WORDS, DraftState
from .sections.evaluation import evaluation
from .sections.glossary import glossary
from .sections.late import lateness
from .sections.measures import has_columns_more, measures
from .sections.meeting import meeting
from .sections.near import nearly
from .sections.opinions import opinions
from .sections.overview import overview
from .sections.so_far import so_far
from .sections.trends import trends
from .sections.wording import percent, unnumbered


def report(
    ledger: Ledger,
    round_: FiscalYear,
    kind: ReportKind | None = None,
    *,
    draft: bool = False,
    errors: int = 0,
    blanks: int = 0,
    workbook: str = "",
    made_on: str = "",
) -> Document:
    """Return the whole report of a round, with the round before it and the record of its origin.

    Of a confirmed round it says what its record says, but for what is of the strategy alone: that
    is the one of now. ``workbook`` is the name of the file it is made from, ``made_on`` the day in
    words.
    """
    own = printed(ledger, round_)
    kind = kind or own.settings.kind
    made = document(
        ledger if kind.is_of_plan else own,
        summary_of(own, round_),
        kind,
        draft=draft,
        errors=errors,
        blanks=blanks,
        before=summary_before(own, round_),
        made_on=made_on,
    )
    return replace(
        named(made),
        record={
            **record_of(own, round_, kind.value, workbook),
            **({MADE_ON: made_on} if made_on else {}),
        },
        words={**made.words, MADE_ON: made_on} if made_on else made.words,
    )


def document(
    ledger: Ledger,
    summary: Summary,
    kind: ReportKind | None = None,
    *,
    draft: bool = False,
    errors: int = 0,
    blanks: int = 0,
    before: Summary | None = None,
    made_on: str = "",
) -> Document:
    """Return the report of one evaluated round, of the kind set in 設定 unless another is given.

    ``draft`` marks it 下書き on every page; ``errors`` is how many errors are still unresolved,
    ``blanks`` how many figures are not entered.
    ``before`` is the evaluation of the round before, if there is one.
    """
    plan, settings = ledger.plan, ledger.settings
    kind = kind or settings.kind
    heading = heading_of(ledger)
    banner = [DraftState(draft, errors, blanks).words] if draft else []
    banner += [SAMPLE_WORDS] if settings.sample else []
    since = changes(before, summary)
    match kind:
        case ReportKind.VERIFICATION:
            sections = _verification(_as_published(ledger), summary, heading)
        case ReportKind.ANNUAL:
            sections = _annual(ledger, summary, heading, since)
        case ReportKind.DIGEST:
            page = digest(ledger, summary, heading, since, len(banner), made_on)
            sections = (Section("概要", page),)
        case ReportKind.DEPARTMENTS:
            sections = _departments(ledger, summary, heading)
        case ReportKind.MEETING:
            sections = (
                Section("表題", _title(ledger, summary, f"{heading} {kind.value}")),
                Section("会議", tuple(meeting(heading, ledger, summary))),
            )
        case ReportKind.OPINIONS:
            sections = (
                Section("表題", _title(ledger, summary, f"{heading} {kind.value}")),
                Section("意見", tuple(opinions(ledger, summary))),
            )
        case ReportKind.AMENDMENTS:
            sections = _amendments(ledger, summary.round, made_on)
        case _:
            assert_never(kind)
    made = Document(
        _document_title(plan, heading, kind),
        plan.municipality,
        tuple(section for section in sections if section.blocks),
        tuple(banner),
        f"{plan.short_title} {summary.round.label}",
        words=_words(ledger, summary, heading),
        origins=_origins(summary),
    )
    return with_wide_brackets(made) if settings.wide_brackets else made


def as_internal(made: Document) -> Document:
    """Return a report that says of itself that it is not to be handed out."""
    return replace(made, banner=(*made.banner, INTERNAL_WORDS))


def heading_of(ledger: Ledger) -> str:
    """Return the heading set in 設定, else the usual one."""
    return ledger.settings.heading or f"{ledger.plan.short_title}の検証"


def _as_published(ledger: Ledger) -> Ledger:
    """Return the ledger without what only the yearly evaluation is asked for beside the strategy."""
    fields = tuple(field for field in ledger.plan.fields if not field.is_optional)
    if fields == ledger.plan.fields:
        return ledger
    return replace(ledger, plan=replace(ledger.plan, fields=fields))


def _verification(ledger: Ledger, summary: Summary, heading: str) -> tuple[Section, ...]:
    return (
        Section("評価", tuple(evaluation(heading, ledger, summary))),
        _appendix(ledger, summary),
    )


def _annual(
    ledger: Ledger, summary: Summary, heading: str, since: Changes | None
) -> tuple[Section, ...]:
    plan, settings = ledger.plan, ledger.settings
    rounds = steps(ledger, summary)
    return (
        Section("表題", _title(ledger, summary, heading)),
        Section("目次", (TableOfContents(depth=1),)),
        Section("概要", tuple(overview(ledger, summary, since))),
        Section("評価", tuple(evaluation(heading, ledger, summary))),
        Section(
            "推移",
            (*so_far(ledger, rounds), *trends(ledger, summary), *ahead(ledger, rounds)),
        ),
        Section("あと少し", tuple(nearly(plan, settings, summary))),
        Section("遅れ", tuple(lateness(ledger, summary))),
        Section("施策", tuple(measures(ledger, summary)), landscape=has_columns_more(ledger)),
        Section("用語", tuple(glossary(ledger))),
        _appendix(ledger, summary, by_year=True),
    )


def _departments(ledger: Ledger, summary: Summary, heading: str) -> tuple[Section, ...]:
    return (
        Section("表題", _title(ledger, summary, heading), landscape=True),
        Section("担当課別", tuple(by_department(ledger, summary)), landscape=True),
        Section("担当課別", tuple(lists(ledger, summary)), landscape=True, new_page=True),
    )


def _amendments(ledger: Ledger, round_: FiscalYear, made_on: str) -> tuple[Section, ...]:
    title = Paragraph(ledger.plan.title, "Title"), Paragraph(title_of(ledger, round_), "Title")
    return (
        Section("表題", title, landscape=True),
        Section("新旧対照", tuple(amendments(ledger, round_, made_on)), landscape=True),
    )


def _document_title(plan: Plan, heading: str, kind: ReportKind) -> str:
    parts = [] if kind.is_of_plan else [heading]
    parts += [] if kind is ReportKind.VERIFICATION else [kind.value]
    return " ".join((plan.title, *parts))


def _appendix(ledger: Ledger, summary: Summary, *, by_year: bool = False) -> Section:
    return Section("資料", tuple(appendix(ledger, summary, by_year=by_year)), landscape=True)


def _title(ledger: Ledger, summary: Summary, heading: str) -> tuple[Block, ...]:
    about = f"{unnumbered(heading)}({summary.round.label})"
    return Paragraph(ledger.plan.title, "Title"), Paragraph(about, "Title")


def _origins(summary: Summary) -> dict[str, Origin]:
    """Return where the words that are figures come from."""
    goals, kpi = summary.goals, summary.kpi
    return {
        "評価年度": OF_ROUND,
        "達成項目数": of_result("achieved", goals, kpi),
        "項目数": of_count("total", goals, kpi),
        "達成率": of_count("rate", goals, kpi),
    }


def _words(ledger: Ledger, summary: Summary, heading: str) -> dict[str, str]:
    """Return what base documents may print anywhere by name."""
    kpi = summary.kpi
    return {
        "総合戦略": ledger.plan.title,
        "見出し": heading,
        "市町村": ledger.plan.municipality,
        "評価年度": summary.round.label,
        "達成項目数": str(kpi.achieved),
        "項目数": str(kpi.total),
        "達成率": percent(kpi.rate),
    }
