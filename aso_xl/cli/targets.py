"""Where a command saves: the name asked for with -o, checked before any work."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from ..errors import AsoError, OutputError
from ..office.suffixes import DOCUMENT, WORKBOOK, names_document

ADDIN = ".xlam"
_NO_DOCUMENTS: Final = frozenset(
    {".doc", ".docm", ".dotx", ".pdf", ".odt", ".rtf", ".xlsx", ".txt"}
)


def named(output: Path, suffix: str, what: str = "ファイル名") -> Path:
    """Return the path. Raise OutputError if it does not end as what is saved there."""
    if output.suffix.lower() != suffix.lower():
        raise OutputError(
            f"{output.name} では保存できません。{what}は {suffix} で終わらせてください。"
        )
    return output


def workbook_target(output: Path | None, name: str, suffix: str = WORKBOOK) -> Path | None:
    """Return the path to save at: ``name`` in a folder. Raise OutputError for another kind of file."""
    if output is None:
        return None
    return output / name if output.is_dir() else named(output, suffix, "ブック名")


def document_target(output: Path, name: str) -> Path:
    """Return the path to save at: ``name`` in a folder. Raise OutputError for another kind of file."""
    return output / name if output.is_dir() else named(output, DOCUMENT, "文書名")


def require_room(output: Path | None, documents: int) -> None:
    """Raise AsoError if that many documents cannot be saved there: a file of another kind, or one."""
    if output is None or output.is_dir():
        return
    if output.suffix.lower() in _NO_DOCUMENTS:
        named(output, DOCUMENT, "文書名")
    if documents > 1 and names_document(output):
        raise AsoError(
            "文書をいくつも作るときは、-o に文書名ではなくフォルダーを指定してください。"
        )


def renewed_target(output: Path | None, document: Path) -> Path:
    """Return where a renewed document goes: beside the old one, or the folder or name asked for.

    Raise OutputError for another kind of file.
    """
    from ..report.reissue.pairing import numbered

    if output is None:
        return numbered(document)
    is_folder = output.is_dir() or not output.suffix
    return output if is_folder else named(output, DOCUMENT, "文書名")
