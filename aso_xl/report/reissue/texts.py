"""The text of a named place, read and replaced: a figure, or notes of a paragraph a line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from ..markup import clean
from .bookmark_index import Bookmark, paragraph_of
from .element_names import ANCHORS, P_PR, SECTION, TBL, Element, P, R, new, w
from .runs import (
    Emphasis,
    copied_properties,
    emphasise,
    empty,
    fill,
    first_of,
    is_deleted,
    new_run,
    run_text,
    settle,
)

_SPACING, _SNAP, _KEEP, _STYLE = map(w, ("spacing", "snapToGrid", "keepNext", "pStyle"))
_GAP: Final = {"before": "0", "after": "0", "line": "20", "lineRule": "exact"}


def text_of(mark: Bookmark) -> str:
    """Return what is printed in a place: a paragraph a line, tracked changes as if accepted."""
    lines: dict[Element | None, str] = dict.fromkeys(mark.paragraphs, "")
    for run in mark.shown:
        paragraph = paragraph_of(run)
        lines[paragraph] = lines.get(paragraph, "") + run_text(run)
    return "\n".join(lines.values())


def set_text(mark: Bookmark, text: str, emphasis: Emphasis | None = None) -> None:
    """Put a text in a place, in the formatting of its first run; what is no text stays.

    Changes tracked within the place are settled.
    """
    settle(mark.runs)
    shown = [run for run in mark.shown if run.getparent() is not None]
    first = first_of(shown)
    if first is None:
        first = _first_run(mark)
    fill(first, text)
    if emphasis:
        emphasise(first, emphasis)
    empty(run for run in shown if run is not first)
    kept = paragraph_of(first)
    if kept is not None:
        _join(kept, (paragraph for paragraph in mark.paragraphs if paragraph is not kept))


def set_lines(mark: Bookmark, lines: Sequence[str]) -> None:
    """Put notes in a place, a paragraph a line; without any line an unseen paragraph stays."""
    settle(mark.runs)
    runs: dict[Element | None, list[Element]] = {}
    for run in mark.shown:
        runs.setdefault(paragraph_of(run), []).append(run)
    paragraphs = list(mark.paragraphs)
    lines = list(lines) or [""]
    if len(lines) > len(paragraphs) and _goes_on(paragraphs[-1], mark):
        last = len(paragraphs) - 1
        lines[last:] = ["\n".join(lines[last:])]
    if len(paragraphs) == 1 < len(lines):
        _part_from_table(paragraphs[0])
    while len(paragraphs) < len(lines):
        added = _another(paragraphs[-1], mark.end)
        paragraphs.append(added)
        runs[added] = [*added.iter(R)]
    for paragraph, line in zip(paragraphs, lines, strict=False):
        _set_line(mark, paragraph, runs.get(paragraph, []), line)
    surplus = paragraphs[len(lines) :]
    empty(run for paragraph in surplus for run in runs.get(paragraph, []))
    _join(paragraphs[len(lines) - 1], surplus)
    _set_gap(paragraphs[0], unseen=not any(map(run_text, paragraphs[0].iter(R))))


def _set_line(mark: Bookmark, paragraph: Element, runs: Sequence[Element], line: str) -> None:
    first = first_of(runs)
    if first is None:
        is_start = paragraph is mark.paragraphs[0]
        first = _first_run(mark) if is_start else new_run(paragraph)
    if run_text(first) != clean(line):
        fill(first, line)
    empty(run for run in runs if run is not first)


def _first_run(mark: Bookmark) -> Element:
    """Insert a run in a place without one."""
    paragraph = mark.paragraphs[0]
    return new_run(paragraph, mark.start if paragraph_of(mark.start) is paragraph else None)


def _goes_on(paragraph: Element, mark: Bookmark) -> bool:
    """Return whether staff's own words follow in the last paragraph: none may come between."""
    ours = set(mark.runs)
    runs = [run for run in paragraph.iter(R) if not is_deleted(run) and run_text(run)]
    return bool(runs) and runs[-1] not in ours


def _another(paragraph: Element, end: Element) -> Element:
    """Insert a paragraph like this one after it, in which the place now ends."""
    added = new(P)
    properties = paragraph.find(P_PR)
    if properties is not None:
        added.append(copied_properties(properties))
    paragraph.addnext(added)
    run, look = new(R), next(paragraph.iter(R), None)
    if look is not None:
        run.extend(map(copied_properties, look.findall(w("rPr"))))
    added.append(run)
    added.append(end)
    _set_gap(added, unseen=False)
    return added


def _part_from_table(paragraph: Element) -> None:
    """Put an unseen paragraph between a table and notes of several paragraphs.

    LibreOffice loses a bookmark over several paragraphs that begins right after a table.
    """
    above = paragraph.getprevious()
    if above is not None and above.tag == TBL:
        gap = new(P)
        gap.extend(copied_properties(each) for each in paragraph.iterchildren(P_PR))
        paragraph.addprevious(gap)
        _set_gap(gap, unseen=True)
        _keep(gap)


def _keep(paragraph: Element) -> None:
    """Hold a paragraph on the page of the next one."""
    properties = paragraph.find(P_PR)
    if properties is not None and properties.find(_KEEP) is None:
        styled = properties.find(_STYLE)
        properties.insert(0 if styled is None else 1, new(_KEEP))


def _join(kept: Element, emptied: Iterable[Element]) -> None:
    """Remove paragraphs in which nothing stands any more; anchors move to the one that is kept."""
    for paragraph in emptied:
        parent = paragraph.getparent()
        if parent is not None and parent is kept.getparent() and _is_bare(paragraph):
            kept.extend([child for child in paragraph if child.tag in ANCHORS])
            parent.remove(paragraph)


def _is_bare(paragraph: Element) -> bool:
    plain = ANCHORS | {P_PR, w("proofErr")}
    ends_section = paragraph.find(f"{P_PR}/{SECTION}") is not None
    return not ends_section and all(child.tag in plain for child in paragraph)


def _set_gap(paragraph: Element, *, unseen: bool) -> None:
    """Make a paragraph one point high while it holds nothing, and an ordinary one again."""
    properties = paragraph.find(P_PR)
    if properties is None:
        return
    spacing = properties.find(_SPACING)
    is_gap = spacing is not None and all(
        spacing.get(w(name)) == _GAP[name] for name in ("line", "lineRule")
    )
    if is_gap == unseen:
        return
    for child in properties.findall(_SPACING) + properties.findall(_SNAP):
        properties.remove(child)
    if unseen:
        at = sum(child.tag in _BEFORE_SPACING for child in properties)
        properties[at:at] = [new(_SNAP, val="0"), new(_SPACING, **_GAP)]


_BEFORE_SPACING: Final = frozenset(
    map(
        w,
        (
            *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl"),
            *("numPr", "suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens"),
            *("kinsoku", "wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE"),
            *("autoSpaceDN", "bidi", "adjustRightInd"),
        ),
    )
)
