"""The small plan's master with its split, and a town whose departments have their workbooks."""

from __future__ import annotations

from pathlib import Path

import pytest
from exchange_tools import Made, Town, make, town_in


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return make(tmp_path_factory.mktemp("sharing"))


@pytest.fixture
def town(tmp_path: Path, made: Made) -> Town:
    return town_in(tmp_path, made)
