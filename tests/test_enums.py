"""A new member of an enum fails in mypy wherever it is not handled: nothing falls through."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from enum import Enum, EnumMeta
from pathlib import Path
from types import ModuleType
from typing import get_args

import aso_xl
from aso_xl.domain.plan import Relation
from aso_xl.report.content.blocks import Block, Figure, Reference

UNIONS = {each.__name__ for each in (*get_args(Relation), *get_args(Block), Figure, Reference)}
"""Classes of which a value is one: they are matched to the end like the members of an enum."""
ELSEWHERE = {"aso_xl.__main__", "aso_xl.excel.launch", "aso_xl.excel.dropped"}
"""These start something when they are imported."""
PARTIAL = {"aso_xl.workbook.read.file.texts._PLACES": "nothing else moves digits up or down"}


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(aso_xl.__path__, "aso_xl."):
        if found.name not in ELSEWHERE:
            yield importlib.import_module(found.name)


MODULES = list(modules())
ENUMS = {
    name for module in MODULES for name, each in vars(module).items() if isinstance(each, EnumMeta)
}


def asks(pattern: ast.pattern) -> bool:
    """Return whether a pattern asks for a member of an enum, or for a class of a union."""
    return any(
        (isinstance(node, ast.MatchValue) and ast.unparse(node.value).split(".")[0] in ENUMS)
        or (isinstance(node, ast.MatchClass) and ast.unparse(node.cls) in UNIONS)
        for node in ast.walk(pattern)
    )


def is_closed(match: ast.Match, within: ast.FunctionDef) -> bool:
    """Return whether what falls through is said never to come."""
    never = f"assert_never({ast.unparse(match.subject)})"
    return any(isinstance(n, ast.Call) and ast.unparse(n) == never for n in ast.walk(within))


def test_every_match_on_an_enum_or_a_union_is_closed() -> None:
    matches = [
        (f"{module.__name__}:{node.lineno}", is_closed(node, function))
        for module in MODULES
        for function in ast.walk(ast.parse(Path(str(module.__file__)).read_text("utf-8")))
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Match) and any(asks(case.pattern) for case in node.cases)
    ]
    assert len(matches) > 10
    assert [place for place, closed in matches if not closed] == []


def test_every_table_by_an_enum_has_all_its_members() -> None:
    tables = {
        f"{module.__name__}.{name}": table
        for module in MODULES
        for name, table in vars(module).items()
        if isinstance(table, Mapping) and table and all(isinstance(key, Enum) for key in table)
    }
    assert len(tables) > 3
    lacking = {
        name: sorted(map(str, set(type(next(iter(table)))) - set(table)))
        for name, table in tables.items()
        if name not in PARTIAL
    }
    assert {name: missing for name, missing in lacking.items() if missing} == {}
    assert PARTIAL.keys() <= tables.keys()
