"""``import labkit`` is light: a trainee's kernel does not pay for what it does not use."""

import subprocess
import sys

HEAVY = [
    "nbformat",
    "papermill",
    "sklearn",
    "statsmodels",
    "scipy",
    "matplotlib",
    "seaborn",
    "duckdb",
    "ipywidgets",
]


def test_import_labkit_loads_no_heavy_library():
    code = "import sys, pandas; before = set(sys.modules); import labkit; print(*(set(sys.modules) - before))"
    loaded = set(
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout.split()
    )
    assert "labkit.session" in loaded
    assert loaded.isdisjoint(HEAVY)
