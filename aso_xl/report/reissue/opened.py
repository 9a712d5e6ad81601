"""Opening a document that was made from a workbook, and saving it with nothing else changed."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Final

from lxml import etree

from ...errors import DocumentFileError
from ...workbook.package import MAX_PARTS, MAX_UNPACKED
from ...workbook.package_copy import PackageCopy
from .marks import Marks
from .tags import NAME, VAL, Element, w

SUFFIX: Final = ".docx"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CUSTOM: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}"
_VALUES: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes}"
_MODIFIED: Final = "{http://purl.org/dc/terms/}modified"
_UNREADABLE: Final = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, etree.XMLSyntaxError),
    *(EOFError, OSError, KeyError, ValueError, NotImplementedError, RuntimeError),
)


class OpenedDocument:
    """A document's parts, its body, its named places and its record."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self.package = PackageCopy(data)
        links = self.package.links("")
        self.part = next(t for kind, t in links.values() if kind == f"{_OFFICE}/officeDocument")
        self.root = self.package.xml(self.part)
        if self.root.getroottree().docinfo.doctype:  # type: ignore[attr-defined]
            raise ValueError("a document type")
        self.marks = Marks(self.root)
        self._record_part = next(
            (t for kind, t in links.values() if kind == f"{_OFFICE}/custom-properties"), ""
        )
        self.record: Mapping[str, str] = {k: v.text or "" for k, v in self._properties()}

    def reindex(self) -> None:
        """Find the named places anew after elements came or went."""
        self.marks = Marks(self.root)

    def put_record(self, record: Mapping[str, str]) -> None:
        """Bring the custom properties that are there already, and the date, up to date."""
        root = None
        for name, value in self._properties():
            if name in record and value.text != record[name]:
                value.text = record[name]
                root = value.getroottree().getroot()
        if root is not None:
            self.package.set_xml(self._record_part, root)
        self._put_date()

    def saved(self) -> bytes:
        """Return the whole document; parts that have not changed stay byte for byte."""
        self.package.set_xml(self.part, self.root)
        return self.package.finished()

    def parts(self, kind: str) -> Iterator[Element]:
        """Yield the parts that the body refers to by a kind of relationship (``header``)."""
        for found, part in self.package.links(self.part).values():
            if found == f"{_OFFICE}/{kind}" and part in self.package:
                yield self.package.xml(part)

    @cached_property
    def links(self) -> Mapping[str, str]:
        """Return the parts that the body refers to, by the id of the relation."""
        return {id_: part for id_, (_, part) in self.package.links(self.part).items()}

    @cached_property
    def style_ids(self) -> Mapping[str, str]:
        """Return the ids of the styles by name, in lower case."""
        found = {}
        for styles in self.parts("styles"):
            for style in styles.iter(w("style")):
                name = style.find(NAME)
                if name is not None:
                    found[(name.get(VAL) or "").casefold()] = style.get(w("styleId")) or ""
        return found

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


def open_document(path: Path) -> OpenedDocument:
    """Return the document at ``path``; the file is not changed.

    Raises DocumentFileError, one sentence with the remedy, for what is no .docx, is damaged, too
    large, open in Word, or was not made from a workbook.
    """
    if path.suffix.lower() != SUFFIX:
        raise DocumentFileError(
            f"{path.name} は Word 文書(.docx)ではありません。aso-xl report で作った文書を指定してください。"
        )
    _refuse_open(path)
    data = _bytes(path)
    try:
        refuse_bomb(data)
        opened = OpenedDocument(data, path.name)
    except OverflowError:
        raise DocumentFileError(
            f"{path.name} は展開すると大きすぎるため、安全のため開きません"
            f"(上限 {MAX_UNPACKED // 2**20}MB、{MAX_PARTS}個)。画像を減らしてください。"
        ) from None
    except (*_UNREADABLE, StopIteration):
        raise DocumentFileError(
            f"{path.name} は Word 文書として読めません(別の種類のファイルか、暗号化されているか、壊れています)。"
            "Word で開き、「Word 文書(*.docx)」で保存し直してください。"
        ) from None
    if not any(opened.marks):
        raise DocumentFileError(
            f"{path.name} は、このブックから作った文書ではありません(数値の場所の印がありません)。"
            "aso-xl report で作った文書を指定してください。"
        )
    return opened


def lock_of(path: Path) -> Path | None:
    """Return the file by which Word or LibreOffice says that it has a document open, if any.

    Word replaces the first two letters of a long name by ``~$``.
    """
    cut = path.name[min(max(len(path.stem) - 6, 0), 2) :]
    names = (f"~${path.name}", f"~${cut}", f".~lock.{path.name}#")
    return next((lock for name in names if (lock := path.with_name(name)).exists()), None)


def _refuse_open(path: Path) -> None:
    if path.is_file() and (lock := lock_of(path)):
        raise DocumentFileError(
            f"{path.name} は Word などで開かれています。保存して閉じてから、もう一度実行してください"
            f"(閉じていても出るときは、隠しファイル {lock.name} を消してください)。"
        )


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise DocumentFileError(
            f"{path} が見つかりません。場所と名前を確かめてください。"
        ) from None
    except IsADirectoryError:
        raise DocumentFileError(
            f"{path} はフォルダーです。文書のファイルを指定してください。"
        ) from None
    except PermissionError:
        raise DocumentFileError(
            f"{path.name} を開けません。Word で開いているときは閉じ、読み取りの権限を確かめてください。"
        ) from None
    except OSError as error:
        raise DocumentFileError(f"{path.name} を読めません({error.strerror or error})。") from None


def refuse_bomb(data: bytes) -> None:
    """Raise OverflowError for a package that is too large once unpacked."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = package.infolist()
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise OverflowError
