"""Installing for the current user, and taking all of it away again."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ... import __version__
from ...errors import AsoError
from ...reasons import reason, remedy
from .computer import Computer
from .folders import Folders
from .installed_files import Record
from .interpreter import refusal
from .put_file import missing_folders, put
from .shortcuts import FILES, Link

PACKAGED: Final = Path(__file__).parents[1] / "addin" / "aso_xl.xlam"


@dataclass(frozen=True)
class Installation:
    """What was installed where, and what could not be."""

    files: tuple[Path, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Removal:
    """What was removed, and what was left, with the reason."""

    removed: tuple[Path, ...]
    kept: tuple[tuple[Path, str], ...] = ()


def packaged_addin() -> bytes:
    """Return the add-in that comes with the package. Raise AsoError if it is not there."""
    try:
        return PACKAGED.read_bytes()
    except OSError as error:
        raise AsoError(
            f"アドイン {PACKAGED.name} が aso_xl {__version__} に入っていません。"
            "aso_xl をインストールし直してください。"
        ) from error


def install(computer: Computer, addin: bytes, *, desktop: bool = False) -> Installation:
    """Return what was installed: add-in, launcher setting and shortcuts; an older one is replaced.

    What is to be written is recorded first, so that even a broken installation can be removed.
    Raise AsoError, before anything is written, if Python cannot serve or a user's own file is
    in the way.
    """
    _require_python(computer)
    folders, links = computer.folders, _links(computer, desktop=desktop)
    record = Record.load(folders.record)
    for path in (folders.addin, *links):
        _require_ours(path, addin if path == folders.addin else None, record)
    setting = f"{computer.python}\r\n".encode(computer.encoding)
    for path, content in {folders.addin: addin, folders.python_txt: setting}.items():
        record = record.adding(path, content, missing_folders(path))
    for path in links:
        record = record.adding(path, None, missing_folders(path))
    _put(folders.record, record.content())
    _put(folders.addin, addin)
    _put(folders.python_txt, setting)
    notes = dict.fromkeys(filter(None, (_linked(computer, *each) for each in links.items())))
    made = (path for path in links if path.exists())
    return Installation((folders.addin, folders.python_txt, *made), tuple(notes))


def uninstall(folders: Folders) -> Removal:
    """Return what was removed: exactly what was installed, and the log.

    Raise AsoError, with everything else left in place, if Excel holds the add-in.
    """
    record = Record.load(folders.record)
    removed, kept = [], []
    for path in record.paths():
        if not path.is_file():
            continue
        if record.owns(path):
            _remove(path)
            removed.append(path)
        else:
            kept.append((path, "インストール後に変更されています。不要なら手で削除してください。"))
    for path in (*folders.logs(), folders.record):
        if path.is_file():
            _remove(path)
            removed.append(path)
    for folder in sorted({*record.folders, str(folders.home)}, key=len, reverse=True):
        with suppress(OSError):
            Path(folder).rmdir()
    return Removal(tuple(removed), (*kept, *_left(folders)))


def _require_python(computer: Computer) -> None:
    if why := refusal(computer.python, computer.python_base, computer.encoding):
        raise AsoError(why)
    if not computer.runs(computer.python):
        raise AsoError(
            f"{computer.python} で aso_xl を起動できません。"
            "この Python に aso_xl をインストール(pip install)してから、もう一度実行してください。"
        )


def _links(computer: Computer, *, desktop: bool) -> dict[Path, Link]:
    places = [computer.folders.send_to, *([computer.desktop()] if desktop else [])]
    return {
        place / name: Link.to(computer.python, action)
        for place in places
        for action, name in FILES.items()
    }


def _require_ours(path: Path, content: bytes | None, record: Record) -> None:
    """Raise AsoError if something stands at ``path`` that was not installed."""
    if not path.exists() or record.owns(path):
        return
    if content is None or path.read_bytes() != content:
        raise AsoError(
            f"{path} に、aso_xl が置いたものではない(または変更された)ファイルがあります。"
            "名前を変えるか別の場所に移してから、もう一度実行してください。"
        )


def _linked(computer: Computer, path: Path, link: Link) -> str | None:
    """Return why the shortcut could not be made: the buttons in Excel work without it."""
    try:
        computer.make_link(path, link)
    except AsoError as error:
        return str(error)
    return None


def _put(path: Path, content: bytes) -> None:
    try:
        put(path, content)
    except OSError as error:
        raise AsoError(_held(path, error, "書き込めません")) from error


def _remove(path: Path) -> None:
    try:
        path.unlink()
    except OSError as error:
        raise AsoError(_held(path, error, "削除できません")) from error


def _held(path: Path, error: OSError, what: str) -> str:
    if isinstance(error, PermissionError):
        return (
            f"{path} を使っているプログラムがあるか、権限がないため、{what}。"
            "Excel をすべて閉じて、もう一度実行してください。"
        )
    return f"{path} は{what}({reason(error)})。{remedy(error)}"


def _left(folders: Folders) -> list[tuple[Path, str]]:
    if not folders.home.exists():
        return []
    if folders.venv.exists():
        reason = "Python の仮想環境です。配布フォルダーの uninstall.cmd が最後に消します。"
        return [(folders.venv, reason)]
    return [(folders.home, "ほかのファイルがあるため残しました。")]
