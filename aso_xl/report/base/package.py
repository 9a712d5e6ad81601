"""A base document's package made fit for python-docx, and what was bent put straight again.

python-docx refuses a relationship that leads to nothing (``NULL``, ``#_top``), which Word passes
over. In memory it is made an external one; in the report it stands as it stood.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from copy import copy
from typing import BinaryIO, Final
from urllib.parse import unquote

from docx.document import Document as WordDocument

from ...office.part_xml import parsed, part_of

_LOOSE: Final = "aso-xl-loose:"
_EXTERNAL: Final = "External"
_NEEDED: Final = frozenset(
    {"officeDocument", "styles", "settings", "numbering", "header", "footer"}
)
"""Kinds of relationships that must lead somewhere."""
_OURS: Final = frozenset({"core-properties", "custom-properties"})
"""Kinds of relationships to parts that a report writes anew where there are none."""


def loosened(data: bytes) -> bytes:
    """Return the package with every relationship that leads nowhere made an external one.

    A target spelled in other letters than its part (case, percent signs) is spelled like it, and
    what leads to no properties goes: a report has its own. Raise KeyError where a part that is
    needed is missing.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = {name.casefold(): name for name in package.namelist()}
        changed = {
            name: bent
            for name in package.namelist()
            if name.endswith(".rels") and (bent := _loosened(name, package.read(name), names))
        }
    return _with(data, changed) if changed else data


def save(word: WordDocument, target: BinaryIO) -> None:
    """Write a document, its loose relationships as they stood in the base document."""
    relations = (r for part in word.part.package.iter_parts() for r in part.rels.values())
    if not any(r.is_external and r.target_ref.startswith(_LOOSE) for r in relations):
        word.save(target)
        return
    made = io.BytesIO()
    word.save(made)
    data = made.getvalue()
    with zipfile.ZipFile(made) as package:
        rels = [name for name in package.namelist() if name.endswith(".rels")]
        found = {name: package.read(name) for name in rels}
    straight = {n: _straightened(xml) for n, xml in found.items() if _LOOSE.encode() in xml}
    target.write(_with(data, straight))


def _loosened(rels: str, xml: bytes, names: dict[str, str]) -> bytes | None:
    root, folder, is_changed = parsed(xml), posixpath.dirname(posixpath.dirname(rels)), False
    for link in list(root.iterchildren("*")):
        target, kind = link.get("Target"), (link.get("Type") or "").rpartition("/")[2]
        is_external = link.get("TargetMode") == _EXTERNAL
        if target is None or (is_external and kind not in _OURS | _NEEDED):
            continue
        part = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        found = names.get(part.casefold()) or names.get(unquote(part).casefold())
        if found == part and not is_external:
            continue
        if kind in _OURS and (is_external or found is None):
            root.remove(link)
        elif kind in _NEEDED and (is_external or found is None):
            raise KeyError(part)
        elif found is not None:
            link.set("Target", f"/{found}")
        else:
            link.set("Target", _LOOSE + target)
            link.set("TargetMode", _EXTERNAL)
        is_changed = True
    return part_of(root) if is_changed else None


def _straightened(xml: bytes) -> bytes:
    root = parsed(xml)
    for link in root.iterchildren("*"):
        target = link.get("Target") or ""
        if target.startswith(_LOOSE):
            link.set("Target", target.removeprefix(_LOOSE))
            del link.attrib["TargetMode"]
    return part_of(root)


def _with(data: bytes, changed: dict[str, bytes]) -> bytes:
    """Return a package with some parts in place of the old ones."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            new.writestr(copy(info), changed.get(info.filename) or old.read(info))
    return out.getvalue()
