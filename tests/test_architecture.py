"""Imports point one way: edge → pure domain, never back; what is pure knows no files, no Office."""

import ast
import re
from collections import defaultdict
from graphlib import TopologicalSorter
from pathlib import Path

import house_drawing
import pytest
from paths import ROOT as REPOSITORY

ROOT = REPOSITORY / "aso_xl"
PURE_FOLDERS = ("aso_xl.domain", "aso_xl.report.content")
"""In these folders everything is pure: the folder is the rule."""
PURE_MODULES = {
    "aso_xl.errors",
    "aso_xl.exchange.cell_values",
    "aso_xl.exchange.three_way",
    "aso_xl.report.reissue.changes",
    "aso_xl.report.markup",
}
FORBIDDEN_TO_PURE = {
    *("openpyxl", "docx", "xlsxwriter", "pandas", "lxml", "xlwings", "numpy"),
    *("io", "os", "pathlib", "zipfile", "tomllib", "tempfile", "shutil", "subprocess", "sys"),
}
ORDER = [
    *(
        "__main__",
        "cli",
        "excel",
        "job_words",
        "jobs",
        "frames",
        "years",
        "tracing",
        "exchange",
        "report",
        "defining",
    ),
    *("workbook", "strategies", "office", "files", "processes", "last_net", "console", "actions"),
    *("domain", "reasons", "errors", ""),
]
"""A room may import what stands to its right, never to its left."""


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
    return name in PURE_MODULES or any(
        name == folder or name.startswith(f"{folder}.") for folder in PURE_FOLDERS
    )


def test_the_pure_modules_are_all_there() -> None:
    assert MODULES.keys() >= {*PURE_MODULES, *PURE_FOLDERS}


@pytest.mark.parametrize("name", [n for n in MODULES if is_pure(n)])
def test_what_is_pure_imports_no_files_and_no_office(name: str) -> None:
    assert not {i.partition(".")[0] for i in imports(name)} & FORBIDDEN_TO_PURE
    assert {i for i in imports(name) if i.startswith("aso_xl.") and not is_pure(i)} == set()


def room(name: str) -> str:
    return [*name.split("."), ""][1]


def test_every_room_has_its_place_in_the_order() -> None:
    assert {room(name) for name in MODULES} <= set(ORDER)


@pytest.mark.parametrize("name", MODULES)
def test_rooms_import_one_way(name: str) -> None:
    own = ORDER.index(room(name))
    inner = imports(name) & MODULES.keys()
    assert {i for i in inner if ORDER.index(room(i)) < own} == set()


def test_no_module_imports_itself_in_a_circle() -> None:
    graph = {n: {i for i in imports(n) if i in MODULES and i != n} for n in MODULES}
    assert list(TopologicalSorter(graph).static_order())


FOLDERS = sorted({name.rpartition(".")[0] for name in MODULES} - {""})


@pytest.mark.parametrize("folder", FOLDERS)
def test_what_stands_in_a_folder_imports_one_way(folder: str) -> None:
    """Its modules and the folders in it: one of two that need each other is at the wrong place."""

    def place(name: str) -> str:
        inner = name.removeprefix(f"{folder}.")
        return inner.partition(".")[0] if inner != name else ""

    graph = defaultdict[str, set[str]](set)
    for name in MODULES:
        if here := place(name):
            graph[here] |= {place(i) for i in imports(name) if i in MODULES} - {here, ""}
    assert list(TopologicalSorter(graph).static_order())


@pytest.mark.parametrize("name", MODULES)
def test_imports_within_the_package_are_relative(name: str) -> None:
    tree = ast.parse(MODULES[name].read_text(encoding="utf-8"))
    absolute = {
        node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and not node.level
    }
    assert not {module for module in absolute if module and module.split(".")[0] == "aso_xl"}


@pytest.mark.parametrize("name", MODULES)
def test_docstrings_speak_one_dialect(name: str) -> None:
    """Every public function of a module says what it does: 「Return …」「Raise …」, not 「Returns」."""
    tree = ast.parse(MODULES[name].read_text(encoding="utf-8"))
    functions = [each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)]
    other = re.compile(r"\b(Returns|Raises|Yields)\b")
    assert [e.name for e in functions if other.search(ast.get_docstring(e) or "")] == []
    public = [e for e in tree.body if isinstance(e, ast.FunctionDef) and e.name[0] != "_"]
    assert [each.name for each in public if not ast.get_docstring(each)] == []


@pytest.mark.parametrize("name", MODULES)
def test_xlwings_pro_is_never_imported(name: str) -> None:
    """xlwings.pro is under another licence (PolyForm Noncommercial or paid)."""
    assert not {i for i in imports(name) if i.startswith("xlwings.pro")}


def test_the_drawing_of_the_house_shows_what_there_is() -> None:
    """Every folder of the package is drawn, and every name on the drawing is there."""
    assert house_drawing.TARGET.read_text(encoding="utf-8") == house_drawing.drawing()
    folders = {path.name for path in ROOT.iterdir() if (path / "__init__.py").exists()}
    drawn = {each.name for each in house_drawing.ROOMS}
    assert folders <= drawn
    known = {part for name in MODULES for part in name.split(".")}
    words = {word for each in house_drawing.ROOMS for line in each.lines for word in names(line)}
    assert words | {part for name in drawn for part in name.split("/")} <= known


def names(line: str) -> list[str]:
    return re.findall(r"\b[a-z][a-z_]+\b", line)


def test_no_two_classes_share_a_name() -> None:
    """Whoever reads a name in one room must not have met another thing by it."""
    places = defaultdict(list)
    for name, path in MODULES.items():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(name)
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


def test_xml_is_parsed_in_one_place() -> None:
    """Only there stands that no entity is expanded and nothing is fetched."""
    parsing = {
        name
        for name, path in MODULES.items()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ("XMLParser", "fromstring", "XML")
    }
    assert parsing == {"aso_xl.office.part_xml"}


def test_every_test_file_has_a_name_of_its_own() -> None:
    """pytest imports them by name alone: of two it finds one, and stops."""
    names = [path.name for path in (REPOSITORY / "tests").rglob("test_*.py")]
    assert sorted(names) == sorted(set(names))
