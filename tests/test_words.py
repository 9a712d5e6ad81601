"""What was judged is a value until it is written: no code compares with the words of a verdict."""

import ast
from pathlib import Path

import pytest
from paths import ROOT as REPOSITORY

from aso_xl.domain import words
from aso_xl.domain.settings import Pace

ROOT = REPOSITORY / "aso_xl"
MODULES = sorted(ROOT.rglob("*.py"))
VERDICTS = {
    "ACHIEVED": words.ACHIEVED,
    "MISSED": words.MISSED,
    "BLANK": words.BLANK,
    "UNPUBLISHED": words.UNPUBLISHED,
    "PENDING": words.PENDING,
    "EXCLUDED": words.EXCLUDED,
    "on_track": Pace().on_track,
    "slow": Pace().slow,
    "late": Pace().late,
}


def compared(tree: ast.AST) -> set[str]:
    """Return the verdict words that are compared, matched or looked up: literals and names."""
    found = set()
    for node in ast.walk(tree):
        match node:
            case ast.Compare():
                parts = [node.left, *node.comparators]
            case ast.MatchValue():
                parts = [node.value]
            case ast.Call(func=ast.Attribute(attr="startswith" | "endswith" | "index" | "count")):
                parts = list(node.args)
            case _:
                continue
        found.update(word for part in parts for word in _words(part))
    return found


def _words(node: ast.expr) -> set[str]:
    match node:
        case ast.Constant(value=str(word)) if word in VERDICTS.values():
            return {word}
        case ast.Tuple(elts=each) | ast.List(elts=each) | ast.Set(elts=each):
            return {word for one in each for word in _words(one)}
        case ast.Attribute(value=ast.Name(id="words"), attr=name) if name in VERDICTS:
            return {VERDICTS[name]}
        case ast.Attribute(value=ast.Name(id="pace") | ast.Attribute(attr="pace"), attr=name):
            return {VERDICTS[name]} if name in VERDICTS else set()
        case ast.Attribute(attr="pace"):
            return {"a pace word"}
        case _:
            return set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_learns_a_verdict_from_its_word(path: Path) -> None:
    assert compared(ast.parse(path.read_text(encoding="utf-8"))) == set()


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('line.result == "達成"', {"達成"}),
        ('x in ("未公表", "集計中")', {"未公表", "集計中"}),
        ("a.label != words.MISSED", {"未達成"}),
        ("a.pace == other", {"a pace word"}),
        ("word == settings.pace.late", {"遅れ"}),
        ('text.startswith("対象外")', {"対象外"}),
        ("a.result is Result.ACHIEVED", set()),
        ('f"{pace.late}の指標"', set()),
    ],
)
def test_a_comparison_with_a_verdict_would_be_found(source: str, expected: set[str]) -> None:
    assert compared(ast.parse(source)) == expected
