"""What goes into a pack beside the wheels: the project as it is kept in git, the worlds, and the site."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

from labkit.errors import LabkitError
from labkit.language import Text

KNOWN = (
    "course/*.toml", "course/**/*.py", "notebooks/**/*.ipynb", "solutions/**/*.ipynb", "labkit/**/*", "datasets/*.md",
    "datasets/sample/*.csv", "docs/**/*", "LICENSE", "*.md", "Makefile", "pyproject.toml", "requirements*.lock",
)  # fmt: skip
"""What the course consists of, where no git says so."""
LEFTOVERS = {"__pycache__", ".ipynb_checkpoints", ".DS_Store"}
SELF_TEST_SCALE, SELF_TEST_SEED = "tiny", 2026

NO_SITE = Text("{folder} holds no site.", "{folder} 里没有网站。")
NO_INDEX = Text("There is no index.html in it.", "其中没有 index.html。")
NAME_SITE = Text(
    "Name the folder of a finished site, or leave --site out.", "请指定已生成的网站文件夹，或不写 --site。"
)


def project_files(project: Path) -> list[Path]:
    """Return what belongs to the project, relative to it: what git keeps; where there is no git, what the course consists of.

    So nothing of a person slips in: no workbook, no progress, no file from work.
    """
    if (project / ".git").exists() and shutil.which("git"):
        listing = ["git", "-C", str(project), "ls-files", "-z", "--cached"]
        done = subprocess.run(listing, capture_output=True, encoding="utf-8")
        if done.returncode == 0:
            kept = [Path(name) for name in done.stdout.split("\0") if name]
            return sorted(path for path in kept if (project / path).is_file())
    return known_files(project)


def known_files(project: Path) -> list[Path]:
    """Return the files that the course consists of, by place and kind."""
    found = {
        path.relative_to(project) for pattern in KNOWN for path in project.glob(pattern) if path.is_file()
    }
    return sorted(path for path in found if not LEFTOVERS & set(path.parts))


def copy_project(project: Path, folder: Path) -> None:
    """Copy the project; links and rights of files are not kept, as no USB stick keeps them."""

    def copy(draft: Path) -> None:
        for path in project_files(project):
            (draft / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(project / path, draft / path)

    replaced(folder, copy)


def copy_worlds(
    folder: Path, scale: str, seeds: Sequence[int], open_world: Callable[[str, int], Path]
) -> None:
    """Copy the worlds of a scale, and the tiny one that the installer tests itself with.

    Parameters
    ----------
    folder : Path
        Holds a folder for each world afterwards, and nothing else.
    scale, seeds : str, sequence of int
        Which worlds.
    open_world : callable
        ``open_world(scale, seed)`` returns the folder of a world, and makes it if it is missing.
    """
    wanted = dict.fromkeys([*((scale, seed) for seed in seeds), (SELF_TEST_SCALE, SELF_TEST_SEED)])
    worlds = [open_world(scale, seed) for scale, seed in wanted]

    def copy(draft: Path) -> None:
        for world in worlds:
            shutil.copytree(world, draft / world.name, copy_function=shutil.copyfile, dirs_exist_ok=True)

    replaced(folder, copy)


def copy_site(site: Path, folder: Path) -> None:
    """Copy a finished site.

    Raises
    ------
    LabkitError
        The folder holds none.
    """
    if not (site / "index.html").is_file():
        raise LabkitError(NO_SITE.fill(folder=site), NO_INDEX, NAME_SITE)
    replaced(
        folder, lambda draft: shutil.copytree(site, draft, copy_function=shutil.copyfile, dirs_exist_ok=True)
    )


def replaced(folder: Path, fill: Callable[[Path], object]) -> None:
    """Fill a draft of a folder, and put it in its place when it is whole."""
    draft = folder.with_name(f".draft-{folder.name}")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    fill(draft)
    shutil.rmtree(folder, ignore_errors=True)
    draft.rename(folder)
