"""Files that are no workbook, or a hostile one: one sentence and exit code 2, nothing changed."""

from __future__ import annotations

import random
import re
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cli_tools import Command, as_nobody, changed, digest, is_one_sentence, needs_root
from docx import Document
from workbook_tools import Xlsx

from aso_xl.workbook.package import MAX_PARTS, MAX_UNPACKED

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452")
COMMANDS = ("check", "evaluate", "report", "export")

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


GOAL_1 = "xl/worksheets/sheet3.xml"
BAD: dict[str, tuple[Make, str]] = {
    "text": (raw("番号,指標\r\n1-H1,出生数".encode("cp932")), "Excel ブックとして読めません"),
    "png": (raw(PNG), "Excel ブックとして読めません"),
    "word": (document, "Excel ブックではありません"),
    "zip": (packed({"a.txt": b"a"}), "Excel ブックではありません"),
    "half": (truncated(0.5), "Excel ブックとして読めません"),
    "almost": (truncated(0.999), "Excel ブックとして読めません"),
    "encrypted": (raw(OLE + "EncryptedPackage".encode("utf-16-le")), "暗号化"),
    "xls": (raw(OLE + "Workbook".encode("utf-16-le")), ".xls"),
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
    "word for a number": (part(GOAL_1, number_as("百二十".encode())), "基本目標1"),
    "half a number": (part(GOAL_1, number_as(b"12,0")), "基本目標1"),
    "broken sheet": (part(GOAL_1, lambda data: data[:2000]), "壊れている"),
    "no stamp": (without_stamp, "評価ブックではありません"),
    "tampered stamp": (stamp(r'(?:"|&quot;)goals', "oops"), "定義の記録"),
    "cut stamp": (stamp(r'\{(?:"|&quot;)goals', ""), "定義の記録"),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_cannot_be_read_is_one_sentence(
    aso: Command, second_path: Path, sample_path: Path, tmp_path: Path, kind: str
) -> None:
    make, words = BAD[kind]
    path = tmp_path / "届いた ブック (2).xlsx"
    make(sample_path, path)
    before = digest(path) if path.is_file() else None
    done = aso("check", path, "--json")
    assert (done.code, done.out) == (2, "")
    assert words in done.err
    assert path.name in done.err
    assert is_one_sentence(done.err)
    assert before == (digest(path) if path.is_file() else None)
    assert {p.name for p in tmp_path.iterdir()} <= {path.name}


def test_a_sheet_without_its_part_is_a_finding(
    aso: Command, sample_path: Path, tmp_path: Path
) -> None:
    path = changed(sample_path, tmp_path / "a.xlsx", {GOAL_1: lambda data: None})
    done = aso("check", path, "--json")
    assert (done.code, done.err) == (1, "")
    [error] = [i for i in done.json["issues"] if i["code"] == "sheet-missing"]
    assert (error["severity"], error["sheet"]) == ("error", "基本目標1")


def test_a_stray_cell_in_the_last_row_costs_nothing(
    aso: Command, sample_path: Path, tmp_path: Path
) -> None:
    """The table of goal 1 was turned into a range, and someone typed at the end of the sheet."""

    def stray(data: bytes) -> bytes:
        row = b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'
        data = re.sub(rb"<tableParts.*?</tableParts>", b"", data, flags=re.DOTALL)
        return data.replace(b"</sheetData>", row)

    path = changed(sample_path, tmp_path / "a.xlsx", {GOAL_1: stray})
    done = aso("evaluate", path, "--json")
    assert done.json["goals"][0]["kpi"]["total"] == 16


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_so(aso: Command, tmp_path: Path, command: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(PNG)
    done = aso(command, path)
    assert (done.code, done.out) == (2, "")
    assert is_one_sentence(done.err)
    assert list(tmp_path.iterdir()) == [path]


def test_a_comment_before_the_root_is_no_harm(
    aso: Command, sample_path: Path, tmp_path: Path
) -> None:
    harmless = with_prolog("<!-- made by hand -->\n<?note x?>")
    path = changed(sample_path, tmp_path / "a.xlsx", {GOAL_1: harmless})
    assert aso("check", path).code == 0


@pytest.mark.parametrize(
    "name", ["評価 ブック(第3期).xlsx", "a'b & 50%.xlsx", "ﾃｽﾄ①.xlsx", "-x.xlsx"]
)
def test_names_may_be_anything(aso: Command, sample_path: Path, tmp_path: Path, name: str) -> None:
    path = Path(shutil.copy(sample_path, tmp_path / name))
    before = digest(path)
    assert aso("check", path).code == 0
    assert aso("report", path, "-o", tmp_path / "報告 書").code == 0
    assert digest(path) == before
    assert len(list((tmp_path / "報告 書").iterdir())) == 1


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Return a folder that every user can enter."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@needs_root
def test_a_locked_workbook_is_one_sentence(second_path: Path, open_folder: Path) -> None:
    path = Path(shutil.copy(second_path, open_folder / "評価.xlsx"))
    path.chmod(0o600)
    done = as_nobody(["check", str(second_path)], ["check", str(path)])
    assert (done.code, done.out) == (2, "")
    assert "開いているときは閉じ" in done.err
    assert is_one_sentence(done.err)


@needs_root
def test_a_folder_that_may_not_be_written_is_one_sentence(
    second_path: Path, open_folder: Path, tmp_path: Path
) -> None:
    path = Path(shutil.copy(second_path, open_folder / "評価.xlsx"))
    path.chmod(0o644)
    done = as_nobody(
        ["report", str(path), "-o", str(tmp_path)],
        ["report", str(path), "-o", str(open_folder / "out")],
    )
    assert (done.code, done.out) == (2, "")
    assert "書き込めません" in done.err
    assert is_one_sentence(done.err)
    assert list(open_folder.iterdir()) == [path]


FORMULAS = ('=HYPERLINK("http://x","見る")', "+81", "-減", "@課")


def setting(book: Xlsx, key: str) -> tuple[str, str]:
    found = (cell for cell in book.cells("設定") if cell.startswith("A"))
    row = next(cell[1:] for cell in found if book.value("設定", cell) == key)
    return "設定", f"B{row}"


@pytest.fixture
def formula_path(sample_path: Path, tmp_path: Path) -> Path:
    """Return the sample with texts that a careless program would take for formulas."""
    book = Xlsx(sample_path)
    book.put(book.find("1-01-2", "備考(要因・出典)"), FORMULAS[0])
    book.put(book.find("1-01-2", "担当課"), FORMULAS[3])
    book.put(setting(book, "見出し"), FORMULAS[1])
    book.put(setting(book, "前文1"), FORMULAS[0])
    return book.save(tmp_path / "a.xlsx")


def test_text_that_looks_like_a_formula_stays_text(
    aso: Command, formula_path: Path, tmp_path: Path
) -> None:
    data = aso("export", formula_path, "--csv", tmp_path, "--json").json
    [each] = [i for i in data["indicators"] if i["id"] == "1-01-2"]
    assert each["department"] == "@課"
    table = (tmp_path / "indicators.csv").read_text(encoding="utf-8-sig")
    assert ',\'@課,"\'=HYPERLINK(""http://x"",""見る"")",' in table
    assert "\n'@課," in (tmp_path / "departments.csv").read_text(encoding="utf-8-sig")
    report = aso("report", formula_path, "-o", tmp_path / "a.docx")
    assert report.code == 0
    word = Document(str(tmp_path / "a.docx"))
    texts = [paragraph.text for paragraph in word.paragraphs]
    assert {"+81", FORMULAS[0]} <= set(texts)
    assert not word.element.body.xpath(".//w:fldSimple | .//w:instrText | .//w:hyperlink")


def test_text_that_looks_like_a_formula_stays_text_in_a_workbook(
    aso: Command, tmp_path: Path
) -> None:
    source = Path(__file__).parent.parent / "aso_xl/strategies/third_term.toml"
    text = source.read_text(encoding="utf-8")
    text = text.replace('name = "認定農業者数"', 'name = "=1+1"')
    text = text.replace('"観光課"', '"@課"').replace('name = "有畜農家数"', 'name = "+戸"')
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    path = tmp_path / "own.xlsx"
    assert aso("template", "--strategy", tmp_path / "own.toml", "-o", path).code == 0
    book = Xlsx(path)
    for id_, name in (("1-01-2", "=1+1"), ("1-02-1", "+戸")):
        sheet, cell = book.find(id_, "指標")
        assert book.value(sheet, cell) == name
        assert cell not in book.formulas(sheet)
    found = {i["id"]: i["name"] for i in aso("export", path, "--json").json["indicators"]}
    assert (found["1-01-2"], found["1-02-1"]) == ("=1+1", "+戸")


def flipped(data: bytes, chance: random.Random, times: int) -> bytes:
    changed_ = bytearray(data)
    for _ in range(times):
        changed_[chance.randrange(len(changed_))] = chance.randrange(256)
    return bytes(changed_)


def damaged(source: Path, target: Path, chance: random.Random) -> None:
    """Damage the file, the text of a part, or take a part away."""
    with zipfile.ZipFile(source) as package:
        name = chance.choice([n for n in package.namelist() if not n.startswith("docProps")])
    match chance.choice(["file", "bytes", "cut", "drop", "tag", "number"]):
        case "file":
            target.write_bytes(flipped(source.read_bytes(), chance, 3))
        case "bytes":
            changed(source, target, {name: lambda data: flipped(data, chance, 2)})
        case "cut":
            changed(source, target, {name: lambda data: data[: chance.randrange(len(data))]})
        case "drop":
            changed(source, target, {name: lambda data: None})
        case "tag":
            changed(source, target, {name: lambda data: without_a_tag(data, chance)})
        case _:
            changed(source, target, {name: lambda data: with_another_number(data, chance)})


def without_a_tag(data: bytes, chance: random.Random) -> bytes:
    """Drop a whole empty element or an attribute, so that the XML stays well-formed."""
    found = list(re.finditer(rb"<[\w:]+(?: [^<>]*)?/>| [\w:]+=\"[^\"]*\"", data))
    one = chance.choice(found)
    return data[: one.start()] + data[one.end() :]


def with_another_number(data: bytes, chance: random.Random) -> bytes:
    found = list(re.finditer(rb"\d+", data))
    one = chance.choice(found)
    other = chance.choice([b"0", b"-1", b"99999999", b"x", b"1e999", b""])
    return data[: one.start()] + other + data[one.end() :]


@pytest.mark.parametrize("seed", range(60))
def test_damage_is_a_finding_or_a_sentence(
    aso: Command, sample_path: Path, tmp_path: Path, seed: int
) -> None:
    path = tmp_path / "a.xlsx"
    damaged(sample_path, path, random.Random(seed))
    done = aso("evaluate", path)
    assert done.code in (0, 1, 2)
    assert "思いがけない" not in done.err
    assert (done.code == 2) == bool(done.err)
    if done.code == 2:
        assert is_one_sentence(done.err)
