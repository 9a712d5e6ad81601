"""The JSON of the command line (design, section 5)."""
