"""A private X display (Xvfb): mouse by xdotool, pictures by ImageMagick."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path
from types import TracebackType

PROGRAMS = {"Xvfb": "xvfb", "xdotool": "xdotool", "import": "imagemagick"}
WIDTH, HEIGHT = 1600, 1000


def missing() -> str | None:
    """Return in Japanese what is lacking for a window; None if there can be one."""
    lacking = [package for program, package in PROGRAMS.items() if not shutil.which(program)]
    if lacking:
        return f"{'・'.join(lacking)}がないため、画面を操作して確かめる試験を省きます。"
    return None


class Screen:
    """A running display; a context manager that ends it. ``name`` is its DISPLAY."""

    def __init__(self, width: int = WIDTH, height: int = HEIGHT) -> None:
        self.width, self.height = width, height

    def __enter__(self) -> Screen:
        guard = ["setpriv", "--pdeathsig", "KILL", "--"] if shutil.which("setpriv") else []
        reader, writer = os.pipe()
        size = f"{self.width}x{self.height}x24"
        self.process = subprocess.Popen(
            [*guard, "Xvfb", "-displayfd", str(writer), "-screen", "0", size, "-nolisten", "tcp"],
            pass_fds=(writer,),
            stderr=subprocess.DEVNULL,
        )
        os.close(writer)
        with os.fdopen(reader) as chosen:
            number = chosen.readline().strip()
        if not number:
            self.process.wait()
            raise RuntimeError("Xvfb did not start")
        self.name = f":{number}"
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.process.terminate()
        self.process.wait()

    def click(self, x: int, y: int) -> None:
        """Press the left mouse button at a point of the screen."""
        self._run("xdotool", "mousemove", str(x), str(y))
        time.sleep(0.1)  # the window must have seen the mouse come
        self._run("xdotool", "click", "1")

    def shot(self, path: Path, crop: tuple[int, int, int, int] | None = None) -> Path:
        """Save what is seen as a picture; ``crop`` is left, top, width, height in pixels."""
        left, top, width, height = crop or (0, 0, self.width, self.height)
        geometry = f"{width}x{height}+{left}+{top}"
        self._run("import", "-window", "root", "-crop", geometry, "+repage", str(path))
        return path

    def _run(self, *command: str) -> None:
        env = os.environ | {"DISPLAY": self.name}
        subprocess.run(command, env=env, check=True, capture_output=True, timeout=30)
