"""The ribbon's picture in pixels, for the guides in Word: drawn by ImageMagick from the drawing."""

from __future__ import annotations

import hashlib
import re
import subprocess
from pathlib import Path
from typing import Final

FONT: Final = "BIZ UDPGothic"
_KEY: Final = "svg-sha256"
_TEXT: Final = re.compile(rb"tEXtsvg-sha256\x00([0-9a-f]{64})")


def raster(drawing: bytes, target: Path) -> None:
    """Write the drawing as a PNG that says of which drawing it is."""
    plain = re.sub(rb'font-family="[^"]*"', f'font-family="{FONT}"'.encode(), drawing, count=1)
    plain = plain.replace(b"<text ", b'<text stroke="none" ')
    command = ["convert", "-density", "144", "-background", "white", "svg:-", "-depth", "8"]
    command += ["-colors", "64", "-set", _KEY, hashlib.sha256(drawing).hexdigest(), f"png:{target}"]
    subprocess.run(command, input=plain, check=True)


def drawing_of(picture: bytes) -> str:
    """Return the SHA-256 of the drawing of which a PNG is; "" if it does not say."""
    found = _TEXT.search(picture)
    return found[1].decode() if found else ""
