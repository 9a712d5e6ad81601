"""The sections that documents are made up of, each a list of blocks."""
