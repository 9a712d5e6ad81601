"""The findings of the checks as lines for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ..console import pad, paragraphs
from ..domain.checks import Issue
from ..domain.checks.groups import Group, grouped
from ..job_words import tally as _tally

EVERY: Final = "--all"
_FIRST: Final = 3
"""So many of a kind that is there often are shown in the terminal."""
_BELOW: Final = " " * 10


def tally(issues: Iterable[Issue]) -> str:
    """Return 「エラー 2件、情報 1件」, or that nothing was found."""
    return _tally(issues, zeros=False)


def finding_lines(issues: Iterable[Issue], *, every: bool = False) -> Iterator[str]:
    """Yield the findings, gravest first, each with its place, finding and remedy.

    Many of one kind are one line with the first few below it, unless ``every`` one is wanted.
    """
    groups = grouped(issues)
    yield from paragraphs(_texts(groups, every), 10)
    if not every and any(group.is_many for group in groups):
        yield from paragraphs(
            [f"  まとめた指摘は、aso-xl check ブック {EVERY} で 1 件ずつ見られます。"], 4
        )


def _texts(groups: Iterable[Group], every: bool) -> Iterator[str]:
    for group in groups:
        word = pad(group.kind.severity.word, 6)
        if every or not group.is_many:
            yield from (f"  {word}  {issue.message}" for issue in group.issues)
            continue
        wordings = {(issue.finding, issue.remedy) for issue in group.issues}
        first, more = group.issues[:_FIRST], f"ほか {len(group.issues) - _FIRST}件"
        if len(wordings) == 1:
            places = "、".join(
                f"{i.place}({i.indicator})" if i.indicator else i.place for i in first
            )
            yield f"  {word}  {group.heading}。{group.issues[0].remedy}"
            yield f"{_BELOW}{places}、{more}"
        else:
            yield f"  {word}  {group.heading}"
            yield from (f"{_BELOW}{issue.message}" for issue in first)
            yield f"{_BELOW}{more}"
