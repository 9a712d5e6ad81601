"""The findings of the checks as lines for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..console import pad, paragraphs
from ..domain.checks import Issue, Severity, counts


def tally(issues: Iterable[Issue]) -> str:
    """Return 「エラー 2件、警告 3件、情報 1件」, or that nothing was found."""
    found = counts(issues)
    shown = [f"{s.word} {found[s.value]}件" for s in Severity if found[s.value]]
    return "、".join(shown) or "指摘はありません"


def finding_lines(issues: Iterable[Issue]) -> Iterator[str]:
    """Yield the findings, gravest first, each with its place, finding and remedy."""
    order = list(Severity)
    ordered = sorted(issues, key=lambda issue: order.index(issue.severity))
    yield from paragraphs(
        (f"  {pad(issue.severity.word, 6)}  {issue.message}" for issue in ordered), 10
    )


def has_errors(issues: Iterable[Issue]) -> bool:
    """Return whether a finding is grave enough to stop the report."""
    return any(issue.severity is Severity.ERROR for issue in issues)
