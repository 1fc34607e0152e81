"""The process that Jupyter believes to be the kernel: it asks for a fork, then waits for its end.

Run as ``python -I -S stub.py SOCKET CONNECTION_FILE [argument …]``. It lives exactly as long as the fork:
when the fork ends, the stub ends; when Jupyter kills the stub, or dies itself, the fork ends.
"""

import array
import json
import os
import select
import socket
import sys

SECONDS_BETWEEN_LOOKS = 1.0


def main() -> None:
    """Ask the warm server for a kernel and stay until it is gone."""
    parent = os.getppid()
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(sys.argv[1])
        wish = {"arguments": sys.argv[2:], "folder": os.getcwd(), "environment": dict(os.environ)}
        streams = array.array("i", [1, 2])
        connection.sendmsg([b"\n"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, streams)])
        connection.sendall(json.dumps(wish).encode() + b"\n")
        while not select.select([connection], [], [], SECONDS_BETWEEN_LOOKS)[0]:
            if os.getppid() != parent:
                return


if __name__ == "__main__":
    main()
