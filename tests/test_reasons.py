"""Why the file system refused: the true reason, and a remedy that fits it."""

from __future__ import annotations

import errno
import os

import pytest

from aso_xl.reasons import reason, remedy

SAID = {
    errno.ENOENT: ("見つかりません", "場所と名前"),
    errno.ENOTDIR: ("見つかりません", "場所と名前"),
    errno.ENOSPC: ("空き容量が足りません", "空き容量を増やし"),
    errno.EDQUOT: ("空き容量が足りません", "空き容量を増やし"),
    errno.EROFS: ("書き込めないディスク", "別の場所"),
    errno.EACCES: ("権限がありません", "権限を確かめ"),
    errno.EPERM: ("権限がありません", "権限を確かめ"),
    errno.EIO: ("つながりません", "つながることを確かめ"),
    errno.ENOTCONN: ("つながりません", "つながることを確かめ"),
    errno.ESTALE: ("つながりません", "つながることを確かめ"),
    errno.EBUSY: ("使っています", "閉じてから"),
    errno.ELOOP: ("輪になっています", "リンク先"),
    errno.ENAMETOOLONG: ("長すぎます", "短くし"),
    errno.EISDIR: ("フォルダーです", "ファイルを指定"),
    errno.EMFILE: ("多すぎます", "閉じてから"),
    errno.EINVAL: ("Invalid argument", "場所と名前"),
}


@pytest.mark.parametrize("code", SAID, ids=errno.errorcode.get)
def test_reason_and_remedy_belong_together(code: int) -> None:
    error = OSError(code, os.strerror(code))
    why, helps = SAID[code]
    assert why in reason(error)
    assert helps in remedy(error)
    is_room = "空き容量" in reason(error)
    assert ("空き容量" in remedy(error)) == is_room
    assert ("権限を" in remedy(error)) == ("権限" in reason(error))
