"""Workbooks damaged at random: a finding or a sentence, never a traceback."""

from __future__ import annotations

import random
import re
import zipfile
from pathlib import Path

import pytest
from cli_tools import Command, changed, is_one_sentence


def flipped(data: bytes, chance: random.Random, times: int) -> bytes:
    changed_ = bytearray(data)
    for _ in range(times):
        changed_[chance.randrange(len(changed_))] = chance.randrange(256)
    return bytes(changed_)


def damaged(source: Path, target: Path, chance: random.Random) -> None:
    """Damage the file, the text of a part, or take a part away."""
    with zipfile.ZipFile(source) as package:
        name = chance.choice([n for n in package.namelist() if not n.startswith("docProps")])
    match chance.choice(["file", "bytes", "cut", "drop", "tag", "number"]):
        case "file":
            target.write_bytes(flipped(source.read_bytes(), chance, 3))
        case "bytes":
            changed(source, target, {name: lambda data: flipped(data, chance, 2)})
        case "cut":
            changed(source, target, {name: lambda data: data[: chance.randrange(len(data))]})
        case "drop":
            changed(source, target, {name: lambda data: None})
        case "tag":
            changed(source, target, {name: lambda data: without_a_tag(data, chance)})
        case _:
            changed(source, target, {name: lambda data: with_another_number(data, chance)})


def without_a_tag(data: bytes, chance: random.Random) -> bytes:
    """Drop a whole empty element or an attribute, so that the XML stays well-formed."""
    found = list(re.finditer(rb"<[\w:]+(?: [^<>]*)?/>| [\w:]+=\"[^\"]*\"", data))
    one = chance.choice(found)
    return data[: one.start()] + data[one.end() :]


def with_another_number(data: bytes, chance: random.Random) -> bytes:
    found = list(re.finditer(rb"\d+", data))
    one = chance.choice(found)
    other = chance.choice([b"0", b"-1", b"99999999", b"x", b"1e999", b""])
    return data[: one.start()] + other + data[one.end() :]


@pytest.mark.parametrize("seed", range(60))
def test_damage_is_a_finding_or_a_sentence(
    aso: Command, sample_path: Path, tmp_path: Path, seed: int
) -> None:
    path = tmp_path / "a.xlsx"
    damaged(sample_path, path, random.Random(seed))
    done = aso("evaluate", path)
    assert done.code in (0, 1, 2)
    assert "思いがけない" not in done.err
    assert (done.code == 2) == bool(done.err)
    if done.code == 2:
        assert is_one_sentence(done.err)
