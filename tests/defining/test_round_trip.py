"""TOML → definition workbook → TOML loses nothing, whoever saves the workbook on the way."""

import json
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
from defining_tools import saved
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from paths import PLANS, ROOT
from random_plans import definition_of

from aso_xl.defining import any_definition, sheets
from aso_xl.defining.build import build
from aso_xl.defining.from_tables import book_of
from aso_xl.defining.toml_text import toml_text
from aso_xl.domain.rule import Rule
from aso_xl.strategies.definition import canonical
from aso_xl.strategies.shapes import ENTRIES

PUBLISHED = sorted(map(str, PLANS.glob("*.toml")))
KNOWN = ("third", "second", str(ROOT / "tests/data/every_entry.toml"), *PUBLISHED)


def there_and_back(name, path):
    """Return a definition and the one read from its workbook, which has nothing wrong in it."""
    one = any_definition.examine(name)
    other = any_definition.examine(str(saved(path, one.book)))
    assert other.found == []
    return one, other


@pytest.mark.parametrize("name", KNOWN)
def test_a_definition_comes_back_whole(name, tmp_path):
    one, other = there_and_back(name, tmp_path / "定義.xlsx")
    assert other.definition.text == one.definition.text
    assert other.definition.plan == one.definition.plan
    assert other.definition.plan.fingerprint == one.definition.plan.fingerprint
    assert other.definition.entries == one.definition.entries
    assert other.tables.repairs == one.tables.repairs


def test_every_kind_of_entry_has_its_word():
    assert set(sheets.ENTRY_KINDS) == set(ENTRIES)


@pytest.mark.parametrize("name", KNOWN)
def test_toml_written_reads_back_the_same(name):
    tables = any_definition.examine(name).tables
    back = tomllib.loads(toml_text(tables.raw, tables.entries, tables.repairs))
    assert back.pop("entries", {}) == tables.entries
    assert back.pop("repairs", []) == tables.repairs
    assert canonical(back) == canonical(tables.raw)


@pytest.mark.libreoffice
@pytest.mark.parametrize("name", KNOWN, ids=lambda name: name.rpartition("/")[2])
@pytest.mark.parametrize("program", ["soffice", "ssconvert"])
def test_a_workbook_saved_by_another_program_reads_the_same(program, name, tmp_path):
    if not shutil.which(program):
        pytest.skip(f"{program} がありません")
    one = any_definition.examine(name)
    (tmp_path / "made").mkdir()
    path = saved(tmp_path / "定義.xlsx", one.book)
    out = tmp_path / "made" / "定義.xlsx"
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    line = {
        "soffice": [
            "soffice",
            profile,
            "--headless",
            "--convert-to",
            "xlsx",
            "--outdir",
            out.parent,
        ],
        "ssconvert": ["ssconvert", path, out],
    }[program]
    if program == "soffice":
        line.append(path)
    subprocess.run([*map(str, line)], check=True, capture_output=True, timeout=120)
    other = any_definition.examine(str(out))
    assert other.found == []
    assert other.definition.text == one.definition.text
    assert other.definition.entries == one.definition.entries


# --- random plans

LETTERS = "ああ人口%％・、，「」=+@_x000D_\"'\\△-−1 2(※)～市ｱ亜𠮷é\u3000<>&"
NAMES = st.text(LETTERS, min_size=1, max_size=12).map(str.strip).filter(bool)
LONG = st.text(LETTERS + "\n", min_size=1, max_size=40).map(str.strip).filter(bool)
NUMBERS = st.decimals(-(10**9), 10**9, allow_nan=False, places=2).map(str) | st.sampled_from(
    ["0", "5", "0.00", "4965.0", "-10", "100"]
)
ROUNDS = ["R7", "R8", "R9", "R10", "R11"]


def some(**optional):
    """Return a table with any of these entries."""
    return st.fixed_dictionaries({}, optional=optional)


@st.composite
def indicators(draw, prefix):
    made = []
    for number in range(1, 1 + draw(st.integers(0, 3))):
        rule = draw(st.sampled_from([r.label for r in Rule if r.label not in ("以内", "定性")]))
        own = {"id": f"{prefix}{number}", "name": draw(NAMES), "rule": rule}
        own["target"] = draw(NUMBERS)
        own |= draw(
            some(
                unit=st.sampled_from(["人", "%", "億円", "m2", "件/年", "=人"]),
                baseline=NUMBERS,
                target_year=st.sampled_from(["R10", "令和11年度", 2028]),
                lag=st.integers(0, 3),
                signed=st.booleans(),
                money=st.booleans(),
                over_100=st.booleans(),
                department=NAMES,
                statement=LONG,
                source=LONG,
                note=LONG,
                label=NAMES,
                printed_target=NAMES,
                printed_baseline=NAMES,
                targets=st.dictionaries(st.sampled_from(["R7", "R8", "R9"]), NUMBERS, min_size=1),
                aggregate=st.sampled_from(["latest", "sum", "mean", "max"]),
                until=st.sampled_from(["R9", "R10"]),
            )
        )
        own |= {"from": "R8"} if draw(st.booleans()) else {}
        made.append(own)
    return made


@st.composite
def plans(draw):
    raw: dict[str, Any] = {
        "plan": {
            **{"id": "x", "title": draw(NAMES), "short_title": draw(NAMES)},
            **{"municipality": draw(NAMES), "period": ["R8", "R11"], "rounds": ROUNDS},
            **{"round": "R8", "baseline_year": "R6", "target_year": "R10"},
            **draw(
                some(
                    departments=st.lists(st.sampled_from(["A課", "B、C課", "D課"]), unique=True),
                    stated_kpi_total=st.integers(0, 99),
                    judged_against=st.sampled_from(["final", "yearly"]),
                    rounding=st.sampled_from(["truncate", "half_up"]),
                )
            ),
        },
        "goals": [],
    }
    ids = []
    for number in range(1, 1 + draw(st.integers(1, 3))):
        goal = {"number": number, "title": draw(NAMES), **draw(some(label=NAMES))}
        for key, prefix in (("headlines", f"{number}-H"), ("kpis", f"{number}-K")):
            if own := draw(indicators(prefix)):
                goal[key] = own
                ids += [each["id"] for each in own]
        measures = []
        for place in range(1, 1 + draw(st.integers(0, 3))):
            measure = {"number": place, "name": draw(NAMES), **draw(some(label=NAMES, group=NAMES))}
            if own := draw(indicators(f"{number}-{place:02d}-")):
                measure["kpis"] = own
                ids += [each["id"] for each in own]
            measures.append(measure)
        if measures:
            goal["measures"] = measures
        raw["goals"].append(goal)
    if len(ids) > 2:
        raw["relations"] = [
            {"kind": "derived", "id": ids[0], "plus": [ids[1]], "minus": [ids[2]]},
            {"kind": "same", "ids": ids[:3]},
            {"kind": "part", "part": ids[0], "whole": ids[1]},
        ]
    if draw(st.booleans()):
        raw["grades"] = [{"name": "A", "at_least": "100", "of": "pace"}, {"name": draw(NAMES)}]
    if draw(st.booleans()):
        choices = draw(st.lists(NAMES, min_size=2, max_size=4, unique=True))
        raw["fields"] = [
            {"key": "a1", "name": draw(NAMES), "at": "goal", "print": draw(st.booleans())},
            {"key": "b", "name": "方向", "at": "indicator", "type": "choice", "choices": choices},
        ]
    return raw


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(raw=plans())
def test_random_plans_come_back_whole(raw, tmp_path_factory):
    path = Path(tmp_path_factory.mktemp("plan")) / "定義.xlsx"
    path.write_bytes(build(book_of(raw, {})))
    other = any_definition.examine(str(path))
    assert json.loads(canonical(other.tables.raw)) == json.loads(canonical(raw))
    back = tomllib.loads(toml_text(raw, {}))
    assert canonical(back) == canonical(raw)


def without_blanks(value):
    """Return tables without entries that say nothing: a blank cell is no entry."""
    if isinstance(value, dict):
        return {key: without_blanks(each) for key, each in value.items() if each != ""}
    return [without_blanks(each) for each in value] if isinstance(value, list) else value


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**9))
def test_random_sound_plans_come_back_whole_with_their_figures(seed, tmp_path_factory):
    one = definition_of(seed)
    raw = json.loads(one.text)
    path = Path(tmp_path_factory.mktemp("plan")) / "定義.xlsx"
    path.write_bytes(build(book_of(raw, one.entries)))
    other = any_definition.examine(str(path))
    assert other.found == []
    assert other.definition.plan == one.plan
    assert other.tables.raw == without_blanks(raw)
    assert other.tables.entries == one.entries
