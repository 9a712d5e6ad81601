"""Reports written and read back as XML parts, and one report in which everything stands."""

from __future__ import annotations

import os
import shutil
import subprocess
import zipfile
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from docx.oxml.ns import qn
from lxml import etree

from aso_xl.report.content.blocks import (
    Block,
    Chart,
    DataTable,
    Document,
    EvaluationTable,
    Figure,
    Heading,
    HeadlineRow,
    Notes,
    PageBreak,
    Paragraph,
    Reference,
    Section,
    Series,
    TableCell,
    TableColumn,
    TableOfContents,
)
from aso_xl.report.word.word import write

COLUMNS = (TableColumn("番号", 13), TableColumn("施策", 27), TableColumn("実績値", 20, "right"))


DOCX = "docx:MS Word 2007 XML"


def converted(path: Path, folder: Path) -> Path:
    """Return the document as LibreOffice saves it again."""
    (saved,) = by_libreoffice([path], folder, DOCX)
    return saved


def page_texts(path: Path) -> list[str]:
    """Return the text of every page of a PDF, without blanks."""
    told = ["pdftotext", "-layout", str(path), "-"]
    done = subprocess.run(told, capture_output=True, text=True, check=True)
    return ["".join(page.split()) for page in done.stdout.split("\f")[:-1]]


def by_libreoffice(paths: list[Path], folder: Path, kind: str) -> list[Path]:
    """Return the documents as LibreOffice writes them (``pdf``, `DOCX`), all in one run."""
    profile, out = folder / "profile", folder / "saved"
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    command += ["--convert-to", kind, "--outdir", str(out), *map(str, paths)]
    plain = {**os.environ, "SAL_USE_VCLPLUGIN": "svp"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=plain)
    shutil.rmtree(profile, ignore_errors=True)
    saved = [out / f"{path.stem}.{kind.partition(':')[0]}" for path in paths]
    assert all(path.exists() for path in saved), done.stderr
    return saved


def data_of(document: Document, base: Path | None = None) -> bytes:
    stream = BytesIO()
    write(document, stream, base)
    return stream.getvalue()


def document(*sections: Section, **others: object) -> Document:
    return Document("検証", "企画財政課", sections, **others)  # type: ignore[arg-type]


def written(*blocks: Block, **others: object) -> bytes:
    return data_of(document(Section("評価", blocks), **others))


def part(data: bytes, name: str = "word/document.xml") -> etree._Element:
    with zipfile.ZipFile(BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


def find(root: etree._Element, path: str) -> list[etree._Element]:
    return root.findall(path, {"w": root.nsmap.get("w") or ""})


def texts(elements: list[etree._Element]) -> list[str]:
    return ["".join(t.text or "" for t in element.iter(qn("w:t"))) for element in elements]


def paragraphs(data: bytes) -> list[etree._Element]:
    return find(part(data), "w:body/w:p")


def style_of(element: etree._Element) -> str:
    return find(element, ".//w:pStyle")[0].get(qn("w:val"), "")


def rows_of(data: bytes) -> list[etree._Element]:
    return find(part(data), ".//w:tr")


def marked(data: bytes, prefix: str = "_aso_") -> dict[str, str]:
    """Return the text in each bookmark, paragraphs joined by 「/」; every bookmark must end."""
    found: dict[str, str] = {}
    open_: dict[str, str] = {}
    for element in part(data).iter(*map(qn, ("w:bookmarkStart", "w:bookmarkEnd", "w:p", "w:t"))):
        number = element.get(qn("w:id"), "")
        if element.tag == qn("w:bookmarkStart"):
            assert number not in open_
            open_[number] = element.get(qn("w:name"), "")
            found[open_[number]] = ""
        elif element.tag == qn("w:bookmarkEnd"):
            del open_[number]
        else:
            piece = "/" if element.tag == qn("w:p") else element.text or ""
            found.update((name, found[name] + piece) for name in open_.values())
    assert open_ == {}
    return {n.removeprefix(prefix): text for n, text in found.items() if n.startswith(prefix)}


def fields(data: bytes) -> list[tuple[str, str]]:
    """Return instruction and shown text of every field, in order."""
    found: list[tuple[str, str]] = []
    shown: bool = False
    for element in part(data).iter(*map(qn, ("w:fldChar", "w:instrText", "w:t"))):
        if element.tag == qn("w:fldChar"):
            shown = element.get(qn("w:fldCharType")) == "separate"
        elif element.tag == qn("w:instrText"):
            found.append(((element.text or "").strip(), ""))
        elif shown:
            found[-1] = (found[-1][0], found[-1][1] + (element.text or ""))
    return found


def chart(name: str = "chart_all", caption: str = "達成の状況") -> Chart:
    series = tuple(
        Series(word, tuple(map(Decimal, values)), look)  # type: ignore[arg-type]
        for word, values, look in (("達成", "45", "achieved"), ("未達成", "76", "missed"))
    )
    told = "基本目標1は達成4項目、基本目標2は達成5項目。"
    return Chart(name, caption, "counts", ("基本目標1", "基本目標2"), series, told, "項目")


def listing(name: str = "list_1", rows: int = 3) -> DataTable:
    """Return a keyed table with merged cells, figures and a footnote mark of each kind."""
    lines = tuple(
        (
            TableCell(f"1-01-{n}"),
            TableCell("1 農業経営の確立", merge=n > 1),
            TableCell(f"{n}人", bold=n == 1, figure=f"{name}_01_{n}_actual"),
        )
        for n in range(1, rows + 1)
    )
    keys = tuple(f"01_{n}" for n in range(1, rows + 1))
    return DataTable("基本目標1 指標の達成状況", COLUMNS, lines, "指標の実績値。", name, keys)


def goal(number: int) -> EvaluationTable:
    lines = (
        HeadlineRow("転入者数50人増加、転出者数100人減少させる。", "未達成", f"eval_{number}H1"),
        HeadlineRow(
            "観光入込客数を国内5%増加させる。", "達成", f"eval_{number}H2", is_achieved=True
        ),
    )
    kpi = "(目標達成) 5項目/15項目 (達成率) 33.3%"
    return EvaluationTable(f"(基本目標{number}) 仕事をつくる", lines, kpi, f"eval_{number}_kpi")


def everything(rows: int = 3) -> Document:
    """Return a report with a block of every kind, turned pages in its middle and at its end."""
    said = (
        *("達成率は", Figure("over_rate", "33.3%"), "でした("),
        *(Reference("chart_all"), "、", Reference("list_1"), "のとおり)。"),
    )
    front = (Paragraph("第3期総合戦略の検証", "Title"), TableOfContents())
    overview = (Heading("概要"), Paragraph(said), chart(), Notes((), "overnotes"))
    goals = (Heading("評価"), goal(1), Notes(("※うち未公表 1項目", "※うち未入力"), "evalnotes_1"))
    table = (Heading("指標の一覧"), Heading("基本目標1", 2), listing(rows=rows))
    words = (Heading("用語"), Paragraph("達成率は、達成した項目の割合です。"), PageBreak(), goal(2))
    cross = (
        Heading("担当課別"),
        DataTable("担当課別の達成状況", COLUMNS, (), "担当課の数。", "byoffice"),
    )
    return Document(
        "第3期総合戦略 検証",
        "阿蘇市",
        (
            Section("表題", front),
            Section("概要", overview, new_page=True),
            Section("評価", goals),
            Section("資料", table, landscape=True),
            Section("用語", words),
            Section("担当課別", cross, landscape=True, new_page=True),
        ),
        ("下書き", "記入例(架空の値)"),
        record={"総合戦略": "aso-3", "評価年度": "R8", "指紋": "0123456789abcdef"},
    )
