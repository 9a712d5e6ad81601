"""A document in memory: what it says of itself, where its places are, and its parts to be saved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cached_property
from typing import Final

from lxml import etree

from ...errors import DocumentFileError
from ...office.document_faults import damaged, too_much
from ...office.package_copy import PackageCopy
from ...office.xml_stream import TooMuch
from ..content.printed import Place
from ..word.memory import RELATION, is_memory, memory_xml, recalled, recalled_sections
from .bookmark_index import Bookmarks
from .element_names import NAME, VAL, Element, w

_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CUSTOM: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}"
_VALUES: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes}"
_MODIFIED: Final = "{http://purl.org/dc/terms/}modified"


class DocumentPackage(PackageCopy):
    """A document's parts; one that is damaged is named to staff when it is first needed."""

    def __init__(self, data: bytes, name: str) -> None:
        self._name = name
        super().__init__(data)

    def xml(self, part: str) -> Element:
        """Return the root of a part. Raise DocumentFileError if it is missing, damaged or immense."""
        try:
            return super().xml(part)
        except (etree.XMLSyntaxError, KeyError, ValueError):
            fault = damaged(part)
        except TooMuch:
            fault = too_much(part)
        raise DocumentFileError(f"{self._name} {fault.finding}。{fault.remedy}")


class OpenedDocument:
    """A document's parts, its body, its named places, its record and what it was printed with."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self.package = DocumentPackage(data, name)
        links = self.package.links("")
        self.part = next(t for kind, t in links.values() if kind == f"{_OFFICE}/officeDocument")
        self.root = self.package.xml(self.part)
        if self.root.find(w("body")) is None:
            raise ValueError("no body")
        self.marks = Bookmarks(self.root)
        self._record_part = next(
            (t for kind, t in links.values() if kind == f"{_OFFICE}/custom-properties"), ""
        )
        self.record: Mapping[str, str] = {k: v.text or "" for k, v in self._properties()}
        self._stories: dict[str, Element] = {}

    @property
    def body(self) -> Element:
        return next(self.root.iterchildren(w("body")))

    @cached_property
    def memory(self) -> Mapping[str, Place]:
        """Return what was last printed in its places, in order; {} if that has been lost."""
        return recalled(self.package[self._memory_part]) if self._memory_part else {}

    @cached_property
    def sections(self) -> frozenset[str]:
        """Return the names of the only sections that were printed; none if all were."""
        part = self._memory_part
        return recalled_sections(self.package[part]) if part else frozenset()

    @cached_property
    def _memory_part(self) -> str:
        parts = self.part_names(RELATION.rpartition("/")[2])
        return next((part for part in parts if is_memory(self.package[part])), "")

    def reindex(self) -> None:
        """Find the named places anew after elements came or went."""
        self.marks = Bookmarks(self.root)
        self.__dict__.pop("links", None)

    def put_record(self, record: Mapping[str, str], printed: Mapping[str, Place]) -> None:
        """Bring the custom properties that are there already, the memory and the date up to date."""
        root = None
        for name, value in self._properties():
            if name in record and value.text != record[name]:
                value.text = record[name]
                root = value.getroottree().getroot()
        if root is not None:
            self.package.set_xml(self._record_part, root)
        if self._memory_part:
            self.package[self._memory_part] = memory_xml(printed, self.sections)
        self._put_date()

    def saved(self) -> bytes:
        """Return the whole document; parts that have not changed stay byte for byte."""
        self.package.set_xml(self.part, self.root)
        for part, root in self._stories.items():
            if etree.tostring(root) != etree.tostring(self.package.xml(part)):
                self.package.set_xml(part, root)
        return self.package.finished()

    def part_names(self, kind: str) -> Iterator[str]:
        """Yield the names of the parts that the body refers to by a kind of relationship."""
        for found, part in self.package.links(self.part).values():
            if found == f"{_OFFICE}/{kind}" and part in self.package:
                yield part

    def stories(self, *kinds: str) -> Iterator[Element]:
        """Yield the headers or footers (``header``, ``footer``); changes to them are saved."""
        for kind in kinds:
            for part in dict.fromkeys(self.part_names(kind)):
                if part not in self._stories:
                    self._stories[part] = self.package.xml(part)
                yield self._stories[part]

    @cached_property
    def links(self) -> Mapping[str, str]:
        """Return the parts that the body refers to, by the id of the relation."""
        return {id_: part for id_, (_, part) in self.package.links(self.part).items()}

    @cached_property
    def style_ids(self) -> Mapping[str, str]:
        """Return the ids of the styles by name, in lower case."""
        found = {}
        for part in self.part_names("styles"):
            for style in self.package.xml(part).iter(w("style")):
                name = style.find(NAME)
                if name is not None:
                    found[(name.get(VAL) or "").casefold()] = style.get(w("styleId")) or ""
        return found

    def style(self, name: str) -> str:
        """Return the id of a style of this name, "" without one."""
        return self.style_ids.get(name.casefold(), "")

    def _put_date(self) -> None:
        for kind, part in self.package.links("").values():
            if kind.endswith("/core-properties") and part in self.package:
                root = self.package.xml(part)
                for modified in root.iter(_MODIFIED):
                    modified.text = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
                self.package.set_xml(part, root)

    def _properties(self) -> Iterator[tuple[str, Element]]:
        if self._record_part not in self.package:
            return
        for item in self.package.xml(self._record_part).iter(f"{_CUSTOM}property"):
            value = item.find(f"{_VALUES}lpwstr")
            if value is not None:
                yield item.get("name") or "", value
