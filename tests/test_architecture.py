"""Imports point one way: edge → pure domain, never back; the domain knows no files, no Office."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "aso_xl"
PURE = {
    "aso_xl.text",
    "aso_xl.numerals",
    "aso_xl.guessing",
    "aso_xl.plan",
    "aso_xl.settings",
    "aso_xl.ledger",
    "aso_xl.entry",
    "aso_xl.achievement",
    "aso_xl.summary",
    "aso_xl.outlook",
    "aso_xl.departments",
    "aso_xl.report.blocks",
    "aso_xl.report.fingerprint",
    "aso_xl.report.markup",
    "aso_xl.report.naming",
    "aso_xl.report.printed",
    "aso_xl.report.record",
    "aso_xl.report.reissue.changes",
    "aso_xl.report.place_names",
    "aso_xl.exchange.merging",
    "aso_xl.exchange.values",
}
FORBIDDEN_TO_PURE = {
    *("openpyxl", "docx", "xlsxwriter", "pandas", "lxml", "xlwings", "numpy"),
    *("io", "os", "pathlib", "zipfile", "tomllib", "tempfile", "shutil", "subprocess", "sys"),
}
# a package may import what stands to its right, never to its left
ORDER = ["cli", "commands", "excel", "exchange", "report", "workbook", "checks", ""]


def modules() -> dict[str, Path]:
    found = {}
    for path in sorted(ROOT.rglob("*.py")):
        parts = path.relative_to(ROOT.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


def imports(name: str) -> set[str]:
    """Return the modules that ``name`` imports anywhere, its own package's as full names."""
    path = MODULES[name]
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                up = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*up, *([base] if base else [])])
            inner = {f"{base}.{alias.name}" for alias in node.names} & MODULES.keys()
            found.update(inner or {base})
    return found


def is_pure(name: str) -> bool:
    return name in PURE or name.startswith(("aso_xl.checks", "aso_xl.report.sections"))


def test_the_pure_modules_are_all_there() -> None:
    assert MODULES.keys() >= PURE


@pytest.mark.parametrize("name", [n for n in MODULES if is_pure(n)])
def test_pure_modules_import_no_files_and_no_office(name: str) -> None:
    assert not {i.partition(".")[0] for i in imports(name)} & FORBIDDEN_TO_PURE
    assert {i for i in imports(name) if i.startswith("aso_xl.") and not is_pure(i)} == set()


def part(name: str) -> str:
    rest = name.split(".")[1:]
    return rest[0] if rest and rest[0] in ORDER else ""


@pytest.mark.parametrize("name", MODULES)
def test_packages_import_one_way(name: str) -> None:
    if name in ("aso_xl", "aso_xl.__main__"):
        return
    left = {
        i for i in imports(name) if i in MODULES and ORDER.index(part(i)) < ORDER.index(part(name))
    }
    assert left == set()


def test_no_module_imports_itself_in_a_circle() -> None:
    graph = {n: {i for i in imports(n) if i in MODULES and i != n} for n in MODULES}
    assert list(TopologicalSorter(graph).static_order())


@pytest.mark.parametrize("name", MODULES)
def test_xlwings_pro_is_never_imported(name: str) -> None:
    """xlwings.pro is under another licence (PolyForm Noncommercial or paid)."""
    assert not {i for i in imports(name) if i.startswith("xlwings.pro")}
