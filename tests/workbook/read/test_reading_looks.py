"""Formatting that changes what a cell says: struck-out and raised words, hiding and scaling formats."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from builders import indicator
from lxml import etree
from workbook_tools import MAIN, Xlsx

from aso_xl.domain import entry
from aso_xl.domain.catalogue import CATALOGUE
from aso_xl.domain.cells import Cell
from aso_xl.domain.checks import Issue, check
from aso_xl.domain.fields import DEPARTMENT_HEAD
from aso_xl.domain.plan import Actual
from aso_xl.workbook.layout import DEPARTMENTS_TABLE, SETTING_HEADS, SETTINGS_TABLE
from aso_xl.workbook.read.reading import read
from aso_xl.workbook.write.writing import CellEdit, apply

ID, ROUND = "1-01-1", "R8"
PLAIN, STRUCK = "", "<rPr><strike/><sz val='11'/></rPr>"
BOLD = "<rPr><b/><u/><color rgb='FFFF0000'/><rFont val='游ゴシック'/></rPr>"
RAISED, LOWERED = (f"<rPr><vertAlign val='{side}script'/></rPr>" for side in ("super", "sub"))
RUBY = "<rPh sb='0' eb='1'><t>さん</t></rPh><phoneticPr fontId='1'/>"
TABLES = {"担当課一覧": DEPARTMENTS_TABLE, "設定表": SETTINGS_TABLE}
Put = Callable[[Xlsx, tuple[str, str]], None]


def runs(*found: tuple[str, str]) -> str:
    texts = (f"<r>{look}<t xml:space='preserve'>{text}</t></r>" for look, text in found)
    return "".join(texts)


def inline(xml: str) -> Put:
    def put(book: Xlsx, place: tuple[str, str]) -> None:
        cell = emptied(book, place)
        cell.set("t", "inlineStr")
        cell.append(etree.fromstring(f"<is xmlns='{MAIN.strip('{}')}'>{xml}</is>"))

    return put


def shared(xml: str) -> Put:
    def put(book: Xlsx, place: tuple[str, str]) -> None:
        cell, strings = emptied(book, place), book.xml("xl/sharedStrings.xml")
        strings.append(etree.fromstring(f"<si xmlns='{MAIN.strip('{}')}'>{xml}</si>"))
        book.parts["xl/sharedStrings.xml"] = etree.tostring(strings)
        cell.set("t", "s")
        etree.SubElement(cell, f"{MAIN}v").text = str(len(strings) - 1)

    return put


def emptied(book: Xlsx, place: tuple[str, str]) -> etree._Element:
    cell = book.cells(place[0])[place[1]]
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", None)
    return cell


def typed(value: str | int | float, font: str = "", code: str = "") -> Put:
    """Return what types a value in a cell with a font of its own or a number format."""

    def put(book: Xlsx, place: tuple[str, str]) -> None:
        book.put(place, value)
        if code:
            book.put_format(place, code)
        if font:
            put_font(book, place, font)

    return put


def put_font(book: Xlsx, place: tuple[str, str], xml: str) -> None:
    styles = book.xml("xl/styles.xml")
    fonts, looks = styles.find(f"{MAIN}fonts"), styles.find(f"{MAIN}cellXfs")
    assert fonts is not None and looks is not None
    fonts.append(etree.fromstring(f"<font xmlns='{MAIN.strip('{}')}'>{xml}</font>"))
    cell = book.cells(place[0])[place[1]]
    look = etree.fromstring(etree.tostring(looks[int(cell.get("s", "0"))]))
    look.set("fontId", str(len(fonts) - 1))
    looks.append(look)
    cell.set("s", str(len(looks) - 1))
    book.parts["xl/styles.xml"] = etree.tostring(styles)


Found = tuple[Cell, Actual, list[Issue]]
Tried = Callable[..., Found]


@pytest.fixture
def tried(sample_path: Path, tmp_path: Path) -> Tried:
    """Return how a cell of the sample is read: cell, actual, and the findings at it."""

    def look(put: Put, field: str = ROUND, id_: str = ID) -> Found:
        before = read(sample_path)
        place = before.rows[id_].cells[field]
        book = Xlsx(sample_path)
        put(book, (place.sheet, place.address))
        ledger = read(book.save(tmp_path / "book.xlsx"))
        cell = ledger.rows[id_].cells[field]
        issues = [
            issue
            for issue in check(ledger, ledger.settings.round)
            if (issue.sheet, issue.cell) == (cell.sheet, cell.address)
        ]
        return cell, ledger.actuals[id_].get(ledger.plan.rounds[1]), issues

    return look


def codes(found: Found) -> list[str]:
    return [issue.code for issue in found[2]]


READ = {
    "struck and corrected": (runs((STRUCK, "3"), (PLAIN, "5")), "5", "struck-text", "3"),
    "corrected in front": (runs((PLAIN, "130"), (STRUCK, "120")), "130", "struck-text", "120"),
    "struck digit inside": (
        runs((PLAIN, "1"), (STRUCK, "2"), (PLAIN, "30")),
        "130",
        "struck-text",
        "2",
    ),
    "on a line of its own": (runs((STRUCK, "120"), (PLAIN, "\n125")), "125", "struck-text", "120"),
    "footnote": (runs((PLAIN, "120"), (RAISED, "1)")), "120", "raised-text", "1)"),
    "footnote in words": (runs((PLAIN, "120"), (RAISED, "注1")), "120", "raised-text", "注1"),
    "lowered": (runs((PLAIN, "120"), (LOWERED, "2")), "120", "raised-text", "2"),
    "both": (
        runs((STRUCK, "3"), (PLAIN, "5"), (RAISED, "2")),
        *("5", "struck-text", "3、2"),
    ),
    "unit with a power": (runs((PLAIN, "120m"), (RAISED, "2")), "120m²", "raised-kept", "2"),
    "all struck in runs": (runs((STRUCK, "12"), (STRUCK, "0")), None, "struck-cell", "120"),
}


@pytest.mark.parametrize("kept", [inline, shared])
@pytest.mark.parametrize("case", READ)
def test_what_formatting_leaves_out_is_left_out_and_said(
    tried: Tried, case: str, kept: Callable[[str], Put]
) -> None:
    xml, value, code, left_out = READ[case]
    cell, _, issues = found = tried(kept(xml))
    assert (cell.value, cell.flaw, cell.left_out) == (value, CATALOGUE[code], left_out)
    assert codes(found)[0] == code
    assert (issues[0].indicator, str(issues[0].round)) == (ID, ROUND)


def test_the_corrected_figure_is_judged_and_never_both(tried: Tried) -> None:
    _, actual, issues = tried(inline(runs((STRUCK, "3"), (PLAIN, "5"))))
    assert actual.value == 5
    assert "取り消し線の「3」を除き、「5」と読みました" in issues[0].message


@pytest.mark.parametrize("font", ["<strike/>", "<strike val='1'/>", "<strike val='true'/>"])
@pytest.mark.parametrize("value", [120, "120", 120.5, "未公表"])
def test_a_cell_struck_as_a_whole_is_an_error_and_no_value(
    tried: Tried, font: str, value: str | float
) -> None:
    cell, actual, _ = found = tried(typed(value, font))
    assert (cell.value, cell.left_out) == (None, str(value))
    assert (actual.value, actual.mark) == (None, None)
    assert codes(found) == ["struck-cell"]


@pytest.mark.parametrize("value", [120, "120"])
def test_a_cell_raised_as_a_whole_is_an_error(tried: Tried, value: str | int) -> None:
    cell, actual, _ = found = tried(typed(value, "<vertAlign val='superscript'/>"))
    assert (cell.value, actual.value) == (value, None)
    assert codes(found) == ["raised-cell"]


REMARKS = {
    runs((PLAIN, "出水のため"), (STRUCK, "中止"), (PLAIN, "延期")): (
        "出水のため延期",
        "struck-text",
    ),
    runs((STRUCK, "中止した")): (None, "struck-cell"),
    runs((PLAIN, "CO"), (LOWERED, "2"), (PLAIN, "を測る")): ("CO₂を測る", "raised-kept"),
    runs((PLAIN, "面積5m"), (RAISED, "2")): ("面積5m²", "raised-kept"),
}


@pytest.mark.parametrize("xml", REMARKS)
def test_struck_words_of_a_remark_are_gone_and_it_is_said(tried: Tried, xml: str) -> None:
    value, code = REMARKS[xml]
    cell, _, _ = found = tried(inline(xml), "remark")
    assert (cell.value, codes(found)[:1]) == (value, [code])


@pytest.mark.parametrize(
    "xml",
    [
        runs((BOLD, "12"), (PLAIN, "0")),
        runs((PLAIN, "12"), ("<rPr><strike val='0'/></rPr>", "0")),
        runs((PLAIN, "12"), ("<rPr><vertAlign val='baseline'/></rPr>", "0")),
        runs((STRUCK, " "), (PLAIN, "120")),
        f"<t>120</t>{RUBY}",
        runs((PLAIN, "120")) + RUBY,
    ],
)
def test_ordinary_formatting_changes_nothing(tried: Tried, xml: str) -> None:
    cell, actual, _ = found = tried(inline(xml))
    assert (str(cell.value).strip(), cell.flaw, actual.value) == ("120", None, 120)
    assert codes(found) == ["numeral-read"]


@pytest.mark.parametrize(
    ("value", "code", "said"),
    [
        (1_234_000, "#,##0,", "format-misleads"),
        (1_234_000, '#,##0,"千円";△#,##0,"千円"', "format-misleads"),
        (1_234_000, '[>=1000]#,##0,"千";0', "format-misleads"),
        (12, '0"00"', "format-misleads"),
        (12, '"1"0', "format-misleads"),
        (120, '0"."0', "format-misleads"),
        (120, '0"-"00', "format-misleads"),
        (120, '0":"00', "format-misleads"),
        (12, '"△"0', "format-misleads"),
        (12, "△#,##0", "format-misleads"),
        (12, "-0", "format-misleads"),
        (12, '"達成"', "format-misleads"),
        (12, ";;;", "format-hides"),
        (12, ";", "format-hides"),
        (12, '""', "format-hides"),
    ],
)
def test_formats_that_show_another_number_or_none(
    tried: Tried, value: int, code: str, said: str
) -> None:
    cell, actual, _ = found = tried(typed(value, code=code))
    assert (cell.value, cell.flaw, actual.value) == (value, CATALOGUE[said], None)
    assert codes(found) == [said]


@pytest.mark.parametrize(
    "code",
    [
        *(
            "0",
            "#,##0",
            "#,##0.0",
            '#,##0"人"',
            '0"k"000',
            '#,##0"人";△#,##0"人"',
            "#,##0_ ",
            "#,##0_);(#,##0)",
        ),
        *(
            "#,##0;[Red]#,##0",
            "#,##0;[赤]-#,##0",
            '0"m2"',
            '"約"0',
            '"第"0"位"',
            "0.00E+00",
            "# ?/?",
        ),
        *('_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "[$¥-411]#,##0", "\\¥#,##0", "@", "000"),
        *('0"件(R8)"', "G/標準", 'General"人"', "[DBNum3]#,##0", '0"％"', "0_);[Red]\\(0\\)"),
    ],
)
def test_ordinary_number_formats_stay_silent(tried: Tried, code: str) -> None:
    cell, actual, _ = found = tried(typed(118, code=code))
    assert (cell.value, cell.flaw, actual.value) == (118, None, 118)
    assert codes(found) == []


@pytest.mark.parametrize("code", ["#,##0;[Red]#,##0", "0_);(0)", "0;△0", "0;▲0", "0", "0;\\-0"])
def test_signs_of_negative_numbers_that_one_sees(tried: Tried, code: str) -> None:
    assert tried(typed(-118, code=code))[0].flaw is None


def test_a_sign_that_the_format_drops(tried: Tried) -> None:
    assert codes(tried(typed(-118, code="0;0"))) == ["format-misleads"]


@pytest.mark.parametrize("table", ["担当課一覧", "設定表"])
def test_struck_words_in_a_list_are_said(sample_path: Path, tmp_path: Path, table: str) -> None:
    book = Xlsx(sample_path)
    found = next(t for t in book.tables.values() if t.name == TABLES[table])
    head = {"担当課一覧": DEPARTMENT_HEAD, "設定表": SETTING_HEADS[1]}[table]
    address = found.address(head, found.rows[0])
    if table == "設定表":
        year = str(read(sample_path).settings.round)
        inline(runs((STRUCK, "R7"), (PLAIN, year)))(book, (found.sheet, address))
    else:
        inline(runs((STRUCK, "旧課"), (PLAIN, "新課")))(book, (found.sheet, address))
    ledger = read(book.save(tmp_path / "a.xlsx"))
    said = [i for i in check(ledger, ledger.settings.round) if i.cell == address]
    assert [(i.code, i.sheet) for i in said] == [("struck-text", found.sheet)]
    assert ("旧課" if table == "担当課一覧" else "R7") in said[0].finding
    assert ledger.settings.departments[:1] == ("新課",) or table == "設定表"


@pytest.mark.parametrize(
    "code", ['0"万"', '0.0"億"', '#,##0"百人"', '#,##0" 万人"', "0\\千", '0_ "千円"', '0"割"', "0‰"]
)
def test_a_scale_in_the_format_that_the_unit_has_not(tried: Tried, code: str) -> None:
    cell, actual, _ = found = tried(typed(12, code=code))
    assert (cell.value, actual.value) == (12, None)
    assert codes(found) == ["format-misleads"]
    assert tried(typed(0, code=code))[1].value == 0


def test_a_scale_that_the_unit_has_is_none() -> None:
    money = indicator(unit="億円")
    for code, value in (('0.0"億円"', 12), ('0"億"', 12), ('0"百万円"', None), ('0"円"', 12)):
        cell = Cell("S", "A1", 12, code)
        assert entry.read(cell, money).actual.value == value, code


@pytest.mark.parametrize(
    "code",
    ["0;-0;", "#,##0;△#,##0;;@", "#", "#,###", "# ", '0;-0;" "', '0;-0;"-"', '0;-0;"¥"* "-"'],
)
def test_a_zero_that_looks_like_a_blank(tried: Tried, code: str) -> None:
    cell, actual, _ = found = tried(typed(0, code=code))
    assert (cell.value, actual.value) == (0, 0)
    assert codes(found) == ["zero-hidden"]
    assert codes(tried(typed(118, code=code))) == []


@pytest.mark.parametrize("code", ["0;-0", "#,##0", '#"人"', "0;-0;0;", "General", "@"])
def test_a_zero_that_one_sees(tried: Tried, code: str) -> None:
    assert codes(tried(typed(0, code=code))) == []


def test_a_text_that_the_format_hides(tried: Tried) -> None:
    assert codes(tried(typed("見えない理由", code=";;;"), "remark")) == ["format-hides"]
    assert codes(tried(typed("見える理由", code="0;0;0;@"), "remark")) == []


def test_dates_of_a_japanese_excel_are_dates(tried: Tried) -> None:
    """Excel stores some formats of its Japanese lists by number only."""

    def put(book: Xlsx, place: tuple[str, str]) -> None:
        book.put(place, 45778)
        book.put_format(place, "0")
        styles = book.xml("xl/styles.xml")
        looks = styles.find(f"{MAIN}cellXfs")
        assert looks is not None
        looks[-1].set("numFmtId", "31")
        book.parts["xl/styles.xml"] = etree.tostring(styles)

    assert codes(tried(put)) == ["date"]


@pytest.mark.parametrize(
    "stored", ["百二十", "12,0", "1e999", "nan", "INF", "1_000", "１２０", "0x1F"]
)
def test_a_number_that_is_none_is_a_finding_at_its_cell(tried: Tried, stored: str) -> None:
    def put(book: Xlsx, place: tuple[str, str]) -> None:
        etree.SubElement(emptied(book, place), f"{MAIN}v").text = stored

    cell, actual, _ = found = tried(put)
    assert (cell.value, actual.value, codes(found)) == (None, None, ["stored-broken"])


@pytest.mark.parametrize(("stored", "value"), [("-0", 0), ("1e308", 1e308), ("1e-300", 1e-300)])
def test_extreme_numbers_are_read_as_stored(tried: Tried, stored: str, value: float) -> None:
    def put(book: Xlsx, place: tuple[str, str]) -> None:
        etree.SubElement(emptied(book, place), f"{MAIN}v").text = stored

    cell, _, _ = tried(put)
    assert (cell.value, cell.flaw) == (value, None)


@pytest.mark.parametrize("value", [Decimal(130), "130人"])
@pytest.mark.parametrize(
    "put",
    [
        inline(runs((STRUCK, "3"), (PLAIN, "5"))),
        shared(runs((PLAIN, "120"), (RAISED, "1"))),
        typed(120, "<strike/><sz val='11'/>"),
        typed(120, "<vertAlign val='superscript'/>"),
        typed(120, code=";;;"),
        typed(120, "<strike/>", ";;;"),
    ],
)
def test_what_is_written_there_is_what_is_read(
    sample_path: Path, tmp_path: Path, put: Put, value: Decimal | str
) -> None:
    at, book = read(sample_path).rows[ID].cells[ROUND], Xlsx(sample_path)
    put(book, (at.sheet, at.address))
    path = book.save(tmp_path / "book.xlsx")
    path.write_bytes(apply(path.read_bytes(), [CellEdit(at.sheet, at.address, value)]))
    cell = read(path).rows[ID].cells[ROUND]
    assert (cell.value, cell.flaw, cell.left_out) == (value, None, "")


def test_a_clear_look_is_added_once_and_else_kept(sample_path: Path, tmp_path: Path) -> None:
    ledger, book = read(sample_path), Xlsx(sample_path)
    places = [ledger.rows[ID].cells[field] for field in ("R8", "R9")]
    for at in places:
        typed(120, "<strike/><b/>")(book, (at.sheet, at.address))
    looks = [book.cells(at.sheet)[at.address].get("s") for at in places]
    assert looks[0] != looks[1]
    book.cells(places[1].sheet)[places[1].address].set("s", str(looks[0]))
    path = book.save(tmp_path / "book.xlsx")
    changes = [CellEdit(at.sheet, at.address, Decimal(130)) for at in places]
    path.write_bytes(apply(path.read_bytes(), changes))
    after = Xlsx(path)
    one, other = (after.cells(at.sheet)[at.address].get("s") for at in places)
    styles = after.xml("xl/styles.xml")
    found, fonts = styles.find(f"{MAIN}cellXfs"), styles.find(f"{MAIN}fonts")
    assert found is not None and fonts is not None and one == other == str(len(found) - 1)
    old, new = found[int(str(looks[0]))], found[-1]
    assert {**new.attrib, "fontId": ""} == {**old.attrib, "fontId": ""}
    assert [child.tag for child in fonts[-1]] == [f"{MAIN}b"]
