"""The real server, started on loopback for a test, with its database and its log."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@contextmanager
def served(url, folder, told=None):
    """Where the application answers on the database at ``url``; its log is kept in ``folder``.

    told   gives more environment variables, from where it will answer
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    where, log = f"http://127.0.0.1:{port}", folder / "server.log"
    environment = os.environ | {
        "ARBITRAGE_DATABASE_URL": url,
        "STREAMLIT_CLIENT_SHOW_ERROR_DETAILS": "full",
    }
    environment |= told(where) if told else {}
    command = [sys.executable, "-m", "uvicorn", "asgi:app", "--port", str(port)]
    with log.open("wb") as out:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out)
        try:
            _await(f"{where}/health", server, log)
            yield where
        finally:
            server.terminate()
            server.wait(20)


def _await(url, server, log, patience=60):
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"the server did not start:\n{log.read_text()}")
