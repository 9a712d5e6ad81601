"""Where a command saves a workbook: the name asked for, checked before any work."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from ..errors import OutputError

SUFFIX: Final = ".xlsx"


def workbook_target(output: Path | None, name: str, suffix: str = SUFFIX) -> Path | None:
    """Return the path to save at: ``name`` in a folder. Raises OutputError for another kind of file."""
    if output is None:
        return None
    if output.is_dir():
        return output / name
    if output.suffix.lower() != suffix.lower():
        raise OutputError(
            f"{output.name} では保存できません。ブック名は {suffix} で終わらせてください。"
        )
    return output
