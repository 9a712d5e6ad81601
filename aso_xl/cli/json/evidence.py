"""The JSON of where printed figures come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .evaluation import Payload

if TYPE_CHECKING:
    from ...jobs.evidence import Traced
    from ...tracing.evidence import Evidence


def traced_payload(traced: Traced) -> Payload:
    """Return ``{"output","round","documents","figures","counts"}``."""
    return {
        "output": str(traced.path),
        "round": str(traced.round),
        "documents": list(traced.documents),
        "figures": [_figure(each) for each in traced.evidence],
        "counts": {"figures": len(traced.evidence), "stale": len(traced.stale)},
    }


def _figure(evidence: Evidence) -> dict[str, Any]:
    figure, basis = evidence.figure, evidence.basis
    return {
        "document": evidence.document,
        "heading": figure.heading,
        "place": figure.place,
        "row": figure.row,
        "item": figure.item,
        "name": figure.name,
        "printed": figure.text,
        "current": evidence.current,
        "cells": [{"sheet": cell.sheet, "cell": cell.address} for cell in basis.cells],
        "source": basis.source,
        "department": basis.department,
        "file": basis.file,
        "at": basis.at,
        "rule": basis.rule,
        "arithmetic": basis.arithmetic,
    }
