"""A whole year of a town (``tests/soak/whole_year.py``)."""

from __future__ import annotations

from pathlib import Path

import pytest
from soak.whole_year import SMALL, Year
from workbook_tools import needs_libreoffice


@pytest.mark.slow
@needs_libreoffice
def test_a_year_goes_from_the_first_request_to_the_next_round(tmp_path: Path) -> None:
    year = Year(tmp_path, SMALL)
    year.run()
    assert len(year.typed) > 250
