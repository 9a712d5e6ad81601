"""The findings of the checks as lines for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..console import pad, paragraphs
from ..domain.checks import Issue, Severity
from ..job_words import tally as _tally


def tally(issues: Iterable[Issue]) -> str:
    """Return 「エラー 2件、情報 1件」, or that nothing was found."""
    return _tally(issues, zeros=False)


def finding_lines(issues: Iterable[Issue]) -> Iterator[str]:
    """Yield the findings, gravest first, each with its place, finding and remedy."""
    order = list(Severity)
    ordered = sorted(issues, key=lambda issue: order.index(issue.severity))
    yield from paragraphs(
        (f"  {pad(issue.severity.word, 6)}  {issue.message}" for issue in ordered), 10
    )
