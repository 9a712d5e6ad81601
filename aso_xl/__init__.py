"""aso_xl: 総合戦略の評価を Excel から Word へ。

Data flows one way: cells -> Plan -> checks -> achievement -> summary -> content -> Word.
"""

__version__ = "0.1.0"
