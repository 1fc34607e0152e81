"""``import labkit`` is light: a trainee's kernel does not pay for what it does not use."""

import os
import subprocess
import sys

HEAVY = [
    "docx",
    "great_tables",
    "typst",
    "labkit.reports",
    "labkit.slides",
    "nbconvert",
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


def test_making_a_world_loads_no_library_that_only_labs_need(tmp_path):
    code = (
        "import sys; from labkit.cli import app; from typer.testing import CliRunner\n"
        "made = CliRunner().invoke(app, ['world', 'make', '--scale', 'tiny'])\n"
        "assert made.exit_code == 0, made.output\n"
        "print(*sys.modules)"
    )
    environment = os.environ | {"LABKIT_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert set(done.stdout.split()).isdisjoint([*HEAVY, "pyspark", "IPython"])
