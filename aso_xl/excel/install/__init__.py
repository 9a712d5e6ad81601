"""Putting the tool on a PC and taking it off again."""
