"""The kinds of documents, as they may be typed behind ``--kind``."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Final

from ..domain.settings import ReportKind
from ..errors import AsoError

ALL: Final = frozenset({"すべて", "all"})
KINDS: Final = {kind.name.lower(): kind for kind in ReportKind} | {k.value: k for k in ReportKind}
"""The kinds as they may be typed: ``annual`` is 年次評価."""


def kind_option(parser: ArgumentParser, words: str) -> None:
    """Add ``--kind``, which may be repeated."""
    names = "|".join(kind.value for kind in ReportKind)
    parser.add_argument("--kind", action="append", metavar=names, help=words)


def chosen(words: list[str] | None) -> tuple[ReportKind, ...]:
    """Return the kinds asked for, each once; () where none is. Raise AsoError for others."""
    words = words or []
    if ALL.intersection(words):
        return tuple(ReportKind)
    for word in words:
        if word not in KINDS:
            known = "、".join(kind.value for kind in ReportKind)
            raise AsoError(
                f"--kind に「{word}」は使えません。{known}、すべて のどれかを書いてください。"
            )
    return tuple(dict.fromkeys(KINDS[word] for word in words))
