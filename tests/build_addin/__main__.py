"""Write the add-in, the buttons' VBA project and the ribbon's picture: python tests/build_addin."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))
sys.path.insert(0, str(Path(__file__).parents[1]))

from build_addin import addin
from build_addin.picture import picture
from build_addin.raster import raster

IMAGES = Path(__file__).parents[2] / "docs" / "images"

if __name__ == "__main__":
    (addin.EXCEL / "aso_xl.xlam").write_bytes(addin.add_in())
    (addin.EXCEL / "vbaProject.bin").write_bytes(addin.button_project())
    drawing = picture((addin.EXCEL / "ribbon.xml").read_bytes())
    (IMAGES / "ribbon.svg").write_bytes(drawing)
    raster(drawing, IMAGES / "ribbon.png")
