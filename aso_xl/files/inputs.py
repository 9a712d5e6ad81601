"""Reading a file that somebody named: only plain files, and the true reason where that fails."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

from ..errors import AsoError
from ..reasons import reason, remedy

MOST: Final = 100 * 2**20
_NO_WAITING: Final = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def read_input(
    path: Path,
    refusal: type[AsoError] = AsoError,
    *,
    what: str = "ブック",
    program: str = "Excel",
    most: int = MOST,
) -> bytes:
    """Return the bytes of a plain file of at most ``most`` bytes.

    Raise ``refusal``, one sentence with place, finding and remedy; a pipe or a device is refused,
    never waited for. ``what`` the file should be and the ``program`` it may be open in are named.
    """
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise refusal(_no_file(path, about, what))
        with os.fdopen(os.open(path, os.O_RDONLY | _NO_WAITING), "rb") as stream:
            about = os.fstat(stream.fileno())
            if not stat.S_ISREG(about.st_mode):
                raise refusal(_no_file(path, about, what))
            if about.st_size > most:
                raise refusal(f"{path.name} は大きすぎます(上限 {most // 2**20}MB)。")
            return stream.read(most)
    except FileNotFoundError:
        link = "のリンク先" if path.is_symlink() else ""
        raise refusal(f"{path}{link} が見つかりません。場所と名前を確かめてください。") from None
    except PermissionError:
        raise refusal(
            f"{path.name} を開けません。{program} で開いているときは閉じ、"
            "読み取りの権限を確かめてください。"
        ) from None
    except OSError as error:
        raise refusal(f"{path.name} を読めません({reason(error)})。{remedy(error)}") from None
    except ValueError:  # a name that no file can have
        raise refusal(f"{path!s:.60} という名前のファイルはありません。") from None


def _no_file(path: Path, about: os.stat_result, what: str) -> str:
    if stat.S_ISDIR(about.st_mode):
        return f"{path} はフォルダーです。{what}のファイルを指定してください。"
    return f"{path} は普通のファイルではありません(パイプや装置など)。{what}のファイルを指定してください。"
