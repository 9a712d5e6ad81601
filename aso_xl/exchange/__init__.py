"""Workbooks that travel between departments and come home: split, status, merge, diff."""
