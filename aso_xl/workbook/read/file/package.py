"""A workbook file as a package of parts: is it one, is it safe to open, where are its sheets.

Only parts that are read can refuse a workbook: pictures, links, comments, pivots and whatever else
stands in it are none of our business.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple, assert_never

from ....errors import WorkbookError
from ....files.inputs import read_input
from ....office.part_names import PartNames
from ....office.safe_package import UNREADABLE, OldFile, immense_words, is_immense, old_file
from ....office.xml_stream import (
    LINK_SPACES,
    PACKAGE_SPACES,
    Budget,
    DocumentType,
    Done,
    Reader,
    TooMuch,
    tags,
)
from ...escapes import decoded

MAX_FILE: Final = 100 * 2**20
MAX_UNPACKED: Final = 300 * 2**20
MAX_SHEETS: Final = 1000
WORKBOOK: Final = "xl/workbook.xml"
_SAVE_AS: Final = "Excel で開き、「Excel ブック(*.xlsx)」として保存し直してください。"
_OTHER_KINDS: Final = {
    "xl/workbook.bin": "バイナリ形式(.xlsb)",
    "content.xml": "OpenDocument 形式(.ods など)",
}
_BOOK_TAGS: Final = tags("sheet", "sheets", "workbookPr")
_LINK_TAGS: Final = tags("Relationship", spaces=PACKAGE_SPACES)
_IDS: Final = tuple(f"{space} id" for space in LINK_SPACES)


class Relationship(NamedTuple):
    """A relationship of a part: the last word of its type, and the part it leads to."""

    kind: str
    target: str


class Package:
    """The bytes of an .xlsx or .xlsm, read once, with its parts."""

    def __init__(self, data: bytes, name: str) -> None:
        self.data = data
        self.name = name
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        self.names = frozenset(self._zip.namelist())
        self._spelling = PartNames(self.names)
        self._budget = Budget()

    def read(self, part: str, reader: Reader) -> None:
        """Let ``reader`` take in a part.

        Raise WorkbookError, one sentence with the remedy, where it is damaged or immense.
        """
        try:
            with self._zip.open(self._spelling.actual(part)) as stream:
                self._budget.read(stream, reader)
        except TooMuch:
            raise WorkbookError(
                f"{self.name} にはセルや書式が多すぎるため開けません。使っていない行・列・シートや"
                "書式を消して保存し直すか、配布されたブックに値を写してください。"
            ) from None
        except DocumentType:
            raise WorkbookError(
                f"{self.name} には Excel が作らない記述(DOCTYPE など)があるため、安全のため開きません。"
                "配布された元のブックを使ってください。"
            ) from None
        except UNREADABLE:
            raise WorkbookError(
                f"{self.name} は壊れているため読めません。"
                "Excel で開いて修復し、保存し直してください。"
            ) from None

    @cached_property
    def _book(self) -> _BookReader:
        book = _BookReader()
        self.read(WORKBOOK, book)
        return book

    @cached_property
    def sheet_parts(self) -> dict[str, str]:
        """Return the part of every worksheet whose part is there, by the sheet's name, in order."""
        links = self.links(WORKBOOK)
        return {
            name: link.target
            for name, id_ in self._book.sheets
            if (link := links.get(id_)) and link.kind == "worksheet" and link.target in self.names
        }

    @cached_property
    def sheet_names(self) -> tuple[str, ...]:
        """Return the names of all sheets, charts too, whose part is there."""
        links = self.links(WORKBOOK)
        targets = ((name, links.get(id_)) for name, id_ in self._book.sheets)
        return tuple(name for name, link in targets if link and link.target in self.names)

    @property
    def counts_from_1904(self) -> bool:
        return self._book.counts_from_1904

    @property
    def has_external_links(self) -> bool:
        return any(name.startswith("xl/externalLinks/") for name in self.names)

    def links(self, part: str) -> dict[str, Relationship]:
        """Return the relationships of a part to others inside, by id; none where there are none."""
        folder, name = posixpath.split(part)
        rels = self._spelling.actual(f"{folder}/_rels/{name}.rels")
        reader = _LinkReader(folder)
        if rels in self.names:
            self.read(rels, reader)
        actual = self._spelling.actual
        return {
            id_: Relationship(kind, actual(target)) for id_, (kind, target) in reader.links.items()
        }

    def has(self, part: str) -> bool:
        return self._spelling.actual(part) in self.names

    def part_of(self, kind: str) -> str | None:
        """Return the workbook's part of a kind (``styles``); None where it is not there."""
        targets = (link.target for link in self.links(WORKBOOK).values() if link.kind == kind)
        return next((target for target in targets if target in self.names), None)


class _BookReader:
    """Takes in the part of the workbook: its sheets and how it counts days."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.counts_from_1904 = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match _BOOK_TAGS.get(name):
            case "sheet":
                if len(self.sheets) >= MAX_SHEETS:
                    raise TooMuch
                id_ = next((attributes[key] for key in _IDS if key in attributes), "")
                self.sheets.append((decoded(attributes.get("name", "")), id_))
            case "workbookPr":
                self.counts_from_1904 = attributes.get("date1904") in ("1", "true")

    def end(self, name: str) -> None:
        if _BOOK_TAGS.get(name) == "sheets":
            raise Done

    def text(self, data: str) -> None:
        pass


class _LinkReader:
    """Takes in the part of a part's relationships."""

    def __init__(self, folder: str) -> None:
        self.links: dict[str, Relationship] = {}
        self._folder = folder

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in _LINK_TAGS and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            path = posixpath.join("/", self._folder, attributes.get("Target", ""))
            target = posixpath.normpath(path).lstrip("/")
            self.links[attributes.get("Id", "")] = Relationship(kind, target)

    def end(self, name: str) -> None:
        pass

    def text(self, data: str) -> None:
        pass


def open_package(path: Path) -> Package:
    """Return the package of a workbook file.

    Raise WorkbookError, one sentence naming the file and the remedy, for what is not a workbook,
    is damaged, encrypted, locked or too large when unpacked.
    """
    data = _bytes(path)
    if (old := old_file(data)) is not None:
        raise WorkbookError(_old_sentence(path, old))
    try:
        package = Package(data, path.name)
    except UNREADABLE:
        raise WorkbookError(
            f"{path.name} は Excel ブックとして読めません(別の種類のファイルか、壊れています)。"
            f"元のファイルを確かめるか、{_SAVE_AS}"
        ) from None
    _refuse_bombs(package)
    if not (package.has("[Content_Types].xml") and package.has(WORKBOOK)):
        kind = next((word for part, word in _OTHER_KINDS.items() if part in package.names), "")
        other = f"{kind}のファイルで、" if kind else ""
        raise WorkbookError(f"{path.name} は{other} Excel ブックではありません。{_SAVE_AS}")
    return package


def _bytes(path: Path) -> bytes:
    data = read_input(path, WorkbookError, most=MAX_FILE)
    if not data:
        raise WorkbookError(f"{path.name} は空のファイルです。元のファイルを確かめてください。")
    return data


def _old_sentence(path: Path, old: OldFile) -> str:
    match old:
        case OldFile.ENCRYPTED:
            return f"{path.name} はパスワードで暗号化されています。Excel でパスワードを外してください。"
        case OldFile.OLD:
            return f"{path.name} は古い形式(.xls)です。{_SAVE_AS}"
        case _:
            assert_never(old)


def _refuse_bombs(package: Package) -> None:
    if is_immense(package._zip.infolist(), MAX_UNPACKED):
        raise WorkbookError(f"{package.name} {immense_words(MAX_UNPACKED)}。")
