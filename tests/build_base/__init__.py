"""Builds base.docx, the packaged base document, from its XML: ``python tests/build_base``."""
