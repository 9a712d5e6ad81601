"""The base document, packaged or staff's own: its places, its styles, what is wrong with it."""
