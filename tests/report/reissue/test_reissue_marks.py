"""Named places in paragraphs as Word, LibreOffice and staff leave them: found, read, replaced."""

from __future__ import annotations

import pytest
from lxml import etree

from aso_xl.report.markup import W
from aso_xl.report.reissue.bookmark_index import Bookmarks
from aso_xl.report.reissue.element_names import Element, P
from aso_xl.report.reissue.runs import Emphasis
from aso_xl.report.reissue.texts import set_lines, set_text, text_of

STARTS = '<w:bookmarkStart w:id="7" w:name="_aso_x"/>'
ENDS = '<w:bookmarkEnd w:id="7"/>'
GAP = (
    '<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
)


def body(inner: str) -> Element:
    return etree.fromstring(f'<w:body xmlns:w="{W}">{inner}</w:body>')


def run(text: str, look: str = "") -> str:
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}<w:t>{text}</w:t></w:r>"


def deleted(text: str) -> str:
    inner = f"<w:r><w:delText>{text}</w:delText></w:r>"
    return f'<w:del w:id="91" w:author="課">{inner}</w:del>'


def inserted(inner: str) -> str:
    return f'<w:ins w:id="92" w:author="課">{inner}</w:ins>'


def xml(root: Element) -> str:
    """Return the XML within the root, without the declaration of the prefix."""
    text = etree.tostring(root, encoding="unicode").replace(f' xmlns:w="{W}"', "")
    return text[text.index(">") + 1 : text.rindex("<")]


def renewed(inner: str, text: str, emphasis: Emphasis | None = None) -> str:
    """Return the body after the place x got a text; the same place then reads as that text."""
    root = body(inner)
    set_text(Bookmarks(root)["x"], text, emphasis)
    assert text_of(Bookmarks(root)["x"]) == text
    return xml(root)


def noted(inner: str, *lines: str) -> str:
    root = body(inner)
    set_lines(Bookmarks(root)["x"], lines)
    assert text_of(Bookmarks(root)["x"]) == "\n".join(lines)
    return xml(root)


def paragraph(*inner: str, look: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{look}</w:pPr>' if look else ''}{''.join(inner)}</w:p>"


BOLD = "<w:b/>"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            paragraph(run("前"), STARTS, run("36.3", BOLD), ENDS, run("後")),
            paragraph(run("前"), STARTS, run("40.0", BOLD), ENDS, run("後")),
            id="one run keeps its looks",
        ),
        pytest.param(
            paragraph(STARTS, run("3", BOLD), "<w:proofErr w:type='spellStart'/>", run("6"), ENDS),
            paragraph(STARTS, run("40.0", BOLD), '<w:proofErr w:type="spellStart"/>', ENDS),
            id="split by Word",
        ),
        pytest.param(
            paragraph(run("前", BOLD), STARTS, ENDS, run("後")),
            paragraph(run("前", BOLD), STARTS, run("40.0", BOLD), ENDS, run("後")),
            id="collapsed: looks of what stands before it",
        ),
        pytest.param(
            paragraph(STARTS, ENDS, look=f"<w:rPr>{BOLD}</w:rPr>"),
            paragraph(STARTS, run("40.0", BOLD), ENDS, look=f"<w:rPr>{BOLD}</w:rPr>"),
            id="collapsed in an empty paragraph: looks of its mark",
        ),
        pytest.param(
            paragraph(STARTS, deleted("36.3"), inserted(run("37.0", BOLD)), ENDS),
            paragraph(STARTS, run("40.0", BOLD), ENDS),
            id="tracked changes within are settled",
        ),
        pytest.param(
            paragraph(inserted(run("前") + STARTS + run("36") + ENDS + run("後"))),
            paragraph(
                inserted(run("前") + STARTS + run("40.0") + ENDS + run("後"))
            ),
            id="a tracked sentence around it stays tracked",
        ),
        pytest.param(
            paragraph(inserted(STARTS + run("36") + ENDS)),
            paragraph(STARTS, run("40.0"), ENDS),
            id="inserted with its place",
        ),
        pytest.param(
            paragraph(
                STARTS, '<w:bookmarkStart w:id="8" w:name="own"/>', run("3"),
                '<w:bookmarkEnd w:id="8"/>', run("6"), ENDS,
            ),
            paragraph(
                STARTS, '<w:bookmarkStart w:id="8" w:name="own"/>', run("40.0"),
                '<w:bookmarkEnd w:id="8"/>', ENDS,
            ),
            id="nested bookmarks stay",
        ),
        pytest.param(
            paragraph(
                STARTS, '<w:commentRangeStart w:id="0"/>', run("36"),
                '<w:commentRangeEnd w:id="0"/>', '<w:r><w:commentReference w:id="0"/></w:r>', ENDS,
            ),
            paragraph(
                STARTS, '<w:commentRangeStart w:id="0"/>', run("40.0"),
                '<w:commentRangeEnd w:id="0"/>', '<w:r><w:commentReference w:id="0"/></w:r>', ENDS,
            ),
            id="comments stay",
        ),
        pytest.param(
            paragraph("<w:hyperlink>", STARTS, run("36"), ENDS, run("件"), "</w:hyperlink>"),
            paragraph("<w:hyperlink>", STARTS, run("40.0"), ENDS, run("件"), "</w:hyperlink>"),
            id="within a link",
        ),
        pytest.param(
            paragraph(STARTS, run("36")) + paragraph(ENDS, run("次の段落")),
            paragraph(STARTS, run("40.0")) + paragraph(ENDS, run("次の段落")),
            id="end moved to the next paragraph",
        ),
        pytest.param(
            paragraph(run("前の段落"), STARTS) + paragraph(run("36"), ENDS),
            paragraph(run("前の段落"), STARTS) + paragraph(run("40.0"), ENDS),
            id="start left in the paragraph before",
        ),
        pytest.param(
            STARTS + paragraph(run("36")) + ENDS + paragraph(run("次")),
            STARTS + paragraph(run("40.0")) + ENDS + paragraph(run("次")),
            id="bookmark between paragraphs",
        ),
        pytest.param(
            paragraph(run("前"), STARTS, run("3")) + paragraph(run("6"), ENDS),
            paragraph(run("前"), STARTS, run("40.0"), ENDS),
            id="broken over two paragraphs",
        ),
        pytest.param(
            paragraph(STARTS, run("3")) + paragraph(run("6"), ENDS, run("件です")),
            paragraph(STARTS, run("40.0")) + paragraph(ENDS, run("件です")),
            id="the second of two goes on",
        ),
        pytest.param(
            paragraph(STARTS, "<w:r><w:rPr/><w:t>36</w:t></w:r>", ENDS),
            paragraph(STARTS, "<w:r><w:rPr/><w:t>40.0</w:t></w:r>", ENDS),
            id="LibreOffice's empty looks",
        ),
    ],
)  # fmt: skip
def test_figure(before: str, after: str) -> None:
    assert renewed(before, "40.0") == after


def test_line_ends_tabs_and_blanks() -> None:
    after = renewed(paragraph(STARTS, run("1"), ENDS), "1,241億\n5,500万円\t<A> ")
    assert after == paragraph(
        STARTS,
        "<w:r><w:t>1,241億</w:t><w:br/><w:t>5,500万円</w:t><w:tab/>"
        '<w:t xml:space="preserve">&lt;A&gt; </w:t></w:r>',
        ENDS,
    )
    assert renewed(after, "－") == paragraph(STARTS, run("－"), ENDS)


def test_a_text_can_be_emptied_and_filled_again() -> None:
    inner = paragraph(STARTS, run("達成", BOLD), ENDS)
    emptied = renewed(inner, "")
    assert renewed(emptied, "達成") == inner


STRONG = '<w:rStyle w:val="Strong"/>'


@pytest.mark.parametrize(
    ("before", "wanted", "after"),
    [
        (STRONG, False, "<w:rPr></w:rPr>"),
        (STRONG + BOLD, False, f"<w:rPr>{BOLD}</w:rPr>"),
        ("", True, f"<w:rPr>{STRONG}</w:rPr>"),
        (BOLD, True, f"<w:rPr>{STRONG}{BOLD}</w:rPr>"),
        ('<w:rStyle w:val="赤"/>', True, '<w:rPr><w:rStyle w:val="赤"/></w:rPr>'),
        ('<w:rStyle w:val="赤"/>', False, '<w:rPr><w:rStyle w:val="赤"/></w:rPr>'),
    ],
)
def test_our_emphasis_follows_the_verdict(before: str, wanted: bool, after: str) -> None:
    found = renewed(
        paragraph(STARTS, run("達成", before), ENDS), "未達成", Emphasis("Strong", wanted)
    )
    assert found.replace("<w:rPr/>", "<w:rPr></w:rPr>") == paragraph(
        STARTS, f"<w:r>{after}<w:t>未達成</w:t></w:r>", ENDS
    )


def test_a_tracked_deletion_is_a_deletion() -> None:
    mark = Bookmarks(body(paragraph(STARTS, deleted("36.3"), ENDS)))["x"]
    assert mark.is_deleted
    assert text_of(mark) == ""
    assert not Bookmarks(body(paragraph(STARTS, ENDS)))["x"].is_deleted


def test_an_end_that_is_lost_or_stands_before_makes_no_place() -> None:
    assert [*Bookmarks(body(paragraph(STARTS, run("36"))))] == []
    assert [*Bookmarks(body(paragraph(ENDS, run("36"), STARTS)))] == []


def test_a_start_written_twice_by_libreoffice() -> None:
    twice = STARTS.replace('"7"', '"8"'), ENDS.replace('"7"', '"8"')
    root = body(paragraph(STARTS, run("※1")) + paragraph(run("※"), twice[0], run("2"), twice[1]))
    marks = Bookmarks(root)
    assert text_of(marks["x"]) == "※1\n※2"
    marks.mend()
    assert xml(root) == paragraph(twice[0], run("※1")) + paragraph(run("※"), run("2"), twice[1])
    assert text_of(Bookmarks(root)["x"]) == "※1\n※2"


@pytest.mark.parametrize(
    ("inner", "reads"),
    [
        pytest.param((STARTS, run("取組を進めた"), ENDS, run("。")), "取組を進めた。", id="alone"),
        pytest.param(
            (STARTS, run("取組を進めた"), ENDS, deleted("。")), "取組を進めた", id="deleted"
        ),
        pytest.param((STARTS, run("取組を進めた"), ENDS, run("。また")), "取組を進めた", id="more"),
        pytest.param((run("達成は"), STARTS, run("3件"), ENDS, run("。")), "3件", id="figure"),
    ],
)
def test_the_full_stop_behind_a_mark_that_ended_too_early_belongs_to_a_whole_paragraph(
    inner: tuple[str, ...], reads: str
) -> None:
    assert text_of(Bookmarks(body(paragraph(*inner)))["x"]) == reads


def test_a_mark_that_ended_before_its_full_stop_is_renewed_with_it() -> None:
    found = renewed(paragraph(STARTS, run("進めた"), ENDS, run("。")), "見直した。")
    assert found == paragraph(STARTS, run("見直した。"), ENDS)


def test_a_doubled_name_is_renewed_in_both_places() -> None:
    other = STARTS.replace('"7"', '"8"'), ENDS.replace('"7"', '"8"')
    root = body(paragraph(STARTS, run("1"), ENDS) + paragraph(other[0], run("2"), other[1]))
    marks = Bookmarks(root)
    assert [text_of(mark) for mark in marks.all("x")] == ["1", "2"]
    assert text_of(marks["x"]) == "1"
    assert [marks.free_id() for _ in range(8)][-2:] == ["9", "10"]


ONE, TWO = (
    paragraph(STARTS, run("※1"), ENDS),
    paragraph(STARTS, run("※1")) + paragraph(run("※2", BOLD), ENDS),
)


@pytest.mark.parametrize(
    ("before", "lines", "after"),
    [
        (ONE, ["※い"], paragraph(STARTS, run("※い"), ENDS)),
        (TWO, ["※1", "※に"], paragraph(STARTS, run("※1")) + paragraph(run("※に", BOLD), ENDS)),
        (TWO, ["※い"], paragraph(STARTS, run("※い"), ENDS)),
        (
            TWO,
            ["※1", "※2", "※3"],
            paragraph(STARTS, run("※1"))
            + paragraph(run("※2", BOLD))
            + paragraph(run("※3", BOLD), ENDS),
        ),
        (
            paragraph(STARTS, run("※1"), ENDS, run("職員の文")),
            ["※1", "※2"],
            paragraph(
                STARTS, "<w:r><w:t>※1</w:t><w:br/><w:t>※2</w:t></w:r>", ENDS, run("職員の文")
            ),
        ),
        (
            paragraph(STARTS, look="<w:pStyle w:val='n'/>" + GAP).replace(
                "</w:p>", ENDS + "</w:p>"
            ),
            ["※1", "※2"],
            paragraph(STARTS, run("※1"), look='<w:pStyle w:val="n"/>')
            + paragraph(run("※2"), ENDS, look='<w:pStyle w:val="n"/>'),
        ),
        (
            paragraph(STARTS, run("※1"), ENDS, look='<w:pStyle w:val="n"/><w:jc w:val="left"/>'),
            [],
            paragraph(
                STARTS, "<w:r/>", ENDS, look=f'<w:pStyle w:val="n"/>{GAP}<w:jc w:val="left"/>'
            ),
        ),
    ],
)
def test_notes(before: str, lines: list[str], after: str) -> None:
    assert noted(before, *lines) == after


def test_notes_that_go_and_come_back() -> None:
    gone = noted(TWO.replace("<w:p>", '<w:p><w:pPr><w:pStyle w:val="n"/></w:pPr>'))
    back = body(gone)
    assert len(list(back.iter(P))) == 1
    set_lines(Bookmarks(back)["x"], ["※1", "※2"])
    assert text_of(Bookmarks(back)["x"]) == "※1\n※2"
    assert "spacing" not in xml(back)


def test_notes_that_grow_do_not_touch_a_table() -> None:
    """LibreOffice loses a bookmark over several paragraphs that begins right after a table."""
    look = '<w:pPr><w:pStyle w:val="n"/></w:pPr>'
    start = paragraph(look, STARTS, run("※1"), ENDS)
    after = noted(f"<w:tbl/>{start}", "※1", "※2")
    assert after == (
        '<w:tbl/><w:p><w:pPr><w:pStyle w:val="n"/><w:keepNext/>'
        + GAP
        + "</w:pPr></w:p>"
        + paragraph(look, STARTS, run("※1"))
        + paragraph(look, run("※2"), ENDS)
    )


def test_a_bookmark_of_staff_in_a_note_that_goes_is_kept() -> None:
    own = '<w:bookmarkStart w:id="8" w:name="own"/>'
    inner = paragraph(STARTS, run("※1")) + paragraph(
        own, run("※2"), '<w:bookmarkEnd w:id="8"/>', ENDS
    )
    assert noted(inner, "※1") == paragraph(
        STARTS, run("※1"), own, '<w:bookmarkEnd w:id="8"/>', ENDS
    )
