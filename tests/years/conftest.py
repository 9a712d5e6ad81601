"""A master of the sample, to be confirmed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def master(sample_path: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(sample_path, tmp_path / "評価.xlsx"))
