"""Every workbook the project makes, opened part by part."""

from __future__ import annotations

from pathlib import Path

import pytest
from workbook_tools import Xlsx

from aso_xl import definition
from aso_xl.workbook import template

MADE_UP = Path(__file__).parents[1] / "data" / "made_up.toml"


@pytest.fixture(scope="session")
def made_up_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the workbook of the made-up plan, whose texts begin with = + @ and -."""
    path = tmp_path_factory.mktemp("made_up") / "made_up.xlsx"
    path.write_bytes(template.build(definition.load(str(MADE_UP))))
    return path


@pytest.fixture(params=["template_path", "second_path", "sample_path", "made_up_path"])
def book(request: pytest.FixtureRequest) -> Xlsx:
    """Return each workbook in turn."""
    return Xlsx(request.getfixturevalue(request.param))
