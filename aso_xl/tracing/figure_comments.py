"""The basis of printed figures as comments: one beside each row, sentence, chart and list of notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from ..domain.departments import SEPARATOR
from ..report.content.blocks import Document
from ..report.content.sections.wording import cut
from .arithmetic import AS_TYPED, FROM_PLAN
from .cell_words import first_in_words
from .evidence import MANY, Basis, Evidence, Tracer
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
        is_told = not is_brief and basis.arithmetic not in (AS_TYPED, FROM_PLAN)
        how = f"。{cut(basis.arithmetic, _ARITHMETIC)}" if is_told else ""
        yield f"{named}: {first_in_words(basis.cells)}{how}"
    of_few = [each.basis for each in evidence if each.basis.source != MANY]
    for word, texts in (
        ("資料", [basis.source for basis in of_few]),
        ("担当課", [name for basis in of_few for name in basis.department.split(SEPARATOR)]),
        ("届いたファイル", [_delivered(basis) for basis in of_few]),
        ("判定方法", [rule for basis in of_few for rule in basis.rule.split(SEPARATOR)]),
    ):
        if text := SEPARATOR.join(dict.fromkeys(filter(None, texts))):
            yield f"{word}: {cut(text, _ARITHMETIC)}"


def _named(evidence: Evidence) -> str:
    figure = evidence.figure
    text = cut(figure.text, _TEXT)
    what = figure.row if figure.place.startswith(CHART) else figure.item
    return f"{what} {text}" if what else text


def _delivered(basis: Basis) -> str:
    return f"{basis.file}({basis.at})" if basis.file else ""
