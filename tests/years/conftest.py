"""A master of the sample, to be confirmed; the small plan's definition, to be revised."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from revision_tools import Definition, writer


@pytest.fixture
def master(sample_path: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(sample_path, tmp_path / "評価.xlsx"))


@pytest.fixture
def definition(tmp_path: Path) -> Definition:
    """Return what writes the small plan's definition with some texts replaced."""
    return writer(tmp_path)
