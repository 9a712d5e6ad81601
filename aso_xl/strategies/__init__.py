"""The packaged definitions of strategies, and how a definition is read."""
