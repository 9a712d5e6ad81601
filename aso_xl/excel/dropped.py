"""What an icon or 「送る」 starts: ``pythonw -I -m aso_xl.excel.dropped ACTION FILE…``.

For PCs on which macros are banned. The jobs are imported behind the net.
"""

from __future__ import annotations

import sys

from ..last_net import as_program, guarded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from .dialogs import Dialogs


def main(arguments: Sequence[str] | None = None, talk: Dialogs | None = None) -> int:
    """Return the exit code of doing the action with every file: the gravest of all."""

    def act() -> int:
        if arguments is None:
            as_program()
        from .dialogs import dialogs
        from .icons.run import run

        return run(sys.argv[1:] if arguments is None else arguments, talk or dialogs())

    def tell(sentence: str) -> None:
        from .dialogs import dialogs

        (talk or dialogs()).say(sentence, grave=True)

    return guarded(act, tell)


if __name__ == "__main__":
    raise SystemExit(main())
