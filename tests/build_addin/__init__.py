"""Builds what Excel runs and the package ships: aso_xl.xlam and vbaProject.bin.

Nobody needs this but who changes the VBA source or the ribbon: ``python tests/build_addin``.
"""
