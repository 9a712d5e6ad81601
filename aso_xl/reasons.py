"""Why the file system refused, in words that staff can act on."""

from __future__ import annotations

import errno
from typing import Final

MISSING: Final = frozenset({errno.ENOENT, errno.ENOTDIR})
FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
FORBIDDEN: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
GONE: Final = frozenset(
    {errno.EIO, errno.ESTALE, errno.ENOTCONN, errno.EHOSTDOWN, errno.ETIMEDOUT, errno.ENXIO}
)


def reason(error: OSError) -> str:
    """Return in a few words why the file system refused."""
    code = error.errno
    if code in MISSING:
        return "見つかりません"
    if code in FULL:
        return "ディスクの空き容量が足りません"
    if code == errno.EROFS:
        return "書き込めないディスクです"
    if code in FORBIDDEN:
        return "権限がありません"
    if code in GONE:
        return "ディスクまたはネットワークにつながりません"
    if code == errno.ELOOP:
        return "リンクが輪になっています"
    if code == errno.ENAMETOOLONG:
        return "名前が長すぎます"
    if code == errno.EISDIR:
        return "フォルダーです"
    if code in (errno.EMFILE, errno.ENFILE):
        return "開いているファイルが多すぎます"
    return error.strerror or str(error)
