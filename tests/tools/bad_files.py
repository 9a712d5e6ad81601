"""Files that are no workbook, or a hostile one, by name: how to make each, and what is said."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

from cli_tools import changed
from docx import Document

from aso_xl.office.safe_package import MAX_PARTS
from aso_xl.workbook.read.file.package import MAX_UNPACKED

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452")

Make = Callable[[Path, Path], None]


def raw(data: bytes) -> Make:
    return lambda source, target: target.write_bytes(data) and None


def part(name: str, change: Callable[[bytes], bytes | None]) -> Make:
    return lambda source, target: changed(source, target, {name: change}) and None


def truncated(share: float) -> Make:
    return lambda source, target: (
        target.write_bytes(source.read_bytes()[: int(source.stat().st_size * share)]) and None
    )


def packed(entries: dict[str, bytes]) -> Make:
    def make(source: Path, target: Path) -> None:
        with zipfile.ZipFile(target, "w") as package:
            for name, data in entries.items():
                package.writestr(name, data)

    return make


def document(source: Path, target: Path) -> None:
    Document().save(str(target))


def folder(source: Path, target: Path) -> None:
    target.mkdir()


def missing(source: Path, target: Path) -> None:
    pass


def bomb(source: Path, target: Path) -> None:
    with (
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package,
        package.open("xl/media/image1.bin", "w") as stream,
    ):
        for _ in range(MAX_UNPACKED // 2**20 + 1):
            stream.write(bytes(2**20))


def lying_bomb(source: Path, target: Path) -> None:
    """A part that says it is small and is not."""
    packed({"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<!--" + b" " * 10_000})(
        source, target
    )
    data = target.read_bytes()
    target.write_bytes(data.replace((10_004).to_bytes(4, "little"), (9).to_bytes(4, "little")))


DOCTYPE = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def with_prolog(prolog: str, encoding: str = "utf-8") -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        body = re.sub(r"^<\?xml[^>]*\?>", "", data.decode())
        head = f'<?xml version="1.0" encoding="{encoding}"?>'
        return (head + prolog + body).encode(encoding)

    return change


def stamp(pattern: str, text: str) -> Make:
    """Change the record of the definition, wherever its texts are kept."""
    strings = "xl/sharedStrings.xml"
    return part(strings, lambda data: re.sub(pattern.encode(), text.encode(), data, count=1))


def without_stamp(source: Path, target: Path) -> None:
    rename = {"xl/workbook.xml": lambda data: data.replace(b'"_aso_xl"', b'"memo"')}
    changed(source, target, rename)


def number_as(text: bytes) -> Callable[[bytes], bytes]:
    number = rb'(<c r="[A-Z]+\d+"(?: s="\d+")?>)<v>[^<]*</v>'
    return lambda data: re.sub(number, rb"\1<v>" + text + b"</v>", data, count=1)


GOAL_1 = "xl/worksheets/sheet4.xml"
"""使い方, 設定 and 担当割 stand before it."""
BAD: dict[str, tuple[Make, str]] = {
    "text": (raw("番号,指標\r\n1-H1,出生数".encode("cp932")), "Excel ブックとして読めません"),
    "png": (raw(PNG), "Excel ブックとして読めません"),
    "word": (document, "Excel ブックではありません"),
    "zip": (packed({"a.txt": b"a"}), "Excel ブックではありません"),
    "half": (truncated(0.5), "Excel ブックとして読めません"),
    "almost": (truncated(0.999), "Excel ブックとして読めません"),
    "encrypted": (raw(OLE + "EncryptedPackage".encode("utf-16-le")), "暗号化"),
    "xls": (raw(OLE + "Workbook".encode("utf-16-le")), "「Excel ブック(*.xlsx)」"),
    "xlsb": (packed({"[Content_Types].xml": b"<a/>", "xl/workbook.bin": b"\x83"}), ".xlsb"),
    "ods": (packed({"mimetype": b"a", "content.xml": b"<a/>"}), "「Excel ブック(*.xlsx)」"),
    "text named xlsx": (raw(b"<html><table></table></html>"), "「Excel ブック(*.xlsx)」"),
    "empty": (raw(b""), "空のファイル"),
    "folder": (folder, "フォルダー"),
    "missing": (missing, "見つかりません"),
    "bomb": (bomb, "大きすぎる"),
    "lying bomb": (lying_bomb, "読めません"),
    "parts": (packed({f"p{n}": b"" for n in range(MAX_PARTS + 1)}), "大きすぎる"),
    "entities": (part("xl/workbook.xml", with_prolog(DOCTYPE)), "DOCTYPE"),
    "outside entity": (part("xl/sharedStrings.xml", with_prolog(OUTSIDE)), "DOCTYPE"),
    "utf-16 entities": (part(GOAL_1, with_prolog(DOCTYPE, "utf-16")), "DOCTYPE"),
    "utf-16-le entities": (part(GOAL_1, with_prolog(DOCTYPE, "utf-16-le")), "DOCTYPE"),
    "entities behind a comment": (
        part(GOAL_1, with_prolog(f"<!-- {'x' * 9000} -->{DOCTYPE}")),
        "DOCTYPE",
    ),
    "entities between comments": (
        part(GOAL_1, with_prolog(f"<!-- a -->{DOCTYPE}<!-- b -->")),
        "DOCTYPE",
    ),
    "broken sheet": (part(GOAL_1, lambda data: data[:2000]), "壊れている"),
    "no stamp": (without_stamp, "評価ブックではありません"),
    "tampered stamp": (stamp(r'(?:"|&quot;)goals', "oops"), "定義の記録"),
    "cut stamp": (stamp(r'\{(?:"|&quot;)fields', ""), "定義の記録"),
}
