"""The solutions say what is stored in them, word for word (nbval, strict, on the small world)."""

import os
import subprocess
import sys

import pytest

from labkit.language import LANGUAGES
from labkit.locations import PROJECT, edition_dir


@pytest.mark.parametrize("language", LANGUAGES)
def test_solutions_say_what_is_stored(language):
    folder = edition_dir("solutions", language)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--nbval",
        "--nbval-current-env",
        "-q",
        "-p",
        "no:cacheprovider",
    ]
    environment = os.environ | {"LABKIT_SCALE": "tiny", "LABKIT_UNATTENDED": "1"}
    done = subprocess.run(
        [*command, "--nbval-cell-timeout", "300", "-n", "0", str(folder)],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-6000:]
    assert "passed" in done.stdout


def test_nbval_notices_a_stored_text_that_the_run_does_not_say(tmp_path):
    notebook = tmp_path / "wrong.ipynb"
    notebook.write_text(
        """{"cells": [{"cell_type": "code", "execution_count": 1, "id": "a", "metadata": {}, "source": "print(1)",
        "outputs": [{"output_type": "stream", "name": "stdout", "text": "2\\n"}]}],
        "metadata": {"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}},
        "nbformat": 4, "nbformat_minor": 5}"""
    )
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--nbval",
        "--nbval-current-env",
        "-q",
        "-n",
        "0",
        str(notebook),
    ]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True).returncode == 1
