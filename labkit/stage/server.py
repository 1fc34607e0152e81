"""Voilà, serving the live notebook and nothing else, to this computer alone."""

from __future__ import annotations

import logging
import os
import shutil
import socket
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jupyter_server.utils import url_path_join
from tornado.web import StaticFileHandler
from traitlets.config import Config
from voila.app import Voila

from labkit.charts.style import FONT_DIR
from labkit.errors import LabkitError
from labkit.language import Language, Text
from labkit.running.warm.starter import short_folder

LOOPBACK = "127.0.0.1"
FIRST_PORT, PORTS = 8866, 50
SHARE = Path(__file__).parent / "share"
TEMPLATE = "labkit"
WIDGETS = ["@jupyter-widgets/jupyterlab-manager", "@voila-dashboards/widgets-manager8"]
"""All that the page needs of JupyterLab's extensions."""

TAKEN = Text("Port {port} is in use.", "端口 {port} 已被占用。")
TAKEN_WHY = Text(
    "Another program listens there, perhaps another `labkit live`.",
    "另一个程序正在使用它，也许是另一个 `labkit live`。",
)
TAKEN_DO = Text(
    "End that program, or name another port: `labkit live --port {other}`.",
    "请结束那个程序，或换一个端口：`labkit live --port {other}`。",
)


class LiveServer(Voila):
    """Voilà with the course's font, and with an address that lets in whoever was given it.

    Parameters
    ----------
    announce : callable
        Told the page's address once the server listens.
    """

    announce: Callable[[str], None]

    def init_handlers(self) -> list[Any]:
        """Serve the bundled font beside what Voilà serves: a projector's computer may have no Chinese one."""
        fonts = (
            url_path_join(self.server_url, r"/labkit/fonts/(.*\.ttf)"),
            StaticFileHandler,
            {"path": str(FONT_DIR)},
        )
        return [fonts, *super().init_handlers()]

    def listen(self) -> None:
        """Say the address when the first turn of the loop comes, since the server listens by then."""
        from tornado.ioloop import IOLoop

        IOLoop.current().add_callback(lambda: self.announce(self.display_url))
        super().listen()

    def launch_browser(self) -> None:
        """Open the address as it is; Voilà would write a page into the temporary folder and leave out the token."""
        webbrowser.open(self.display_url)


def settings(language: Language, scratch: Path, *, port: int, browser: bool) -> Config:
    """Return Voilà's settings; the kernel's sockets go into the folder ``scratch``.

    The kernel is never ended for being idle, a cell may take its time, and no connection within one computer has to be
    kept alive: a panel may be left alone for hours, or be busy for minutes.
    Nothing is served but the notebook, and no word in the address chooses another template.
    """
    return Config(
        Voila={
            "ip": LOOPBACK,
            "port": port,
            "port_retries": 0,
            "open_browser": browser,
            "auto_token": True,
            "log_level": logging.ERROR,
            "config_file_paths": [],
            "connection_dir_root": str(scratch),
            "tornado_settings": {"allow_remote_access": False, "ws_ping_interval": 0},
        },
        VoilaConfiguration={
            "template": TEMPLATE,
            "allow_template_override": "NO",
            "allow_theme_override": "NO",
            "file_allowlist": [],
            "extension_allowlist": WIDGETS,
            "resources": {"language_code": language},
        },
        VoilaExecutor={"timeout": None},
        MappingKernelManager={"cull_idle_timeout": 0},
        KernelManager={"transport": "tcp" if os.name == "nt" else "ipc"},
    )


def serve(
    notebook: Path, language: Language, *, port: int | None, browser: bool, announce: Callable[[str], None]
) -> None:
    """Serve the notebook until Ctrl-C.

    Parameters
    ----------
    notebook : Path
        Its folder holds nothing else.
    language : Language
        Of what the page says while it opens.
    port : int, optional
        Exactly this one; else the first free one from 8866.
    browser : bool
        Open the browser?
    announce : callable
        Told the page's address.

    Raises
    ------
    LabkitError
        The port is in use.
    """
    os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, [str(SHARE), os.environ.get("JUPYTER_PATH")]))
    chosen = free_port(port)
    scratch = short_folder()
    try:
        server = LiveServer(config=settings(language, scratch, port=chosen, browser=browser))
        server.announce = announce
        server.initialize([str(notebook)])
        server.start()
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def free_port(wanted: int | None) -> int:
    """Return the port that was asked for, or the first free one; LabkitError if there is none."""
    ports = range(FIRST_PORT, FIRST_PORT + PORTS) if wanted is None else [wanted]
    for port in ports:
        with socket.socket() as trial:
            if os.name != "nt":  # as the server will; on Windows it would share a port that is in use
                trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind((LOOPBACK, port))
                return port
            except OSError:
                continue
    first = ports[0]
    raise LabkitError(TAKEN.fill(port=first), TAKEN_WHY, TAKEN_DO.fill(other=first + 1))
