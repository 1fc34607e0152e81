"""Start JupyterLab on the trainee's folder, reachable from this computer only."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from labkit.class_seed import COURSE_SEED, VARIABLE
from labkit.language import Language
from labkit.locations import START_NOTEBOOK

CONFIG = Path(__file__).parent / "config"


def command(folder: Path, *, browser: bool, port: int | None, opens: str = START_NOTEBOOK) -> list[str]:
    """Return the command line of JupyterLab."""
    options = [
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.root_dir={folder}",
        f"--LabApp.default_url=/lab/tree/{opens}",
        "--LabApp.news_url=None",
        "--LabApp.extension_manager=readonly",
        f"--ServerApp.open_browser={browser}",
    ]
    if port is not None:
        options += [f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.append("--ServerApp.allow_root=True")
    return [sys.executable, "-m", "jupyterlab", *options]


def environment(language: Language, class_seed: int = COURSE_SEED) -> dict[str, str]:
    """Return the environment: the course's defaults for JupyterLab come after the user's own, so that these win."""
    from jupyter_core.paths import jupyter_config_dir

    configured = [path for path in os.environ.get("JUPYTER_CONFIG_PATH", "").split(os.pathsep) if path]
    ours = [str(CONFIG / "zh")] if language == "zh" else []
    paths = [*configured, jupyter_config_dir(), *ours, str(CONFIG / "common")]
    programs = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    return os.environ | {
        "JUPYTER_CONFIG_PATH": os.pathsep.join(paths),
        "LABKIT_LANGUAGE": language,
        VARIABLE: str(class_seed),
        "PATH": programs,  # so that a terminal in JupyterLab knows labkit
    }


def run_jupyterlab(
    folder: Path,
    language: Language,
    *,
    class_seed: int = COURSE_SEED,
    browser: bool = True,
    port: int | None = None,
    opens: str = START_NOTEBOOK,
) -> int:
    """Become JupyterLab, or on Windows wait for it; return its exit code there.

    Parameters
    ----------
    folder : Path
        What it shows: a workbook with its start page.
    language : Language
        Of the menus, unless the user's own settings say otherwise.
    class_seed : int
        On whose world the labs work.
    browser : bool
        Open the browser?
    port : int, optional
        Exactly this one; else the first free one from 8888.
    opens : str
        Name of the notebook that it opens first.
    """
    words = command(folder, browser=browser, port=port, opens=opens)
    variables = environment(language, class_seed)
    if os.name != "nt":
        os.chdir(folder)
        os.execve(words[0], words, variables)
    try:
        return subprocess.run(words, env=variables, cwd=folder, check=False).returncode
    except KeyboardInterrupt:
        return 0
