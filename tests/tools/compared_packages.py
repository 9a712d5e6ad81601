"""Packages and sheets compared part by part and element by element."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree
from packages import unpacked
from rich_workbook import sheet_parts
from workbook_tools import MAIN

Place = tuple[str, str]


def changed_parts(old: bytes, new: bytes) -> set[str]:
    """Return the parts that differ; the others must lie there in order, packed as they were."""
    before, after = _packed_parts(old), _packed_parts(new)
    assert list(before) == [name for name in after if name in before]
    return {name for name in after if before.get(name) != after[name]}


def _packed_parts(package: bytes) -> dict[str, tuple[Any, ...]]:
    """Return the packed bytes of every part, with what the package notes of it."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        assert opened.testzip() is None
        for info in opened.infolist():
            lengths = package[info.header_offset + 26 : info.header_offset + 30]
            start = info.header_offset + 30
            start += int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little")
            facts = (info.date_time, info.compress_type, info.external_attr, info.CRC)
            found[info.filename] = (package[start : start + info.compress_size], *facts)
    return found


def elements(root: etree._Element, but: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    """Yield every element of a sheet except the cells at some addresses, in order."""
    for child in root:
        if child.tag == f"{MAIN}c" and child.get("r") in but:
            continue
        depth = len(list(child.iterancestors()))
        yield depth, child.tag, sorted(child.items()), child.text, child.tail
        yield from elements(child, but)


def sheet(package: bytes, name: str) -> etree._Element:
    parts = unpacked(package)
    return etree.fromstring(parts[sheet_parts(parts)[name]])


def cell(package: bytes, place: Place) -> etree._Element:
    (found,) = (c for c in sheet(package, place[0]).iter(f"{MAIN}c") if c.get("r") == place[1])
    return found
