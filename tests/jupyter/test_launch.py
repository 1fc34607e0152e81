"""JupyterLab is told to be local, quiet and in the right language, and the user's settings win."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

import pytest

from labkit.jupyter import launch

ASK = """
import json
from jupyterlab_server.settings_utils import _get_overrides
overrides, error = _get_overrides("no such folder")
print(json.dumps([overrides, error]))
"""


def overrides(language):
    """The defaults that a JupyterLab started by ``labkit lab`` sees."""
    command = [sys.executable, "-c", ASK]
    done = subprocess.run(
        command, env=launch.environment(language), capture_output=True, text=True, check=True
    )
    found, error = json.loads(done.stdout)
    assert error == ""
    return found


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_news_no_updates_and_the_right_menus(language):
    found = overrides(language)
    notification = found["@jupyterlab/apputils-extension:notification"]
    assert (notification["fetchNews"], notification["checkForUpdates"]) == ("false", False)
    locale = found.get("@jupyterlab/translation-extension:plugin", {}).get("locale")
    assert locale == ("zh_CN" if language == "zh" else None)


def test_notebooks_are_saved_with_their_widgets_so_that_panels_and_quizzes_can_be_read_again():
    assert overrides("en")["@jupyter-widgets/jupyterlab-manager:plugin"] == {"saveState": True}


def test_defaults_of_the_users_own_win(tmp_path, monkeypatch):
    own = tmp_path / "labconfig"
    own.mkdir()
    (own / "default_setting_overrides.json").write_text(
        '{"@jupyterlab/translation-extension:plugin": {"locale": "fr_FR"}}'
    )
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path))
    found = overrides("zh")
    assert found["@jupyterlab/translation-extension:plugin"]["locale"] == "fr_FR"


def test_a_configuration_path_of_the_users_comes_first(monkeypatch):
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "mine")
    assert launch.environment("en")["JUPYTER_CONFIG_PATH"].split(os.pathsep)[0] == "mine"


def test_a_terminal_in_jupyterlab_knows_labkit():
    assert shutil.which("labkit", path=launch.environment("en")["PATH"])


@pytest.mark.parametrize("seed", [2026, 20260315])
def test_kernels_hear_the_class_seed_whatever_the_environment_said_before(monkeypatch, seed):
    monkeypatch.setenv("LABKIT_CLASS_SEED", "1")
    assert launch.environment("en", seed)["LABKIT_CLASS_SEED"] == str(seed)


def test_the_server_listens_on_this_computer_only_and_opens_the_start_page(tmp_path):
    words = launch.command(tmp_path, browser=False, port=8899)
    assert words[:3] == [sys.executable, "-m", "jupyterlab"]
    assert {
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.root_dir={tmp_path}",
        "--LabApp.default_url=/lab/tree/00_start_here.ipynb",
        "--ServerApp.open_browser=False",
        "--ServerApp.port=8899",
        "--ServerApp.port_retries=0",
    } <= set(words)
    assert not any("token" in word or "password" in word for word in words)


def test_another_notebook_can_be_the_one_that_opens_first(tmp_path):
    words = launch.command(tmp_path, browser=False, port=None, opens="live_panels.ipynb")
    assert "--LabApp.default_url=/lab/tree/live_panels.ipynb" in words


def test_every_option_is_one_that_jupyterlab_knows(tmp_path):
    from jupyterlab.labapp import LabApp

    traits = {cls.__name__: cls.class_trait_names(config=True) for cls in [*LabApp.classes, LabApp]}
    traits["ServerApp"] = LabApp.serverapp_class.class_trait_names(config=True)
    for word in launch.command(tmp_path, browser=True, port=1)[3:]:
        application, _, name = word.removeprefix("--").partition("=")[0].partition(".")
        assert name in traits[application], word
