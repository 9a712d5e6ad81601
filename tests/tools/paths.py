"""Where the repository and its tests stand."""

from pathlib import Path
from typing import Final

TESTS: Final = Path(__file__).parents[1]
ROOT: Final = TESTS.parent
MADE_UP: Final = TESTS / "data" / "made_up.toml"
"""A plan whose texts begin with = + @ and -."""
PLANS = TESTS / "data" / "plans"
"""Plans that between them use every entry of the format."""
