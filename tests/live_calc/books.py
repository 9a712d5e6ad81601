"""Books of the LibreOffice engine, and what macros ask of Excel's own Workbook object."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from .calls import Counted
from .sheets import Sheets
from .tables import Names
from .uno_bridge import path_of, properties, url_of

if TYPE_CHECKING:
    from .engine import App

SPREADSHEET = "com.sun.star.sheet.SpreadsheetDocument"
ALWAYS_RUN_MACROS = 4  # document.MacroExecMode.ALWAYS_EXECUTE_NO_WARN
FILTERS = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".ods": "calc8",
}


class Books(Counted, base_classes.Books):
    LOCAL = frozenset({"api", "app"})

    def __init__(self, app: App) -> None:
        self._app = app

    @property
    def api(self) -> Any:
        return self._app.desktop

    @property
    def app(self) -> App:
        return self._app

    @property
    def active(self) -> Book:
        """Return the book in front; without one, a book of nothing, as xlwings does on Windows."""
        document, here = self._app.desktop.CurrentComponent, self._documents()
        if document is None or not document.supportsService(SPREADSHEET):
            document = here[0] if here else None
        return Book(self._app, document)

    def __len__(self) -> int:
        return len(self._documents())

    def __iter__(self) -> Iterator[Book]:
        return iter([Book(self._app, document) for document in self._documents()])

    def __call__(self, key: str | int) -> Book:
        for number, document in enumerate(self._documents(), 1):
            book = Book(self._app, document)
            if key in (number, book.name):
                return book
        raise KeyError(key)

    def add(self) -> Book:
        return self._loaded("private:factory/scalc")

    def open(
        self,
        fullname: str | os.PathLike[str],
        update_links: bool | None = None,
        read_only: bool | None = None,
        *others: Any,
    ) -> Book:
        url = url_of(os.fspath(fullname))
        return self._loaded(
            url, ReadOnly=bool(read_only), MacroExecutionMode=ALWAYS_RUN_MACROS, UpdateDocMode=1
        )

    def _loaded(self, url: str, **how: Any) -> Book:
        document = self._app.desktop.loadComponentFromURL(url, "_blank", 0, properties(**how))
        book = Book(self._app, document)
        book.activate()
        return book

    def _documents(self) -> list[Any]:
        return [d for d in self._app.desktop.Components if d.supportsService(SPREADSHEET)]


class Book(Counted, base_classes.Book):
    LOCAL = frozenset({"api", "app", "document", "sheets", "names"})

    def __init__(self, app: App, document: Any) -> None:
        self._app, self.document = app, document

    @property
    def api(self) -> BookApi:
        return BookApi(self)

    @property
    def app(self) -> App:
        return self._app

    @property
    def sheets(self) -> Sheets:
        return Sheets(self)

    @property
    def names(self) -> Names:
        return Names(self)

    @property
    def fullname(self) -> str:
        """Return path or address; of a book never saved its name, without a folder."""
        url = self.document.URL
        return self._app.addresses.get(path_of(url), path_of(url)) if url else self.document.Title

    @property
    def name(self) -> str:
        return self.fullname.rsplit("/", 1)[-1]

    def activate(self) -> None:
        self.document.CurrentController.Frame.activate()

    def close(self) -> None:
        self.document.close(True)

    def save(self, path: str | None = None, password: str | None = None) -> None:
        if path is None:
            self.document.store()
        else:
            how = properties(FilterName=FILTERS[Path(path).suffix.lower()])
            self.document.storeAsURL(url_of(path), how)


class BookApi(Counted):
    """The part of Excel's Workbook that macros ask for."""

    LOCAL = frozenset({"Sheets"})
    MultiUserEditing = False

    def __init__(self, book: Book) -> None:
        self._book, self._document = book, book.document

    @property
    def FullName(self) -> str:
        return self._book.fullname

    @property
    def Sheets(self) -> SheetsApi:
        return SheetsApi(self._document)

    @property
    def ReadOnly(self) -> bool:
        return bool(self._document.isReadonly())

    @property
    def Saved(self) -> bool:
        return not self._document.isModified()

    @Saved.setter
    def Saved(self, saved: bool) -> None:
        self._document.setModified(not saved)

    def LinkSources(self, Type: int) -> tuple[str, ...] | None:
        """Return the workbooks (1) that cells take values from; of other kinds there are none."""
        links = self._document.ExternalDocLinks if Type == 1 else ()
        return tuple(links.ElementNames) or None if links else None

    def SaveCopyAs(self, path: str) -> None:
        """Write what the book holds now; the open book stays where it is, and as unsaved as it is."""
        how = properties(FilterName=FILTERS[Path(path).suffix.lower()])
        self._document.storeToURL(url_of(path), how)


class SheetsApi(Counted):
    """Excel's collection of all sheets, those included that hold nothing but a chart."""

    def __init__(self, document: Any) -> None:
        self._document = document

    @property
    def Count(self) -> int:
        return int(self._document.Sheets.Count)
