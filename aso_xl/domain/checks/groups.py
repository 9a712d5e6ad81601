"""Findings of one kind told as one: 「担当課が未設定: 67件」, with the list behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from ..catalogue import IssueKind, Severity
from .issue import Issue

MANY: Final = 6
"""From this number on, findings of one kind are told as one."""


@dataclass(frozen=True)
class Group:
    """All findings of one kind, in their order."""

    kind: IssueKind
    issues: tuple[Issue, ...]

    @property
    def is_many(self) -> bool:
        return len(self.issues) >= MANY

    @property
    def heading(self) -> str:
        """Return what was found and how often: 「担当課が未設定: 67件」."""
        return f"{self.kind.title}: {len(self.issues)}件"


def grouped(issues: Iterable[Issue]) -> tuple[Group, ...]:
    """Return the findings by kind: the gravest kinds first, else as they first appear."""
    found: dict[IssueKind, list[Issue]] = {}
    for issue in issues:
        found.setdefault(issue.kind, []).append(issue)
    order = list(Severity)
    kinds = sorted(found, key=lambda kind: order.index(kind.severity))
    return tuple(Group(kind, tuple(found[kind])) for kind in kinds)
