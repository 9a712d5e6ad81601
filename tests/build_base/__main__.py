"""Write base.docx anew: python tests/build_base."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from build_base.package import PACKAGED, build

if __name__ == "__main__":
    PACKAGED.write_bytes(build())
