"""What Office's settings and the administrator's policies say about the add-in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PureWindowsPath
from typing import Final

from .computer import Computer
from .diagnosis import Diagnosis
from .registry import Value

_USER: Final = r"HKCU\Software\Microsoft\Office"
_POLICY: Final = r"HKCU\Software\Policies\Microsoft\Office"
_CLOUD: Final = r"HKCU\Software\Policies\Microsoft\Cloud\Office"
_ROOTS: Final = (_POLICY, _CLOUD, _USER)
_NO_CHILDREN: Final = "d4f940ab-401b-4efc-aadc-ad5f3c50688a"
"""Microsoft Defender's rule "Block all Office applications from creating child processes"."""

_DEFENDER: Final = tuple(
    rf"HKLM\SOFTWARE\{vendor}\Windows Defender\Windows Defender Exploit Guard\ASR\Rules"
    for vendor in (r"Policies\Microsoft", "Microsoft")
)
_LEVELS: Final = {
    1: "すべて有効",
    2: "警告して無効",
    3: "署名のあるものだけ有効",
    4: "警告せずすべて無効",
}
_SENT: Final = "マクロを使わない「送る」の「総合戦略 …」でも同じ処理ができます。"


@dataclass(frozen=True)
class Office:
    """Office on this PC, with its version in the registry: 16.0 for 2016 and all later ones."""

    computer: Computer
    version: str = "16.0"

    @classmethod
    def on(cls, computer: Computer) -> Office:
        """Return the Office whose Excel is registered."""
        version = computer.registry.values(r"HKCR\Excel.Application\CurVer").get("")
        number = str(version).rpartition(".")[2]
        return cls(computer, f"{number}.0") if number.isdigit() else cls(computer)

    def setting(self, path: str, name: str) -> Value | None:
        """Return a setting, a policy before the user's own; None if it is not set."""
        for root in _ROOTS:
            values = self.computer.registry.values(f"{root}\\{self.version}\\{path}")
            if name.lower() in values:
                return values[name.lower()]
        return None


def examined(computer: Computer) -> Iterator[Diagnosis]:
    """Yield what Office allows: trusted location, macros, child processes, disabled add-ins."""
    office = Office.on(computer)
    trusted = _trusted(office)
    yield trusted
    yield _macros(office, trusted=trusted.ok is True)
    yield _children(computer)
    yield _disabled(office)


def _trusted(office: Office) -> Diagnosis:
    name, place = "trusted_location", r"Excel\Security\Trusted Locations"
    remedy = f"管理者に、{office.computer.folders.xlstart} を「信頼できる場所」として許可するよう頼んでください。"
    if office.setting(place, "AllLocationsDisabled") == 1:
        return Diagnosis(
            name, False, "「信頼できる場所」がすべて無効にされています。", remedy + _SENT
        )
    common = r"Common\Security\Trusted Locations"
    only_policy = office.setting(common, "AllowUserLocations") == 0
    roots = (_POLICY, _CLOUD) if only_policy else _ROOTS
    if any(_covers(office, root, place) for root in roots):
        return Diagnosis(name, True, "XLSTART は「信頼できる場所」です。")
    if only_policy:
        finding = "管理者が決めた「信頼できる場所」に XLSTART がありません。"
        return Diagnosis(name, False, finding, remedy + _SENT)
    finding = "XLSTART が「信頼できる場所」かどうか確かめられません。"
    return Diagnosis(
        name, None, finding, "Excel を一度起動し、もう一度 doctor を実行してください。"
    )


def _covers(office: Office, root: str, place: str) -> bool:
    """Return whether a trusted location of this root is XLSTART, or above it with subfolders."""
    computer = office.computer
    wanted = PureWindowsPath(str(computer.folders.xlstart).lower())
    for key in computer.registry.subkeys(f"{root}\\{office.version}\\{place}"):
        values = computer.registry.values(key)
        path = PureWindowsPath(computer.expand(str(values.get("path", ""))).lower())
        below = values.get("allowsubfolders") == 1
        if path.parts and (path == wanted or (below and path in wanted.parents)):
            return True
    return False


def _macros(office: Office, *, trusted: bool) -> Diagnosis:
    name, security = "macros", r"Excel\Security"
    if office.setting("Common", "VBAOff") == 1:
        return Diagnosis(name, False, "Office の VBA が無効にされています。", _SENT)
    if office.setting(security, "DisableAllAddins") == 1:
        return Diagnosis(name, False, "Excel のアドインがすべて無効にされています。", _SENT)
    if office.setting(security, "RequireAddinSig") == 1:
        finding = "署名のあるアドインだけが許されています。"
        remedy = "管理者に、この設定の解除を頼んでください。"
        return Diagnosis(name, False, finding, remedy + _SENT)
    level = office.setting(security, "VBAWarnings")
    words = _LEVELS.get(level, "不明") if isinstance(level, int) else "既定(警告して無効)"
    if not trusted and level in (3, 4):
        remedy = "XLSTART が「信頼できる場所」なら動きます。管理者に確かめてください。"
        return Diagnosis(name, False, f"マクロの設定: {words}", remedy + _SENT)
    internet = office.setting(security, "blockcontentexecutionfrominternet") == 1
    block = (
        "。インターネットから来たファイルのマクロは禁止(アドインには影響なし)" if internet else ""
    )
    return Diagnosis(name, True, f"マクロの設定: {words}{block}")


def _children(computer: Computer) -> Diagnosis:
    values = (computer.registry.values(key).get(_NO_CHILDREN) for key in _DEFENDER)
    if any(str(value) == "1" for value in values):
        return Diagnosis(
            "child_process",
            False,
            "Excel からほかのプログラムを起動することが、Microsoft Defender の規則で禁止されています。",
            "管理者に、python.exe を規則の例外にするよう頼んでください。" + _SENT,
        )
    return Diagnosis(
        "child_process", True, "Excel から Python を起動することは禁止されていません。"
    )


def _disabled(office: Office) -> Diagnosis:
    place = rf"{_USER}\{office.version}\Excel\Resiliency\DisabledItems"
    addin = office.computer.folders.addin.name.lower().encode("utf-16-le")
    values = office.computer.registry.values(place).values()
    if any(isinstance(value, bytes) and addin in _lower(value) for value in values):
        return Diagnosis(
            "disabled_items",
            False,
            "Excel がアドインを「使用できないアイテム」にしています。",
            "Excel の「ファイル」→「オプション」→「アドイン」の「管理: 使用できないアイテム」で有効にしてください。",
        )
    return Diagnosis("disabled_items", True, "Excel はアドインを無効にしていません。")


def _lower(value: bytes) -> bytes:
    return value.decode("utf-16-le", errors="replace").lower().encode("utf-16-le")
