"""What install.cmd starts: the real script, venv and pip, in a hostile folder, without internet."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from wheel_tools import small_wheel

from aso_xl.excel.bundle import offline
from aso_xl.excel.bundle.wheels import PYTHONS

HOSTILE = "R8 & 50% (2) it's ! ^ 配布"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a bundle with one small wheel that stands for the project."""
    place = tmp_path / HOSTILE
    (place / "wheels").mkdir(parents=True)
    small_wheel(place / "wheels", "aso_xl")
    (place / "setup_aso_xl.py").write_bytes(Path(offline.__file__).read_bytes())
    resum(place)
    return place


def test_packages_come_from_the_folder_alone_into_an_environment_of_their_own(
    folder: Path, tmp_path: Path
) -> None:
    """pip's settings of the user, which here point nowhere, are not read."""
    home = tmp_path / "Local & (x)"
    with zipfile.ZipFile(folder / "wheels" / "aso_xl-1.0-py3-none-any.whl", "a") as package:
        package.writestr("aso_xl/__main__.py", "import sys; print(sys.argv[1:])")
    done = setup(folder, home, "install")
    assert (done.returncode, "壊れています" in done.stdout) == (2, True)
    resum(folder)
    done = setup(folder, home, "install")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "['excel', 'install']"
    python = offline.interpreter(home / "aso_xl" / "venv")
    where = [str(python), "-I", "-c", "import aso_xl; print(aso_xl.__file__)"]
    place = subprocess.run(where, capture_output=True, text=True, check=True).stdout
    assert place.startswith(str(home / "aso_xl" / "venv"))
    assert setup(folder, home, "install").returncode == 0  # again: an upgrade
    (home / "aso_xl" / "memo.txt").write_text("mine", encoding="utf-8")
    done = setup(folder, home, "uninstall")
    assert (done.returncode, "['excel', 'uninstall']" in done.stdout) == (0, True)
    assert [path.name for path in (home / "aso_xl").iterdir()] == ["memo.txt"]
    (home / "aso_xl" / "memo.txt").unlink()
    assert setup(folder, home, "uninstall").returncode == 0
    assert list(home.iterdir()) == []
    assert "インストールされていません" in setup(folder, home, "uninstall").stdout


def setup(folder: Path, local: Path, action: str) -> subprocess.CompletedProcess[str]:
    environ = {"LOCALAPPDATA": str(local), "PIP_INDEX_URL": "http://127.0.0.1:9/", "PATH": ""}
    command = [sys.executable, "-I", "-X", "utf8", str(folder / "setup_aso_xl.py"), action]
    return subprocess.run(command, env=environ, capture_output=True, encoding="utf-8", check=False)


def resum(folder: Path) -> None:
    files = [p for p in folder.rglob("*") if p.is_file() and p.name != "SHA256SUMS"]
    text = "".join(
        f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.relative_to(folder).as_posix()}\n"
        for p in files
    )
    (folder / "SHA256SUMS").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("harm", ["damaged", "missing", "foreign", "no sums"])
def test_a_folder_not_as_it_was_made_is_refused(folder: Path, harm: str) -> None:
    offline.verify(folder)
    (path,) = (folder / "wheels").iterdir()
    if harm == "damaged":
        path.write_bytes(path.read_bytes() + b"x")
    elif harm == "missing":
        path.unlink()
    elif harm == "foreign":
        small_wheel(folder / "wheels", "other")
    else:
        (folder / "SHA256SUMS").unlink()
    with pytest.raises(offline.Stop):
        offline.verify(folder)


def test_only_a_fitting_python_is_taken() -> None:
    assert offline.main(["probe"]) == (0 if sys.version_info[:2] <= (3, 13) else 2)
    supported = [tuple(map(int, python.split("."))) for python in PYTHONS]
    assert [supported[0], supported[-1]] == [offline.OLDEST, offline.NEWEST]


def test_started_by_hand_elsewhere_it_says_how(capsys: pytest.CaptureFixture[str]) -> None:
    assert offline.main([]) == 2
    assert "install.cmd" in capsys.readouterr().out
