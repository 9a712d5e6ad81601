"""The doctor: what it finds on made-up PCs, one thing at a time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cli_tools import Command
from pc_tools import BASE, computer

from aso_xl.excel.install import doctor
from aso_xl.excel.install.diagnosis import Diagnosis
from aso_xl.excel.install.install import install
from aso_xl.excel.install.registry import Value

ADDIN = b"add-in"
USER = r"HKCU\Software\Microsoft\Office\16.0"
POLICY = r"HKCU\Software\Policies\Microsoft\Office\16.0"
CLOUD = r"HKCU\Software\Policies\Microsoft\Cloud\Office\16.0"
PLACES = r"Excel\Security\Trusted Locations"
APPS = r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths"
ASR = (
    r"HKLM\SOFTWARE\Policies\Microsoft\Windows Defender"
    r"\Windows Defender Exploit Guard\ASR\Rules"
)
Keys = dict[str, dict[str, Value]]


def good_keys() -> Keys:
    """Return the registry of a PC on which Excel was started once."""
    return {
        rf"{APPS}\excel.exe": {"": r"C:\Program Files\Microsoft Office\root\Office16\EXCEL.EXE"},
        rf"{APPS}\winword.exe": {"": r"%ProgramFiles%\Microsoft Office\root\Office16\WINWORD.EXE"},
        r"HKCR\Excel.Application\CurVer": {"": "Excel.Application.16"},
        rf"{USER}\{PLACES}\Location0": {"Path": r"C:\Elsewhere"},
        rf"{USER}\{PLACES}\Location1": {"Path": r"%APPDATA%\Microsoft\Excel\XLSTART"},
    }


def found(place: Path, keys: Keys, **changes: Any) -> dict[str, Diagnosis]:
    """Return the findings by name, on a PC on which the add-in is installed."""
    changes = {"environ": _environ(place), **changes}
    install(computer(place), ADDIN)
    items = doctor.examined(computer(place, keys, **changes), ADDIN)
    assert len({item.name for item in items}) == len(items)
    return {item.name: item for item in items}


def _environ(place: Path) -> dict[str, str]:
    return {"appdata": f"{place}/Roaming", "ProgramFiles": r"C:\Program Files"}


def test_on_a_pc_in_order_only_what_this_system_lacks_is_missing(tmp_path: Path) -> None:
    items = found(tmp_path, good_keys())
    wrong = {name for name, item in items.items() if item.ok is not True}
    assert wrong <= {"packages"}  # pywin32 is for Windows only
    assert items["word"].finding.endswith(
        r"C:\Program Files\Microsoft Office\root\Office16\WINWORD.EXE"
    )


def test_everything_missing_has_a_remedy(tmp_path: Path) -> None:
    items = doctor.examined(computer(tmp_path, runs=lambda python: False), ADDIN)
    wrong = {item.name for item in items if item.ok is False}
    assert wrong >= {"excel", "word", "addin", "launcher", "send_to"}
    assert all(item.remedy.endswith("。") for item in items if item.ok is not True)


def test_an_older_addin_is_told_from_the_packaged_one(tmp_path: Path) -> None:
    install(computer(tmp_path), b"older")
    assert doctor.addin_file(computer(tmp_path), ADDIN).ok is False
    assert doctor.addin_file(computer(tmp_path), b"older").ok is True


@pytest.mark.parametrize(
    ("stream", "ok"),
    [
        ("[ZoneTransfer]\r\nZoneId=3\r\nHostUrl=https://example.jp/\r\n", False),
        ("[ZoneTransfer]\r\nZoneId=4\r\n", False),
        ("[ZoneTransfer]\r\nZoneId=2\r\n", True),
        ("", True),
        (None, True),
    ],
)
def test_the_mark_of_the_web(tmp_path: Path, stream: str | None, ok: bool) -> None:
    if stream is not None:
        (tmp_path / "a.xlam:Zone.Identifier").write_text(stream, encoding="ascii")
    assert doctor.mark(tmp_path / "a.xlam").ok is ok


def test_the_launcher_must_name_this_python_and_it_must_start(tmp_path: Path) -> None:
    pc = computer(tmp_path)
    assert doctor.launcher(pc).ok is False
    install(pc, ADDIN)
    assert doctor.launcher(pc).ok is True
    assert doctor.launcher(computer(tmp_path, python=r"C:\other\python.exe")).ok is False
    assert doctor.launcher(computer(tmp_path, runs=lambda python: False)).ok is False
    store = BASE.replace("Programs", "WindowsApps")
    assert doctor.launcher(computer(tmp_path, python_base=store)).ok is False
    for damaged in (b"", "観光".encode("cp932")[:1]):
        pc.folders.python_txt.write_bytes(damaged)
        assert doctor.launcher(pc).ok is False


def test_each_shortcut_counts(tmp_path: Path) -> None:
    pc = computer(tmp_path)
    install(pc, ADDIN)
    assert doctor.shortcuts(pc).ok is True
    (pc.folders.send_to / "総合戦略 Word作成.lnk").unlink()
    assert doctor.shortcuts(pc).finding == "「送る」に 総合戦略 Word作成 がありません。"


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({rf"{POLICY}\{PLACES}": {"AllLocationsDisabled": 1}}, {"trusted_location": False}),
        ({rf"{USER}\{PLACES}": {"AllLocationsDisabled": 1}}, {"trusted_location": False}),
        ({rf"{POLICY}\{PLACES}": {"AllLocationsDisabled": 0}}, {}),
        (
            {rf"{POLICY}\Common\Security\Trusted Locations": {"AllowUserLocations": 0}},
            {"trusted_location": False},
        ),
        ({rf"{USER}\{PLACES}\Location1": {"Path": r"C:\Elsewhere"}}, {"trusted_location": None}),
        (
            {rf"{USER}\{PLACES}\Location1": {"Path": r"%APPDATA%\Microsoft"}},
            {"trusted_location": None},
        ),
        (
            {rf"{USER}\{PLACES}\Location1": {"Path": r"%APPDATA%\Microsoft", "AllowSubFolders": 1}},
            {},
        ),
        ({rf"{POLICY}\Excel\Security": {"VBAWarnings": 4}}, {}),
        ({rf"{POLICY}\Excel\Security": {"RequireAddinSig": 1}}, {"macros": False}),
        ({rf"{CLOUD}\Excel\Security": {"DisableAllAddins": 1}}, {"macros": False}),
        ({rf"{POLICY}\Common": {"VBAOff": 1}}, {"macros": False}),
        ({rf"{POLICY}\Excel\Security": {"blockcontentexecutionfrominternet": 1}}, {}),
        ({ASR: {"D4F940AB-401B-4EFC-AADC-AD5F3C50688A": "1"}}, {"child_process": False}),
        ({ASR: {"d4f940ab-401b-4efc-aadc-ad5f3c50688a": "2"}}, {}),
        (
            {
                rf"{USER}\Excel\Resiliency\DisabledItems": {
                    "9F3A": b"\x01\x00\x00\x00" + r"c:\x\ASO_XL.xlam".encode("utf-16-le")
                }
            },
            {"disabled_items": False},
        ),
        (
            {rf"{USER}\Excel\Resiliency\DisabledItems": {"1": "other.xlam".encode("utf-16-le")}},
            {},
        ),
    ],
)
def test_settings_and_policies(
    tmp_path: Path, changes: Keys, wrong: dict[str, bool | None]
) -> None:
    items = found(tmp_path, {**good_keys(), **changes})
    del items["packages"]
    assert {name: item.ok for name, item in items.items() if item.ok is not True} == wrong


@pytest.mark.parametrize("level", [3, 4])
def test_banned_macros_matter_where_xlstart_is_not_trusted(tmp_path: Path, level: int) -> None:
    keys: Keys = {rf"{POLICY}\Excel\Security": {"VBAWarnings": level}}
    items = found(tmp_path, keys)
    assert (items["trusted_location"].ok, items["macros"].ok) == (None, False)
    assert "送る" in items["macros"].remedy


def test_an_older_office_is_looked_up_under_its_own_version(tmp_path: Path) -> None:
    changes: Keys = {
        r"HKCR\Excel.Application\CurVer": {"": "Excel.Application.15"},
        rf"{USER.replace('16.0', '15.0')}\{PLACES}": {"AllLocationsDisabled": 1},
    }
    assert found(tmp_path, {**good_keys(), **changes})["trusted_location"].ok is False


def test_a_missing_package_is_named() -> None:
    item = doctor.packages(("openpyxl", "no-such-package-here"))
    assert item.ok is False
    assert "no-such-package-here" in item.finding
    assert "openpyxl" not in item.finding


def test_elsewhere_than_windows_the_command_says_so(aso: Command) -> None:
    done = aso("excel", "doctor", "--json")
    assert done.code == 1
    assert done.json["complete"] is False
    items = {item["name"]: item for item in done.json["items"]}
    assert items["windows"]["ok"] is False
    assert items["packages"]["remedy"] is None
    assert aso("excel", "doctor").code == 1
