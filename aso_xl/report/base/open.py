"""Opening a base document, packaged or staff's own: all of it stays, but for its specimen."""

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Final

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from ...errors import BaseDocumentError
from ...files.inputs import read_input
from ...office.document_faults import Fault, damaged, damaged_part, fault_of
from ...office.part_xml import parsed
from ...office.safe_package import UNREADABLE
from ..content.blocks import MARK, Document
from ..content.place_names import SPECIMEN, alone
from .anchor import gap
from .lint import BaseFinding, lint
from .looks import section_of
from .package import loosened
from .text import spots, text_of

PACKAGED: Final = Path(__file__).with_name("base.docx")
_OUR_MARKS: Final = (MARK, "_Ref_")
_ROOTS: Final = {RELATIONSHIP_TYPE.SETTINGS: "w:settings", RELATIONSHIP_TYPE.STYLES: "w:styles"}
_DAMAGED: Final = (*UNREADABLE, AttributeError, IndexError)
"""What python-docx raises of a package that it does not understand, too."""


def open_base(base: Path | None, wanted: Mapping[str, str], document: Document) -> WordDocument:
    """Return the base document ready for the places of `document` to be filled.

    The specimen is gone, all else of the body stands. Raise BaseDocumentError if the base cannot
    be read, or with every finding: places mistyped or misplaced, wanted styles (name → kind)
    that are missing.
    """
    path = base or PACKAGED
    word = read_base(path)
    names = tuple(section.name for section in document.sections)
    if findings := lint(word, wanted, names, document.words):
        raise BaseDocumentError(_in_words(path.name, findings))
    _drop_specimen(word)
    _forget_marks(word)
    return word


def read_base(path: Path) -> WordDocument:
    """Return a base document as it stands on disk.

    Raise BaseDocumentError if it cannot be read or is no .docx file.
    """
    data = read_input(path, BaseDocumentError, what="ひな形", program="Word")
    try:
        if fault := fault_of(data):
            raise _refused(path, fault)
        word = docx.Document(BytesIO(loosened(data)))
        word.element.body.get_or_add_sectPr()
        if odd := next(_foreign(word), ""):
            raise _refused(path, damaged(odd))
        for _ in spots(word):
            pass  # headers and footers are all there
    except _DAMAGED as error:
        raise unreadable(path, data) from error
    return word


def _foreign(word: WordDocument) -> Iterator[str]:
    """Yield the parts of settings and styles that are XML of another kind."""
    for relation in word.part.rels.values():
        tag = _ROOTS.get(relation.reltype)
        if tag and parsed(relation.target_part.blob).tag != qn(tag):
            yield relation.target_part.partname.lstrip("/")


def unreadable(path: Path, data: bytes) -> BaseDocumentError:
    """Return the error of a base document that cannot be used, with its damaged part if it has one."""
    try:
        part = damaged_part(data)
    except _DAMAGED:
        part = ""
    if part:
        return _refused(path, damaged(part))
    return BaseDocumentError(
        f"ひな形「{path.name}」はWord文書(.docx)として読めません。"
        "Wordで開き、種類「Word文書(*.docx)」で保存し直してください。"
    )


def _refused(path: Path, fault: Fault) -> BaseDocumentError:
    return BaseDocumentError(f"ひな形「{path.name}」{fault.finding}。{fault.remedy}")


def _in_words(name: str, findings: Sequence[BaseFinding]) -> str:
    if len(findings) == 1:
        return f"ひな形「{name}」の{findings[0].place}: {findings[0].message}"
    lines = [f"  {finding.place}: {finding.message}" for finding in findings]
    return "\n".join([f"ひな形「{name}」に直すところが{len(lines)}件あります。", *lines])


def _drop_specimen(word: WordDocument) -> None:
    """Remove {{見本}} and what follows; the page set-up it stood in stays.

    A section break right before it would leave an empty page, so that section becomes the last.
    """
    body = word.element.body
    marks = (p for p in body.iterchildren(qn("w:p")) if alone(text_of(p)) == SPECIMEN)
    if (mark := next(marks, None)) is None:
        return
    before, page = mark.getprevious(), section_of(word, mark)
    for child in [mark, *mark.itersiblings()]:
        body.remove(child)
    if before is not None and before.tag == qn("w:tbl"):
        body.append(gap())
    ending = before.xpath("./w:pPr/w:sectPr") if before is not None else []
    body.append(ending[0] if ending else page)


def _forget_marks(word: WordDocument) -> None:
    """Remove our bookmarks that an earlier report has left in a base document made from it."""
    body = word.element.body
    ours = [
        mark
        for mark in body.iter(qn("w:bookmarkStart"))
        if mark.get(qn("w:name"), "").startswith(_OUR_MARKS)
    ]
    ids = {mark.get(qn("w:id")) for mark in ours}
    ends = [mark for mark in body.iter(qn("w:bookmarkEnd")) if mark.get(qn("w:id")) in ids]
    for mark in (*ours, *ends):
        mark.getparent().remove(mark)
