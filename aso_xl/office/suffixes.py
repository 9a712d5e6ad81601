"""How the files of Office are told by their names."""

from __future__ import annotations

from pathlib import Path
from typing import Final

WORKBOOK: Final = ".xlsx"
MACRO_BOOK: Final = ".xlsm"
DOCUMENT: Final = ".docx"


def names_document(target: Path) -> bool:
    """Return whether a target names a document rather than a folder."""
    return target.suffix.lower() == DOCUMENT and not target.is_dir()
