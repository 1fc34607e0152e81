"""Make the pictures of the README from the labs themselves: ``python docs/pictures.py``.

Each picture is the figure of one cell of a solutions notebook, run at full scale on the default seed.
"""

from __future__ import annotations

import base64
import io
import re
import tempfile
from pathlib import Path

import nbformat
from PIL import Image

from labkit.course import lab_dir
from labkit.language import LANGUAGES
from labkit.locations import PROJECT, edition_dir
from labkit.running.execute import execute_notebook

PICTURES = {"planted_and_found": ("3.3", "truth_figure")}
"""Name of the file → lab and id of the cell."""
WIDTH = 1_000
COLOURS = 256
IMAGE = re.compile(r'src="data:image/png;base64,([^"]+)"')


def main() -> None:
    """Write every picture in both languages."""
    for name, (lab_id, cell_id) in PICTURES.items():
        for language in LANGUAGES:
            path = PROJECT / "docs" / "images" / f"{name}.{language}.png"
            path.write_bytes(small(figure_of(lab_id, cell_id, language)))
            print(f"{path.relative_to(PROJECT)}: {path.stat().st_size / 1_000:.0f} kB")


def figure_of(lab_id: str, cell_id: str, language: str) -> bytes:
    """Run a lab and return the picture that one of its cells shows, as PNG."""
    folder = lab_dir(lab_id)
    notebook = nbformat.read(
        edition_dir("solutions", language) / folder.parent.name / f"{folder.name}.ipynb", as_version=4
    )
    with tempfile.TemporaryDirectory() as scratch:
        progress = {"LABKIT_PROGRESS": str(Path(scratch) / "progress.jsonl")}
        executed = execute_notebook(notebook, cwd=scratch, env=progress)
    cell = next(cell for cell in executed.cells if cell.id.replace("-", "_") == cell_id)
    html = "".join(output.get("data", {}).get("text/html", "") for output in cell.outputs)
    return base64.b64decode(IMAGE.search(html)[1])


def small(png: bytes) -> bytes:
    """Return the picture at README width with a palette of its own."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    picture = picture.resize((WIDTH, round(picture.height * WIDTH / picture.width)), Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    picture.quantize(COLOURS).save(buffer, "png", optimize=True)
    return buffer.getvalue()


if __name__ == "__main__":
    main()
