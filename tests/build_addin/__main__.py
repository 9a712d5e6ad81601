"""Write the add-in and the button workbook's VBA project into the package: python tests/build_addin."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from build_addin import addin

if __name__ == "__main__":
    (addin.EXCEL / "aso_xl.xlam").write_bytes(addin.add_in())
    (addin.EXCEL / "vbaProject.bin").write_bytes(addin.button_project())
