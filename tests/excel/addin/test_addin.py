"""The ribbon add-in that is shipped: what the builder makes, and nothing of it unexplained."""

from __future__ import annotations

import hashlib
import io
import re
import subprocess
import sys
import warnings
import zipfile
from collections.abc import Iterator
from struct import unpack_from

import pytest
from build_addin import addin, ovba, project
from build_addin.picture import picture
from build_addin.raster import drawing_of
from cli_tools import ROOT
from lxml import etree
from test_ovba import assert_searchable

from aso_xl.excel import launch
from aso_xl.excel.addin import button_workbook

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # oletools calls an older pyparsing
    from oletools.olevba import VBA_Parser

COMMITTED = (addin.EXCEL / "aso_xl.xlam").read_bytes()
BUTTONS = button_workbook.PROJECT.read_bytes()
PARTS = addin.parts(COMMITTED)
TEMPLATE = addin.parts(addin.template())
UI = "{http://schemas.microsoft.com/office/2006/01/customui}"
ACTIONS = {
    "new",
    "check",
    "calculate",
    "report",
    "split",
    "status",
    "merge",
    "return",
    "close",
    "next",
}
LABELS = [
    "新しいブック",
    "入力チェック",
    "集計",
    "Word作成",
    "配布",
    "回収状況",
    "統合",
    "差戻し",
    "年度の確定",
    "次年度へ",
]
MESSAGE = re.compile(r"Function (Aso\w+)\(\) As String\s+Aso\w+ = AsoText\((.*?)\)\s+End", re.S)
LAUNCHER, RIBBON = addin.source("AsoLauncher"), addin.source("AsoRibbon")


def test_builder_makes_the_committed_add_in() -> None:
    built = addin.parts(addin.add_in())
    assert list(built) == list(PARTS)
    assert project.streams(built[addin.VBA]) == project.streams(PARTS[addin.VBA])
    assert built == PARTS


def test_builder_makes_the_committed_project_of_buttons() -> None:
    built = addin.button_project()
    assert project.streams(built) == project.streams(BUTTONS)
    assert built == BUTTONS


def test_only_the_parts_that_are_meant_to_differ_from_the_template() -> None:
    assert TEMPLATE.keys() - PARTS.keys() == {"xl/sharedStrings.xml"}
    assert PARTS.keys() <= TEMPLATE.keys()
    assert {name for name in PARTS if PARTS[name] != TEMPLATE[name]} == {
        "[Content_Types].xml",
        "_rels/.rels",
        "customUI/customUI.xml",
        "docProps/core.xml",
        addin.VBA,
        "xl/_rels/workbook.xml.rels",
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
    }


@pytest.mark.parametrize(
    ("file", "same", "new"),
    [
        (PARTS[addin.VBA], {"ThisWorkbook", "Sheet2"}, {"AsoRibbon", "AsoLauncher"}),
        (BUTTONS, {"ThisWorkbook"}, {"AsoLauncher"}),
    ],
    ids=["add-in", "buttons"],
)
def test_streams_against_the_template(file: bytes, same: set[str], new: set[str]) -> None:
    old, ours = project.streams(TEMPLATE[addin.VBA]), project.streams(file)
    kept = {f"VBA/{name}" for name in same} | {"VBA/_VBA_PROJECT"}
    assert {name for name in ours if old.get(name) == ours[name]} == kept
    assert ours.keys() - old.keys() == {f"VBA/{name}" for name in new}
    assert {"VBA/xlwings", "VBA/Dictionary", "VBA/RibbonMyAddin"} <= old.keys() - ours.keys()
    assert_searchable(file)


def listed(stream: bytes) -> Iterator[str]:
    """Yield the names in a PROJECTwm stream, each once in ANSI and once in UTF-16."""
    while stream != b"\0\0":
        ansi, _, stream = stream.partition(b"\0")
        end = len(ansi) * 2
        assert stream[:end].decode("utf-16-le") == ansi.decode("ascii")
        assert stream[end : end + 2] == b"\0\0"
        stream = stream[end + 2 :]
        yield ansi.decode("ascii")


@pytest.mark.parametrize("file", [PARTS[addin.VBA], BUTTONS], ids=["add-in", "buttons"])
def test_the_lists_of_modules_agree(file: bytes) -> None:
    ours = project.streams(file)
    modules = {name.partition("/")[2] for name in ours} - {"", "dir", "_VBA_PROJECT"}
    records = list(project.records(ovba.decompress(ours["VBA/dir"])))
    text = ours["PROJECT"].decode("ascii")
    assert set(listed(ours["PROJECTwm"])) == modules
    assert {data.decode() for kind, data in records if kind == 0x19} == modules
    assert set(re.findall(r"^(?:Document|Module)=(\w+)", text, re.M)) == modules
    assert set(re.findall(r"^(\w+)=\d+, ", text, re.M)) == modules
    assert [unpack_from("<H", data)[0] for kind, data in records if kind == 0x0F] == [len(modules)]
    name = next(data.decode() for kind, data in records if kind == 0x04)
    assert f'\nName="{name}"\r\n' in text
    assert [data for kind, data in records if kind == 0x16] == [b"Office"]


def test_what_is_encrypted_with_the_project_id_stays() -> None:
    old = project.streams(TEMPLATE[addin.VBA])["PROJECT"].decode("ascii")
    for file in (PARTS[addin.VBA], BUTTONS):
        ours = project.streams(file)["PROJECT"].decode("ascii")
        for key in ("ID", "CMG", "DPB", "GC"):
            line = re.search(rf"^{key}=.*$", old, re.M)
            assert line and line[0] in ours


def test_olevba_reads_back_our_source() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        macros = list(VBA_Parser("aso_xl.xlam", data=COMMITTED).extract_macros())
    read = {place.removeprefix("VBA/"): code for _, place, _, code in macros}
    assert set(read) >= {"AsoLauncher", "AsoRibbon"}
    assert read["AsoLauncher"].splitlines() == LAUNCHER.splitlines()
    assert read["AsoRibbon"].splitlines() == RIBBON.splitlines()


def test_nothing_of_the_template_is_left_over() -> None:
    everything = b"".join(data for name, data in PARTS.items() if name != addin.VBA)
    for source in project.sources(PARTS[addin.VBA]).values():
        everything += source.encode("ascii")
    for word in (b"xlwings", b"felix", b"myaddin", b"runpython", b"interpreter_win"):
        assert word not in everything.lower()


def test_source_is_ascii_and_takes_nothing_from_the_workbook_but_its_name() -> None:
    for source in (LAUNCHER, RIBBON):
        code = re.sub(r"^\s*'.*$", "", source, flags=re.M)
        assert source.isascii()
        assert max(map(len, source.splitlines())) < 1000
        assert re.search("^Option Explicit$", code, re.M)
        uses = re.findall(r"ActiveWorkbook(?! Is Nothing)[\w.]*", code)
        assert set(uses) <= {"ActiveWorkbook.FullName"}
        forbidden = r"\b(ThisWorkbook|Worksheets|ActiveSheet|Range|Cells|Names|CurDir|ChDir|Path)\b"
        assert not re.search(forbidden, code)
    starts = LAUNCHER[LAUNCHER.index("Function AsoCommand") :].split("End Function")[0]
    assert '" -I -m aso_xl.excel.launch "' in starts


def test_what_is_said_is_japanese_spelled_in_code_points() -> None:
    said = {
        name: "".join(chr(int(point, 16)) for point in re.findall(r"\b[0-9A-F]{4}\b", body))
        for name, body in MESSAGE.findall(LAUNCHER)
    }
    assert said == {
        "AsoTitle": "総合戦略",
        "AsoNoWorkbook": "開いているブックがありません。評価ブックを開いてから、もう一度押してください。",
        "AsoNotInstalled": "総合戦略のプログラムが、このパソコンに設定されていません。"
        "情報担当に「aso-xl excel install」の実行を依頼してください。",
        "AsoNotStarted": "総合戦略のプログラムを実行できませんでした。"
        "情報担当に連絡し、次の記録があれば渡してください。",
    }


def test_ribbon_buttons_call_what_the_launcher_can_do() -> None:
    ribbon = etree.fromstring(PARTS["customUI/customUI.xml"])
    assert PARTS["customUI/customUI.xml"] == (addin.EXCEL / "ribbon.xml").read_bytes()
    assert [tab.get("label") for tab in ribbon.iter(f"{UI}tab")] == ["総合戦略"]
    buttons = {b.get("label"): b for b in ribbon.iter(f"{UI}button")}
    assert list(buttons) == LABELS
    tags = [b.get("tag") for b in buttons.values()]
    sharing = ["split", "status", "merge", "return"]
    assert tags == ["new", "check", "calculate", "report", *sharing, "close", "next"]
    assert set(tags) == ACTIONS
    assert {b.get("onAction") for b in buttons.values()} == {"AsoRibbon.AsoClicked"}
    assert "Public Sub AsoClicked(control As IRibbonControl)" in RIBBON
    for button in buttons.values():
        assert button.get("imageMso") and button.get("size") == "large"
        assert 0 < len(str(button.get("supertip"))) < 1024


def test_the_picture_in_the_docs_is_of_this_ribbon() -> None:
    drawn = picture((addin.EXCEL / "ribbon.xml").read_bytes())
    images = ROOT / "docs" / "images"
    assert drawn == (images / "ribbon.svg").read_bytes()
    assert drawing_of((images / "ribbon.png").read_bytes()) == hashlib.sha256(drawn).hexdigest()
    texts = [text for text in etree.fromstring(drawn).itertext() if len(text.strip()) > 1]
    groups = *LABELS[:4], "評価ブック", *LABELS[4:8], "各課との共有", *LABELS[8:], "年度"
    assert texts == ["総合戦略", *groups]


def test_form_buttons_call_subs_that_are_there() -> None:
    calls = r"^Public Sub (Aso\w+)\(\)\r?\n\s+Aso(?:Run|Launch) \"(\w+)\""
    macros = dict(re.findall(calls, LAUNCHER, re.M))
    buttons = button_workbook.GUIDE_BUTTONS
    assert {button.macro for button in buttons} == macros.keys()
    assert set(macros.values()) == ACTIONS - {"new"}


def test_ribbon_relationship_is_of_the_same_year_as_its_namespace() -> None:
    links = etree.fromstring(PARTS["_rels/.rels"])
    kinds = [str(x.get("Type")) for x in links if x.get("Target") == "customUI/customUI.xml"]
    assert kinds == ["http://schemas.microsoft.com/office/2006/relationships/ui/extensibility"]


def test_every_declared_part_is_there() -> None:
    types = etree.fromstring(PARTS["[Content_Types].xml"])
    declared = {str(t.get("PartName")).lstrip("/") for t in types if t.get("PartName")}
    assert declared <= PARTS.keys()
    assert etree.fromstring(PARTS["xl/worksheets/sheet1.xml"])[0].get("codeName") == "Sheet2"


def test_notice_keeps_the_license_of_what_remains() -> None:
    notice = (addin.EXCEL / "NOTICE.txt").read_text(encoding="utf-8")
    for words in ("Zoomer Analytics", "Redistributions in binary form", "AS IS"):
        assert words in notice


def test_a_template_that_is_not_source_only_is_refused() -> None:
    from build_addin import compound_file

    streams = project.streams(TEMPLATE[addin.VBA]) | {"VBA/_VBA_PROJECT": b"\xcc\x61\x88\0\0\1\0"}
    inner = {n.partition("/")[2]: data for n, data in streams.items() if n.startswith("VBA/")}
    other = {n: data for n, data in streams.items() if "/" not in n}
    with pytest.raises(ValueError, match="source only"):
        project.reshape(compound_file.write({"VBA": inner, **other}), "X", (), (), {})


def test_the_package_is_whole_and_carries_no_time_of_building() -> None:
    with zipfile.ZipFile(io.BytesIO(COMMITTED)) as package:
        assert package.testzip() is None
        assert {info.date_time for info in package.infolist()} == {addin.STAMP}


def test_the_launcher_is_silent_only_where_python_has_spoken() -> None:
    """Python itself ends with 1 when aso_xl is not there or fails unforeseen: that must be told."""
    assert "If result <> 0 And result <> 2 Then" in LAUNCHER
    assert launch.main(["unknown", "0"]) not in (0, 2)
    gone = subprocess.run([sys.executable, "-I", "-m", "aso_xl_is_gone"], capture_output=True)
    assert gone.returncode not in (0, 2)
