"""The JSON of documents made, renewed and compared (design, section 5)."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .evaluation import Payload, issues_payload

if TYPE_CHECKING:
    from ...jobs.edited_documents import Compared, Renewed
    from ...jobs.reports import Reported
    from ...report.reissue.changes import Renewal
    from ...report.reissue.pairing import Pair


def report_payload(reported: Reported) -> Payload:
    """Return ``{"output","outputs","kind","kinds","issues","counts"}``; no document is null."""
    outputs = list(map(str, reported.documents))
    return {
        "output": outputs[0] if outputs else None,
        "outputs": outputs,
        "kind": reported.kinds[0].value,
        "kinds": [kind.value for kind in reported.kinds],
        **issues_payload(reported.given.issues),
    }


def renewed_payload(pair: Pair, renewed: Renewed) -> Payload:
    """Return ``{"output","renewed","missing","left","kept","remarks","issues","counts"}``."""
    return {
        "output": str(renewed.document) if renewed.document else None,
        "renewed": [asdict(change) for change in renewed.renewal.renewed],
        **_lacks(renewed.renewal),
        **issues_payload(pair.issues),
    }


def compared_payload(document: Path, workbook: Path, compared: Compared) -> Payload:
    """Return ``{"document","workbook","fingerprint","stale","missing","left",…,"counts"}``."""
    renewal = compared.renewal
    stale = [
        {
            "name": c.name,
            "label": c.label,
            "printed": c.before,
            "current": c.after,
            "cells": [
                {"sheet": cell.sheet, "cell": cell.address}
                for cell in compared.cells.get(c.name, ())
            ],
        }
        for c in renewal.renewed
    ]
    return {
        "document": str(document),
        "workbook": str(workbook),
        "fingerprint": compared.workbook_is,
        "stale": stale,
        **_lacks(renewal),
        "counts": {"stale": len(stale), "missing": len(renewal.missing), "left": len(renewal.left)},
    }


def _lacks(renewal: Renewal) -> dict[str, Any]:
    return {
        "missing": [asdict(lack) for lack in renewal.missing],
        "left": [asdict(lack) for lack in renewal.left],
        "kept": [asdict(change) for change in renewal.kept],
        "remarks": list(renewal.remarks),
    }
