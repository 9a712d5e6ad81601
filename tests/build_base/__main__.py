"""Write base.docx anew."""

from package import PACKAGED, build

PACKAGED.write_bytes(build())
