"""The last net: what nobody foresaw becomes one sentence and a log file."""

from __future__ import annotations

from .errors import AsoError


def sentence_of(error: Exception) -> str:
    """Return the sentence to show: the error's own, or where the log of an unforeseen one is."""
    if isinstance(error, AsoError):
        return str(error)
    if isinstance(error, MemoryError):
        return "メモリが足りません。ほかのプログラムを閉じてから、もう一度実行してください。"
    place = _logged(error)
    kept = (
        f"記録 {place} を担当者に送ってください。"
        if place
        else f"担当者に連絡してください({error!r})。"
    )
    return f"思いがけない誤りのため処理を中止しました。{kept}"


def _logged(error: Exception) -> str | None:
    """Return the path of a new log file that holds the traceback; None if none can be written."""
    import tempfile
    import traceback

    try:
        with tempfile.NamedTemporaryFile(
            "w",
            encoding="utf-8",
            errors="backslashreplace",
            prefix="aso-xl-",
            suffix=".log",
            delete=False,
        ) as log:
            log.writelines(traceback.format_exception(error))
    except OSError:
        return None
    return log.name
