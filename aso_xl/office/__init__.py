"""Any Office package: opened safely, copied byte for byte."""
