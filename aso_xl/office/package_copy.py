"""A copy of an Office package in the making: parts changed or added, all others byte for byte.

A part that is not touched is not even unpacked, so that nothing in it can be in the way. A package
in the strict form of Open XML is handed out in the usual namespaces, and stays strict.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
from collections.abc import Iterator
from copy import copy
from pathlib import PurePosixPath
from typing import Final

from lxml import etree

from .part_names import PartNames
from .part_xml import parsed, part_of
from .strict import is_strict, made_strict, made_usual
from .xml_stream import TooMuch

_TYPES_PART: Final = "[Content_Types].xml"
_LINKS_PART: Final = "_rels/.rels"
_TYPES: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELS: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_NO_LINKS: Final = f'<Relationships xmlns="{_RELS.strip("{}")}"/>'.encode()
MOST_NODES: Final = 1_500_000
"""Elements and attributes in all parts that are made trees: some 200 MB, a hundred times our own."""

_LOCAL_HEADER: Final = 30
_SIZES_FOLLOW: Final = 0x08


class PackageCopy:
    """The package's parts by name, as they will be in the copy.

    Raise BadZipFile, KeyError or XMLSyntaxError where the package is damaged, TooMuch where trees
    of its parts would fill the memory.
    """

    def __init__(self, package: bytes) -> None:
        self._data = package
        self._zip = zipfile.ZipFile(io.BytesIO(package))
        self._old = {info.filename: info for info in self._zip.infolist()}
        self._spelling = PartNames(self._old)
        self._changed: dict[str, bytes] = {}
        self._nodes: dict[str, int] = {}
        self._is_strict = _LINKS_PART in self._old and is_strict(self[_LINKS_PART])
        self.xml(_TYPES_PART)

    def __contains__(self, part: str) -> bool:
        part = self._spelling.actual(part)
        return part in self._old or part in self._changed

    def __iter__(self) -> Iterator[str]:
        yield from self._old
        yield from (part for part in self._changed if part not in self._old)

    def __getitem__(self, part: str) -> bytes:
        part = self._spelling.actual(part)
        return self._changed[part] if part in self._changed else self._zip.read(self._old[part])

    def __setitem__(self, part: str, data: bytes) -> None:
        self._changed[self._spelling.actual(part)] = data

    def xml(self, part: str) -> etree._Element:
        """Return the root of a part; entities are not expanded."""
        data = made_usual(self[part]) if self._is_strict else self[part]
        self._nodes[part] = _nodes(data)
        if sum(self._nodes.values()) > MOST_NODES:
            raise TooMuch
        return parsed(data)

    def set_xml(self, part: str, root: etree._Element) -> None:
        data = part_of(root)
        self[part] = made_strict(data) if self._is_strict else data

    def free_name(self, pattern: str) -> str:
        """Return the first name of a numbered pattern (``xl/drawings/a{}.vml``) that is free."""
        return next(n for i in range(1, len([*self]) + 2) if (n := pattern.format(i)) not in self)

    def links(self, part: str) -> dict[str, tuple[str, str]]:
        """Return the relationships of a part to others inside: type and target part by id."""
        folder = PurePosixPath("/", part).parent
        actual = self._spelling.actual
        return {
            str(link.get("Id")): (
                str(link.get("Type")),
                actual(_resolved(folder, str(link.get("Target")))),
            )
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

    def drop(self, part: str, link_id: str) -> None:
        """Take away a relationship of a part, and the part it leads to, which none else uses."""
        target = self.links(part)[link_id][1]
        name, root = self._relationships(part)
        for link in [link for link in root if link.get("Id") == link_id]:
            root.remove(link)
        self.set_xml(name, root)
        types = self.xml(_TYPES_PART)
        for override in self._overrides(types, target):
            types.remove(override)
        self.set_xml(_TYPES_PART, types)
        for gone in (target, self._relationships(target)[0]):
            self._changed.pop(gone, None)
            self._old.pop(gone, None)

    def declare(self, part: str, content_type: str) -> None:
        """Set the content type of one part, whatever its extension is declared to mean."""
        types = self.xml(_TYPES_PART)
        overrides = self._overrides(types, part)
        override = overrides[0] if overrides else etree.SubElement(types, f"{_TYPES}Override")
        override.set("PartName", f"/{part}")
        override.set("ContentType", content_type)
        self.set_xml(_TYPES_PART, types)

    def finished(self) -> bytes:
        """Return the package: the old parts in their order, then the new ones.

        What has not changed is copied as it lies in the package, not even packed anew.
        """
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for name in self._old:
                if name in self._changed:
                    new.writestr(copy(self._old[name]), self._changed[name])
                else:
                    self._copy_packed(self._old[name], new, out)
            for name in [part for part in self._changed if part not in self._old]:
                info = zipfile.ZipInfo(name)
                info.compress_type = zipfile.ZIP_DEFLATED
                new.writestr(info, self._changed[name])
        return out.getvalue()

    def _copy_packed(self, info: zipfile.ZipInfo, new: zipfile.ZipFile, out: io.BytesIO) -> None:
        """Copy a part's packed bytes behind a header of its own; ``zipfile`` has no call for it."""
        name, extra = struct.unpack_from("<HH", self._data, info.header_offset + 26)
        start = info.header_offset + _LOCAL_HEADER + name + extra
        kept = copy(info)
        kept.flag_bits &= ~_SIZES_FOLLOW
        kept.header_offset = out.tell()
        out.write(kept.FileHeader())
        out.write(self._data[start : start + info.compress_size])
        new.filelist.append(kept)
        new.NameToInfo[kept.filename] = kept
        new.start_dir = out.tell()

    @staticmethod
    def _overrides(types: etree._Element, part: str) -> list[etree._Element]:
        return [o for o in types.iter(f"{_TYPES}Override") if o.get("PartName") == f"/{part}"]

    def _relationships(self, part: str) -> tuple[str, etree._Element]:
        """Return the name and the root of a part's relationships, empty if it has none yet."""
        path = PurePosixPath(part)
        name = str(path.parent / "_rels" / f"{path.name}.rels")
        if name in self:
            return name, self.xml(name)
        return name, parsed(_NO_LINKS)


def _nodes(data: bytes) -> int:
    """Return about how many nodes the tree of a part has; an attribute is two, with its text."""
    return data.count(b"<") - data.count(b"</") + 2 * (data.count(b'="') + data.count(b"='"))


def _resolved(folder: PurePosixPath, target: str) -> str:
    """Return the part a relationship points to from a part in ``folder``."""
    steps: list[str] = []
    for step in (folder / target).parts[1:]:
        if step == "..":
            steps[-1:] = []
        else:
            steps.append(step)
    return "/".join(steps)
