"""Runs: the text they print, and how it is replaced while their formatting stays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from typing import Final, NamedTuple

from ..markup import clean
from .element_names import (
    BEHIND_UNDERLINE,
    BR,
    DELETED,
    HISTORY,
    P_PR,
    R_PR,
    R_STYLE,
    SECTION,
    TAB,
    TEXTUAL,
    TRACKED,
    UNDERLINE,
    VAL,
    Element,
    P,
    R,
    T,
    new,
    w,
)

_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"


class Emphasis(NamedTuple):
    """The id of the character style for emphasis, and whether a text is to have it."""

    style: str
    wanted: bool


def run_text(run: Element) -> str:
    """Return the text of a run, line ends and tabs as such."""
    return "".join(_printed(child) or "" for child in run)


def is_deleted(run: Element) -> bool:
    """Return whether the deletion of a run is tracked."""
    for ancestor in run.iterancestors():
        if ancestor.tag == P:
            return False
        if ancestor.tag in DELETED:
            return True
    return False


def fill(run: Element, text: str) -> None:
    """Put a text in a run in the place of the old one; what is no text stays."""
    old = [child for child in run if _printed(child) is not None]
    at = run.index(old[0]) if old else len(run)
    for child in old:
        run.remove(child)
    run[at:at] = _pieces(text)


def empty(runs: Iterable[Element]) -> None:
    """Take the text out of runs, and with it the runs that held nothing else."""
    for run in runs:
        for child in [child for child in run if _printed(child) is not None]:
            run.remove(child)
        if all(child.tag == R_PR for child in run):
            _drop(run)


def settle(runs: Sequence[Element]) -> None:
    """Accept the changes tracked among the runs: whatever staff do with them, the figure is right."""
    ours = set(runs)
    parents = (run.getparent() for run in runs)
    wrappers = dict.fromkeys(p for p in parents if p is not None and p.tag in TRACKED)
    for run in runs:
        if is_deleted(run):
            _drop(run)
    for wrapper in wrappers:
        if all(run in ours for run in wrapper.iter(R)):
            for child in list(wrapper):
                wrapper.addprevious(child)
            _drop(wrapper)


def first_of(runs: Sequence[Element]) -> Element | None:
    """Return the run whose formatting a new text takes: the first that prints something."""
    return next((run for run in runs if run_text(run)), runs[0] if runs else None)


def new_run(paragraph: Element, anchor: Element | None = None) -> Element:
    """Insert an empty run after an anchor, else at the start, formatted as what stands beside it."""
    run = new(R)
    look = _look_beside(paragraph, anchor)
    if look is not None:
        run.append(look)
    if anchor is not None:
        anchor.addnext(run)
    else:
        paragraph.insert(1 if paragraph.find(P_PR) is not None else 0, run)
    return run


def emphasise(run: Element, emphasis: Emphasis) -> None:
    """Set or take our own emphasis; a style that staff have chosen stays."""
    look = run.find(R_PR)
    named = look.find(R_STYLE) if look is not None else None
    if emphasis.wanted and named is None:
        if look is None:
            look = new(R_PR)
            run.insert(0, look)
        look.insert(0, new(R_STYLE, val=emphasis.style))
    elif named is not None and not emphasis.wanted and named.get(VAL) == emphasis.style:
        _drop(named)


def set_underline(run: Element, *, is_wanted: bool) -> None:
    """Underline a run, or take its underline."""
    look = run.find(R_PR)
    if look is None:
        look = new(R_PR)
        run.insert(0, look)
    for old in look.findall(UNDERLINE):
        look.remove(old)
    if is_wanted:
        behind = next((each for each in look if each.tag in BEHIND_UNDERLINE), None)
        look.insert(
            len(look) if behind is None else look.index(behind), new(UNDERLINE, val="single")
        )


def copied_properties(properties: Element, *others: str) -> Element:
    """Return a copy of properties without the history of tracked changes, section ends and others."""
    copy = deepcopy(properties)
    for element in list(copy.iter(SECTION, *HISTORY, *others)):
        _drop(element)
    return copy


def _printed(child: Element) -> str | None:
    """Return the text that a run's child prints; None if it is something else."""
    if child.tag not in TEXTUAL or (child.tag == BR and child.get(w("type"), "") in _BREAKS):
        return None
    text = TEXTUAL[child.tag]
    return child.text or "" if text is None else text


_BREAKS: Final = ("page", "column")


def _pieces(text: str) -> list[Element]:
    pieces: list[Element] = []
    for number, line in enumerate(clean(text).split("\n")):
        if number:
            pieces.append(new(BR))
        for place, part in enumerate(line.split("\t")):
            if place:
                pieces.append(new(TAB))
            if part:
                piece = new(T)
                piece.text = part
                if part != part.strip():
                    piece.set(_SPACE, "preserve")
                pieces.append(piece)
    return pieces


def _look_beside(paragraph: Element, anchor: Element | None) -> Element | None:
    near = [] if anchor is None else [*anchor.itersiblings(R, preceding=True)]
    run = next(iter(near), None)
    if run is None:
        run = next(paragraph.iter(R), None)
    look = paragraph.find(f"{P_PR}/{R_PR}") if run is None else run.find(R_PR)
    return None if look is None else copied_properties(look)


def _drop(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
