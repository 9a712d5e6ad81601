"""Exit codes of an icon, as the commands have them."""

DONE, FOUND, FAILED = 0, 1, 2
