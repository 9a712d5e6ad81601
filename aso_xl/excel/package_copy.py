"""A copy of an Office package in the making: parts changed or added, all others byte for byte."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from copy import copy
from pathlib import PurePosixPath
from typing import Final

from lxml import etree

_TYPES_PART: Final = "[Content_Types].xml"
_TYPES: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELS: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_NO_LINKS: Final = f'<Relationships xmlns="{_RELS.strip("{}")}"/>'.encode()


class PackageCopy:
    """The package's parts by name, as they will be in the copy.

    Raise BadZipFile, KeyError or XMLSyntaxError where the package is damaged.
    """

    def __init__(self, package: bytes) -> None:
        self._data = package
        with zipfile.ZipFile(io.BytesIO(package)) as opened:
            self._old = {name: opened.read(name) for name in opened.namelist()}
        self._changed: dict[str, bytes] = {}
        self.xml(_TYPES_PART)

    def __contains__(self, part: str) -> bool:
        return part in self._old or part in self._changed

    def __iter__(self) -> Iterator[str]:
        yield from self._old
        yield from (part for part in self._changed if part not in self._old)

    def __getitem__(self, part: str) -> bytes:
        return self._changed[part] if part in self._changed else self._old[part]

    def __setitem__(self, part: str, data: bytes) -> None:
        self._changed[part] = data

    def xml(self, part: str) -> etree._Element:
        """Return the root of a part; entities are not expanded."""
        return etree.fromstring(self[part], etree.XMLParser(resolve_entities=False))

    def set_xml(self, part: str, root: etree._Element) -> None:
        self[part] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    def free_name(self, pattern: str) -> str:
        """Return the first name of a numbered pattern (``xl/drawings/a{}.vml``) that is free."""
        return next(n for i in range(1, len([*self]) + 2) if (n := pattern.format(i)) not in self)

    def links(self, part: str) -> dict[str, tuple[str, str]]:
        """Return the relationships of a part to others inside: type and target part by id."""
        folder = PurePosixPath("/", part).parent
        return {
            str(link.get("Id")): (str(link.get("Type")), _resolved(folder, str(link.get("Target"))))
            for link in self._relationships(part)[1]
            if link.get("TargetMode") != "External"
        }

    def link(self, part: str, kind: str, target: str) -> str:
        """Add a relationship from a part to ``target``, also a part; return its id."""
        name, root = self._relationships(part)
        taken = {link.get("Id") for link in root}
        link_id = next(n for i in range(1, len(taken) + 2) if (n := f"rId{i}") not in taken)
        steps = posixpath.relpath(target, PurePosixPath(part).parent)
        attributes = {"Id": link_id, "Type": kind, "Target": steps}
        etree.SubElement(root, f"{_RELS}Relationship", attributes)
        self.set_xml(name, root)
        return link_id

    def declare(self, part: str, content_type: str) -> None:
        """Set the content type of one part, whatever its extension is declared to mean."""
        types = self.xml(_TYPES_PART)
        found = [o for o in types.iter(f"{_TYPES}Override") if o.get("PartName") == f"/{part}"]
        override = found[0] if found else etree.SubElement(types, f"{_TYPES}Override")
        override.set("PartName", f"/{part}")
        override.set("ContentType", content_type)
        self.set_xml(_TYPES_PART, types)

    def finished(self) -> bytes:
        """Return the package: the old parts in their order, then the new ones."""
        out = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(self._data)) as old,
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            for info in old.infolist():
                new.writestr(copy(info), self[info.filename])
            for name in [part for part in self._changed if part not in self._old]:
                info = zipfile.ZipInfo(name)
                info.compress_type = zipfile.ZIP_DEFLATED
                new.writestr(info, self[name])
        return out.getvalue()

    def _relationships(self, part: str) -> tuple[str, etree._Element]:
        """Return the name and the root of a part's relationships, empty if it has none yet."""
        path = PurePosixPath(part)
        name = str(path.parent / "_rels" / f"{path.name}.rels")
        if name in self:
            return name, self.xml(name)
        return name, etree.fromstring(_NO_LINKS)


def _resolved(folder: PurePosixPath, target: str) -> str:
    """Return the part a relationship points to from a part in ``folder``."""
    steps: list[str] = []
    for step in (folder / target).parts[1:]:
        if step == "..":
            steps[-1:] = []
        else:
            steps.append(step)
    return "/".join(steps)
