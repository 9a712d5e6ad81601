"""``python -m aso_xl``: the command line."""

import sys

from .cli.main import main

sys.exit(main())
