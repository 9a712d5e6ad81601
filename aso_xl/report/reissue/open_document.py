"""Opening a document that was made from a workbook; what cannot be opened is refused in a sentence."""

from __future__ import annotations

from pathlib import Path

from ...errors import DocumentFileError
from ...files.inputs import read_input
from ...office.document_faults import fault_of
from ...office.safe_package import UNREADABLE
from ...office.suffixes import DOCUMENT
from ..content.origin_record import FINGERPRINT
from .edited_document import OpenedDocument


def open_document(path: Path) -> OpenedDocument:
    """Return the document at ``path``; the file is not changed.

    Raise DocumentFileError, one sentence with the remedy, for what is no .docx, is damaged, too
    large, open in Word, or was not made from a workbook.
    """
    if path.suffix.lower() != DOCUMENT:
        raise DocumentFileError(
            f"{path.name} は Word 文書(.docx)ではありません。aso-xl report で作った文書を指定してください。"
        )
    _refuse_open(path)
    opened = _opened(_bytes(path), path)
    if not any(opened.marks):
        raise DocumentFileError(_without_marks(opened))
    return opened


def _opened(data: bytes, path: Path) -> OpenedDocument:
    try:
        if fault := fault_of(data):
            raise DocumentFileError(f"{path.name} {fault.finding}。{fault.remedy}")
        return OpenedDocument(data, path.name)
    except (*UNREADABLE, StopIteration):
        raise DocumentFileError(
            f"{path.name} は Word 文書として読めません(別の種類のファイルか、壊れています)。"
            "Word で開き、「Word 文書(*.docx)」で保存し直してください。"
        ) from None


def _without_marks(opened: OpenedDocument) -> str:
    if FINGERPRINT in opened.record:
        return (
            f"{opened.name} から、数値の場所の印(ブックマーク)がすべて失われています。"
            "印のある元の文書を指定するか、新しく作ってください。"
        )
    return (
        f"{opened.name} は、このブックから作った文書ではありません(数値の場所の印がありません)。"
        "aso-xl report で作った文書を指定してください。"
    )


def lock_of(path: Path) -> Path | None:
    """Return the file by which Word or LibreOffice says that it has a document open, if any.

    Word replaces the first two letters of a long name by ``~$``.
    """
    cut = path.name[min(max(len(path.stem) - 6, 0), 2) :]
    names = (f"~${path.name}", f"~${cut}", f".~lock.{path.name}#")
    return next((lock for name in names if (lock := path.with_name(name)).exists()), None)


def _refuse_open(path: Path) -> None:
    if path.is_file() and (lock := lock_of(path)):
        raise DocumentFileError(
            f"{path.name} は Word などで開かれています。保存して閉じてから、もう一度実行してください"
            f"(閉じていても出るときは、隠しファイル {lock.name} を消してください)。"
        )


def _bytes(path: Path) -> bytes:
    return read_input(path, DocumentFileError, what="文書", program="Word")
