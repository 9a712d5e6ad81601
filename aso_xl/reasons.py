"""Why the file system refused, and what helps, in words that staff can act on."""

from __future__ import annotations

import errno
from typing import Final, NamedTuple

MISSING: Final = frozenset({errno.ENOENT, errno.ENOTDIR})
FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
FORBIDDEN: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
GONE: Final = frozenset(
    {errno.EIO, errno.ESTALE, errno.ENOTCONN, errno.EHOSTDOWN, errno.ETIMEDOUT, errno.ENXIO}
)


class _Refusal(NamedTuple):
    codes: frozenset[int]
    reason: str
    remedy: str


_KNOWN: Final = (
    _Refusal(MISSING, "見つかりません", "場所と名前を確かめてください。"),
    _Refusal(FULL, "ディスクの空き容量が足りません", "空き容量を増やしてください。"),
    _Refusal(frozenset({errno.EROFS}), "書き込めないディスクです", "別の場所を指定してください。"),
    _Refusal(
        FORBIDDEN,
        "権限がありません",
        "ほかのプログラムで開いているときは閉じ、権限を確かめてください。",
    ),
    _Refusal(
        GONE,
        "ディスクまたはネットワークにつながりません",
        "つながることを確かめ、もう一度実行してください。",
    ),
    _Refusal(
        frozenset({errno.EBUSY, errno.ETXTBSY}),
        "ほかのプログラムが使っています",
        "閉じてから、もう一度実行してください。",
    ),
    _Refusal(frozenset({errno.ELOOP}), "リンクが輪になっています", "リンク先を確かめてください。"),
    _Refusal(frozenset({errno.ENAMETOOLONG}), "名前が長すぎます", "名前を短くしてください。"),
    _Refusal(frozenset({errno.EISDIR}), "フォルダーです", "ファイルを指定してください。"),
    _Refusal(
        frozenset({errno.EMFILE, errno.ENFILE}),
        "開いているファイルが多すぎます",
        "ほかのプログラムを閉じてから、もう一度実行してください。",
    ),
)


def reason(error: OSError) -> str:
    """Return in a few words why the file system refused."""
    known = _known(error)
    return known.reason if known else error.strerror or str(error)


def remedy(error: OSError) -> str:
    """Return the sentence that says what helps against that reason, and no other."""
    known = _known(error)
    return known.remedy if known else "場所と名前を確かめてください。"


def _known(error: OSError) -> _Refusal | None:
    return next((each for each in _KNOWN if error.errno in each.codes), None)
