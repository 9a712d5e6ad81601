"""Running the command line, and workbooks changed part by part."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from paths import ROOT

NOBODY = 65534

needs_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0,
    reason="利用者を切り替えられないため、権限のないフォルダーの試験を省きます。",
)


@dataclass(frozen=True)
class Done:
    """How a run ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Command = Callable[..., Done]


def process(*args: str | Path, **how: Any) -> Done:
    """Return how ``python ARGS`` ended in a process of its own, with this project importable."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **how.pop("env", {})}
    done = subprocess.run(
        [sys.executable, *map(str, args)],
        capture_output="stdout" not in how,
        stderr=subprocess.PIPE if "stdout" in how else None,
        env=environment,
        check=False,
        **how,
    )
    return Done(done.returncode, (done.stdout or b"").decode(), done.stderr.decode())


def as_nobody(warm: list[str], args: list[str]) -> Done:
    """Return how a run by a user without rights ended; ``warm`` runs first, as root.

    Everything is imported before the user changes, so that the project's folder may be private.
    """
    script = (
        "import json, os, sys\nfrom aso_xl.cli.main import main\n"
        "warm, args = json.loads(sys.argv[1])\n"
        "keep = os.dup(1); os.dup2(os.open(os.devnull, os.O_WRONLY), 1)\n"
        "assert main(warm) in (0, 1); sys.stdout.flush(); os.dup2(keep, 1)\n"
        f"os.setgroups([]); os.setgid({NOBODY}); os.setuid({NOBODY})\n"
        "sys.exit(main(args))\n"
    )
    return process("-c", script, json.dumps([warm, args]))


def changed(
    source: Path, target: Path, parts: Mapping[str, Callable[[bytes], bytes | None]]
) -> Path:
    """Return a copy of a workbook in which some parts are changed; None drops one."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = parts[name](old.read(name)) if name in parts else old.read(name)
            if data is not None:
                new.writestr(name, data, zipfile.ZIP_DEFLATED)
    return target


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def is_one_sentence(text: str) -> bool:
    """Return whether stderr holds one line of Japanese, ended as a sentence."""
    line = text.strip()
    japanese = any("ぁ" <= letter <= "ヿ" for letter in line)
    return japanese and "\n" not in line and line.endswith("。") and "Traceback" not in line
