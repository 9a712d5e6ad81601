"""Where things stand on a PC of one user; nothing outside these folders is ever written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ...errors import AsoError


@dataclass(frozen=True)
class Folders:
    """The folders of the user who installs: no administrator is needed for any of them."""

    roaming: Path
    local: Path

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> Folders:
        """Return the folders that Windows names in the environment. Raise AsoError elsewhere."""
        roaming, local = environ.get("APPDATA"), environ.get("LOCALAPPDATA")
        if not roaming or not local:
            raise AsoError(
                "このPCは Windows ではないため、Excel への組み込みはできません。"
                "Windows のPCで実行してください。"
            )
        return cls(Path(roaming), Path(local))

    @property
    def xlstart(self) -> Path:
        """Return the folder whose add-ins Excel opens by itself, a trusted location."""
        return self.roaming / "Microsoft" / "Excel" / "XLSTART"

    @property
    def send_to(self) -> Path:
        """Return the folder of the context menu 「送る」."""
        return self.roaming / "Microsoft" / "Windows" / "SendTo"

    @property
    def home(self) -> Path:
        """Return the project's own folder: settings, record, log, and the venv of the bundle."""
        return self.local / "aso_xl"

    @property
    def addin(self) -> Path:
        return self.xlstart / "aso_xl.xlam"

    @property
    def python_txt(self) -> Path:
        """Return the file from which the launcher in VBA reads the interpreter's path."""
        return self.home / "python.txt"

    @property
    def record(self) -> Path:
        return self.home / "installed.json"

    @property
    def venv(self) -> Path:
        """Return where the bundle's install.cmd puts Python's packages."""
        return self.home / "venv"

    def logs(self) -> list[Path]:
        """Return the log files there are."""
        return sorted(self.home.glob("aso_xl.log*"))
