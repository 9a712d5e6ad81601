"""LibreOffice's UNO, imported without letting it replace Python's own ``import``."""

from __future__ import annotations

import builtins
import sys
from pathlib import Path
from typing import Any

DEBIAN = "/usr/lib/python3/dist-packages"


def _imported() -> Any:
    """Return the module ``uno``: this Python's own, else Debian's, which is only appended."""
    own_import = builtins.__import__
    if Path(DEBIAN, "uno.py").exists() and DEBIAN not in sys.path:
        sys.path.append(DEBIAN)
    try:
        import uno
    except ImportError:  # not installed, or built for another Python
        return None
    finally:
        builtins.__import__ = own_import
    return uno


uno: Any = _imported()


def url_of(path: str | Path) -> str:
    """Return a file's path as LibreOffice's URL."""
    return str(uno.systemPathToFileUrl(str(Path(path).absolute())))


def path_of(url: str) -> str:
    """Return the path of a file URL; other addresses (https://…) as they are."""
    return str(uno.fileUrlToSystemPath(url)) if url.startswith("file:") else url


def struct(name: str, **fields: Any) -> Any:
    """Return a UNO struct of com.sun.star with its fields set."""
    made = uno.createUnoStruct(f"com.sun.star.{name}")
    for field, value in fields.items():
        setattr(made, field, value)
    return made


def properties(**values: Any) -> tuple[Any, ...]:
    """Return named values as UNO's property values."""
    return tuple(struct("beans.PropertyValue", Name=k, Value=v) for k, v in values.items())


def enum(type_: str, value: str) -> Any:
    """Return a value of one of com.sun.star's enumerations."""
    return uno.Enum(f"com.sun.star.{type_}", value)


def error(name: str) -> type[Exception]:
    """Return an exception class of com.sun.star."""
    found: type[Exception] = uno.getClass(f"com.sun.star.{name}")
    return found
