"""The basis of printed figures as comments: one beside each row, sentence, chart and list of notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from ..report.content.blocks import Document
from ..report.content.sections.wording import cut
from .cell_words import first_in_words
from .evidence import Evidence, Tracer
from .printed_figures import CHART, NOTE, printed_figures

_MANY: Final = 8
"""Figures beside which a comment names cells alone."""
_TEXT, _ARITHMETIC = 24, 160
"""Letters of a printed text and of an arithmetic that a comment repeats."""


def comments_of(tracer: Tracer, document: Document) -> Mapping[str, Sequence[str]]:
    """Return the lines of the comments, by the names of the places beside which they stand."""
    evidence = tracer.evidence("", printed_figures(document))
    found: dict[str, list[Evidence]] = {}
    for each in evidence:
        if each.basis.cells and (place := each.figure.within or each.figure.name):
            found.setdefault(place, []).append(each)
    return {place: tuple(_lines(own)) for place, own in found.items()}


def _lines(evidence: Sequence[Evidence]) -> Iterator[str]:
    is_brief = len(evidence) > _MANY or evidence[0].figure.place.startswith((CHART, NOTE))
    for _, same in groupby(evidence, lambda each: (each.basis.cells, each.basis.arithmetic)):
        own = list(same)
        basis, named = own[0].basis, "、".join(map(_named, own))
        how = "" if is_brief else f"。{cut(basis.arithmetic, _ARITHMETIC)}"
        yield f"{named}: {first_in_words(basis.cells)}{how}"
    for word, texts in (
        ("資料", [each.basis.source for each in evidence]),
        ("担当課", [each.basis.department for each in evidence]),
        ("届いたファイル", [_delivered(each) for each in evidence]),
        ("判定方法", [each.basis.rule for each in evidence]),
    ):
        yield from (f"{word}: {text}" for text in _told(texts))


def _named(evidence: Evidence) -> str:
    figure = evidence.figure
    text = cut(figure.text, _TEXT)
    what = figure.row if figure.place.startswith(CHART) else figure.item
    return f"{what} {text}" if what else text


def _delivered(evidence: Evidence) -> str:
    basis = evidence.basis
    return f"{basis.file}({basis.at})" if basis.file and basis.at else ""


def _told(texts: Iterable[str]) -> Iterator[str]:
    """Yield the texts in one, each once; nothing where there is none, or where others tell more."""
    if text := "、".join(dict.fromkeys(filter(None, texts))):
        yield cut(text, _ARITHMETIC)
