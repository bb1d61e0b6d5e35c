"""Two real identity providers on loopback: a forgiving one in Python, a strict one in Node."""

import contextlib
import json
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest
from evil_provider import CLIENT, SECRET, settings
from serving import served

OLDEST_NODE = 20
NODE = Path(__file__).parent / "browser" / "oidc_node"


@dataclass(frozen=True)
class Running:
    """A provider, and how one types who one is on its pages.

    ends   the provider's own question at the end, to be answered by its button
    """

    issuer: str
    field: str
    button: str
    ends: str


@contextmanager
def mock(port, back):
    """oidc-provider-mock, in a process of its own: it uses what Authlib no longer wants used."""
    if find_spec("oidc_provider_mock") is None:
        pytest.skip("oidc-provider-mock is not installed: python3 start.py setup")
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port),
               "--host", "localhost"]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _await(port)
            yield Running(
                f"http://localhost:{port}", "input[name=sub]", "button:text-is('Authorize')",
                "button:text-is('End session')",
            )  # fmt: skip
        finally:
            server.terminate()


def _await(port, patience=30):
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("localhost", port), 1):
            return
        time.sleep(0.1)
    pytest.fail("oidc-provider-mock did not start")


@contextmanager
def node(port, back):
    """node oidc-provider, in a process of its own."""
    program = shutil.which("node")
    if program is None or _version(program) < OLDEST_NODE:
        pytest.skip(f"no Node {OLDEST_NODE} here: oidc-provider needs it, with npm")
    _installed()
    told = {"port": port, "client": CLIENT, "secret": SECRET, "back": back}
    command = [program, "server.js", json.dumps(told)]
    with subprocess.Popen(command, cwd=NODE, stdout=subprocess.PIPE, text=True) as server:
        try:
            if "ready" not in server.stdout.readline():
                pytest.fail("oidc-provider did not start")
            yield Running(f"http://localhost:{port}", "input[name=login]", "button",
                          "button[value=yes]")  # fmt: skip
        finally:
            server.terminate()


def _version(program):
    said = subprocess.run([program, "--version"], capture_output=True, text=True).stdout
    return int(said.lstrip("v").split(".")[0] or 0)


def _installed():
    if (NODE / "node_modules" / "oidc-provider").is_dir():
        return
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("no npm here: install it to sign in at oidc-provider")
    done = subprocess.run([npm, "ci", "--no-audit", "--no-fund"], cwd=NODE, capture_output=True)
    if done.returncode:
        pytest.skip("oidc-provider could not be installed (npm ci): is the network there?")


PROVIDERS = {"mock": mock, "node": node}


@contextmanager
def behind(name, url, folder):
    """The application and the provider it knows: each is told of the other before it starts."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    issuer = f"http://localhost:{port}"
    with (
        served(url, folder, lambda where: settings(issuer, where)) as where,
        PROVIDERS[name](port, f"{where}/oauth2callback") as running,
    ):
        yield where, running
