"""Write base.docx anew."""

from build_base.package import PACKAGED, build

PACKAGED.write_bytes(build())
