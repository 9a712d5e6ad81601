"""report --notes: the internal edition, in which comments say where every figure comes from."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

import pytest
from cli_tools import Command
from docx.oxml.ns import qn
from lxml import etree
from reissue_tools import texts
from workbook_tools import needs_libreoffice

from aso_xl.report.content.blocks import MARK

COMMENTS = "word/comments1.xml"


def part(document: Path, name: str) -> etree._Element:
    with zipfile.ZipFile(document) as package:
        return etree.fromstring(package.read(name))


def comments(document: Path) -> dict[str, list[str]]:
    """Return the lines of the comments, by the name of the place around which each stands."""
    lines = {
        each.get(qn("w:id")): ["".join(paragraph.itertext()) for paragraph in each.iter(qn("w:p"))]
        for each in part(document, COMMENTS)
    }
    found = {}
    body = part(document, "word/document.xml")
    for start in body.iter(qn("w:commentRangeStart")):
        mark = start.getnext()
        assert mark is not None and mark.tag == qn("w:bookmarkStart")
        found[mark.get(qn("w:name")).removeprefix(MARK)] = lines.pop(start.get(qn("w:id")))
    assert lines == {}
    return found


@pytest.fixture(scope="module")
def edition(sample_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the internal edition of the sample's annual report, beside its workbook."""
    from aso_xl.cli.main import main

    folder = tmp_path_factory.mktemp("edition")
    master = Path(shutil.copy(sample_path, folder / "評価.xlsx"))
    assert main(["report", str(master), "--kind", "年次評価", "--notes", "-o", str(folder)]) == 0
    [document] = folder.glob("*.docx")
    return document


def test_a_row_says_cells_source_department_and_arithmetic(edition: Path) -> None:
    assert edition.name == "評価_第3期総合戦略の中間評価_年次評価_R9_下書き_根拠入り.docx"
    near = comments(edition)["near_1_01_5"]
    assert near == [
        "目標値 89経営体以上: 基本目標1 E15、F15",
        "実績値 88経営体: 基本目標1 I15。R9の実績値",
        "進捗率 80.0%: 基本目標1 I15、D15、E15、F15。進捗率: (88−84)÷(89−84)=80.0%",
        "目標までの差 あと1経営体: 基本目標1 I15、E15、F15。目標までの差: 89−88=1",
        "達成時の 達成率 50.0%: 基本目標1 I11:I13、H14、I14:I26。(7+1)÷16=50.0%",
        *near[5:],
    ]
    assert near[-2:] == ["担当課: A課(例)", "判定方法: 以上"]


def test_sentences_tables_charts_and_notes_have_comments(edition: Path) -> None:
    told = comments(edition)
    assert {"chart_counts", "over_1", "eval_1_H1", "list_1_1_01_5", "evalnotes_1"} <= told.keys()
    assert any(name.startswith("p_") for name in told)
    assert all(lines and all(lines) for lines in told.values())


def test_the_pages_are_those_of_the_public_edition(
    aso: Command, edition: Path, tmp_path: Path
) -> None:
    """But for the line that says what it is: the text, and how each place is found again."""
    public = tmp_path / "公表.docx"
    assert (
        aso("report", edition.with_name("評価.xlsx"), "--kind", "年次評価", "-o", public).code == 0
    )
    own, other = (
        [text for text in texts(path) if "内部用" not in text] for path in (edition, public)
    )
    assert own == other
    assert "内部用(根拠のコメント付き)" in texts(edition)
    with zipfile.ZipFile(public) as package:
        assert not [name for name in package.namelist() if "comment" in name]


def test_an_internal_edition_is_compared_but_not_renewed(
    aso: Command, edition: Path, sample_path: Path, tmp_path: Path
) -> None:
    master = edition.with_name("評価.xlsx")
    done = aso("check", edition, "--against", master, "--json")
    assert (done.code, done.json["counts"]) == (0, {"stale": 0, "missing": 0, "left": 0})
    done = aso("report", master, "--update", edition, "-o", tmp_path / "新.docx")
    assert done.code == 2
    assert "内部用の文書で、根拠のコメントは新しくできません。" in done.err
    done = aso("report", master, "--update", edition, "--notes")
    assert (done.code, "--update と --notes は一緒に使えません" in done.err) == (2, True)


def test_comments_of_a_base_document_stay(
    aso: Command, edition: Path, sample_path: Path, tmp_path: Path
) -> None:
    """Made from its own document as a base: what stands there of comments is kept, ids go on."""
    base = tmp_path / "ひな形.docx"
    assert aso("base", "-o", base).code == 0
    with zipfile.ZipFile(base) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    parts["word/comments.xml"] = (
        f'<w:comments xmlns:w="{space}"><w:comment w:id="7" w:author="課長"><w:p/></w:comment>'
        "</w:comments>"
    ).encode()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
    types = parts["[Content_Types].xml"].decode()
    override = f'<Override PartName="/word/comments.xml" ContentType="{kind}"/></Types>'
    parts["[Content_Types].xml"] = types.replace("</Types>", override).encode()
    rels = "word/_rels/document.xml.rels"
    link = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
    more = f'<Relationship Id="rIdC" Type="{link}" Target="comments.xml"/></Relationships>'
    parts[rels] = parts[rels].decode().replace("</Relationships>", more).encode()
    with zipfile.ZipFile(base, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    made = tmp_path / "a.docx"
    args = ("report", sample_path, "--base", base, "--notes", "-o", made)
    assert aso(*args).code == 0
    with zipfile.ZipFile(made) as package:
        [name] = [each for each in package.namelist() if "comments" in each]
    authors = [each.get(qn("w:author")) for each in part(made, name)]
    ids = [int(str(each.get(qn("w:id")))) for each in part(made, name)]
    assert authors[0] == "課長" and set(authors[1:]) == {"根拠"}
    assert ids == [7, *range(8, 8 + len(ids) - 1)]


@needs_libreoffice
@pytest.mark.libreoffice
def test_libreoffice_keeps_every_comment(edition: Path, tmp_path: Path) -> None:
    from word_tools import by_libreoffice

    [saved] = by_libreoffice([edition], tmp_path, "docx")
    with zipfile.ZipFile(saved) as package:
        name = next(
            each for each in package.namelist() if re.fullmatch(r"word/comments\d*.xml", each)
        )
    kept = ["".join(each.itertext()) for each in part(saved, name)]
    assert kept == ["".join(lines) for lines in comments(edition).values()]
