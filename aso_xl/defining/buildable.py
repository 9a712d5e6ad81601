"""A definition of which a master workbook can be made, whichever way it is written."""

from __future__ import annotations

from pathlib import Path

from ..errors import DefinitionError, Finding
from ..strategies import definition as toml
from ..strategies.definition import Definition
from ..workbook.build import given_settings
from . import any_definition


def buildable(name: str, *, sample: bool = False) -> Definition:
    """Return the definition called ``third`` or ``second``, or the one in the file ``name``.

    Raise DefinitionError with all that is wrong in it.
    """
    found: list[Finding] = []
    if any_definition.is_workbook(name):
        if sample:
            raise DefinitionError(
                "定義ブックには記入例がありません。--sample を付けずに作ってください。"
            )
        definition = any_definition.load(name).definition
    else:
        definition, found = toml.examine(name, sample=sample)
    source = Path(name).name
    found += given_settings.misfits(definition, source)
    if found:
        raise DefinitionError(findings=found)
    return definition
