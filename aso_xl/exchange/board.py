"""回収状況 as a workbook of its own, to be mailed: all departments at a glance, and their findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, BinaryIO, Final

from ..domain import words
from ..domain.checks import Issue, Severity
from ..domain.fields import DEPARTMENT_HEAD
from ..workbook import layout
from ..workbook.build.styles import BAD, DOUBT, FAIR, GOOD, ODD, WAIT, WRONG
from .list_workbook import List, write
from .standing import LABELS, Standing, State
from .status import Status

SHEET: Final = "回収状況"
_HEADS: Final = {
    DEPARTMENT_HEAD: 14,
    "状態": 13,
    "遅れ(日)": 6,
    "期限": 14,
    "提出日時": 19,
    "依頼": 6,
    "入力済み": 7,
    "施策": 6,
    "施策記入済み": 9,
    words.ERROR: 6,
    "確認者": 11,
    "確認日": 13,
    "統合・差戻し": 13,
    "提出ファイル": 17,
    "連絡事項": 21,
}
"""Widths by heading: all of them fit an A4 page on its side."""

_STATE: Final = 1
_DAY: Final = len("2026-11-26")
FINDINGS: Final = "指摘"
FINDING_HEADS: Final = (DEPARTMENT_HEAD, "提出ファイル", *layout.FINDING_HEADS[:-1])
"""As in 検証結果, but for the key by which its colours are looked up."""
_FINDING_WIDTHS: Final = (12, 18, 8, 15, 22, 34, 34)
_COLOURS: Final[Mapping[State, Mapping[str, Any]]] = {
    State.MISSING: BAD,
    State.EMPTY: BAD,
    State.UNTOUCHED: BAD,
    State.PARTIAL: ODD,
    State.ERRORS: WRONG,
    State.WAITING: DOUBT,
    State.COMPLETE: GOOD,
    State.CONFIRMED: FAIR,
    State.RETURNED: DOUBT,
    State.MERGED: GOOD,
}
_FAILED: Final = "使えません"


def tally(status: Status) -> str:
    """Return how many departments are how far: 「30課: 統合済 10、未提出 3(期限を過ぎた課 5)」."""
    counts = Counter(each.state for each in status.departments)
    each = "、".join(
        f"{LABELS[state]} {counts[state]}" for state in reversed(State) if counts[state]
    )
    late = f"(期限を過ぎた課 {len(status.late)})" if status.late else ""
    return f"{len(status.departments)}課: {each}{late}"


def write_sheet(status: Status, title: str, stream: BinaryIO) -> None:
    """Write 回収状況, and the findings by department."""
    subtitle = f"{title}　{status.round.label}の評価　{tally(status)}"
    rows = [_row(each) for each in status.departments]
    failed = [("", _FAILED, *(None,) * 11, each.file, each.failed or "") for each in status.failed]
    findings = [_finding(d, issue) for d in status.departments for issue in _gravest_first(d)]
    colours = {LABELS[state]: look for state, look in _COLOURS.items()}
    write(
        stream,
        List(
            *(SHEET, subtitle, tuple(_HEADS), tuple(_HEADS.values()), [*rows, *failed]),
            colours={_STATE: {**colours, _FAILED: WAIT}},
        ),
        List(FINDINGS, subtitle, FINDING_HEADS, _FINDING_WIDTHS, findings),
    )


def _row(each: Standing) -> tuple[str | int | None, ...]:
    slip = each.slip
    return (
        *(each.name, LABELS[each.state], each.late or None, each.deadline.text, each.submitted),
        *(each.asked, each.filled, each.measures, each.measures_filled, each.errors),
        *((slip.by, str(slip.on or "")) if slip and slip.is_confirmed else ("", "")),
        *(each.returned or each.merged[:_DAY], "、".join(each.files), slip.message if slip else ""),
    )


def _gravest_first(standing: Standing) -> list[Issue]:
    return sorted(standing.issues, key=lambda issue: list(Severity).index(issue.severity))


def _finding(standing: Standing, issue: Issue) -> tuple[str, ...]:
    subject = " ".join(filter(None, (issue.indicator, issue.name)))
    about = (issue.severity.word, issue.place, subject, issue.finding, issue.remedy)
    return (standing.name, standing.file or "", *about)
