"""CoachDesk is offline, provably: every test runs where the kernel ends whoever opens a socket to elsewhere."""

import ast
import platform
import re
import signal
import socket
import subprocess
import sys
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.offline_guard import MACHINES, OfflineError

ROOT = Path(__file__).parent.parent.parent
DOORS = frozenset(
    {
        "socket", "ssl", "http", "urllib.request", "ftplib", "smtplib", "imaplib", "poplib", "telnetlib", "xmlrpc",
        "socketserver", "asyncio", "webbrowser", "PySide6.QtNetwork", "PySide6.QtWebSockets", "PySide6.QtWebEngineCore",
    }
)  # fmt: skip
NAMED = re.compile(
    "|".join(re.escape(door.removeprefix("PySide6.").partition(".")[0]) for door in sorted(DOORS))
)
"""The words without which no door can be imported: only where one stands is the file worth parsing."""
CALLERS = frozenset(
    {
        "requests", "urllib3", "httpx", "httpcore", "aiohttp", "websockets", "boto3", "sentry-sdk", "posthog",
        "opentelemetry-api", "google-api-core", "paramiko", "twisted", "grpcio", "pycurl",
    }
)  # fmt: skip
KERNEL_WATCHES = sys.platform == "linux" and platform.machine() in MACHINES


def test_a_socket_to_elsewhere_is_refused_in_this_very_process() -> None:
    with pytest.raises(OfflineError):
        socket.socket(socket.AF_INET)
    with pytest.raises(OfflineError):
        socket.getaddrinfo("localhost", 80)
    socket.socket(socket.AF_UNIX).close()


@pytest.mark.skipif(
    not KERNEL_WATCHES, reason="the kernel's filter is Linux’s, on the two machines it is written for"
)
@pytest.mark.parametrize("family", ["AF_INET", "AF_INET6", "AF_NETLINK"])
def test_the_kernel_ends_a_program_that_opens_a_socket_to_elsewhere(family: str) -> None:
    code = f"import socket; socket.socket(socket.AF_UNIX).close(); print('local', flush=True); socket.socket(socket.{family}, socket.SOCK_RAW if '{family}' == 'AF_NETLINK' else socket.SOCK_STREAM)"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert ended.stdout.strip() == b"local"
    assert ended.returncode == -signal.SIGSYS


def test_no_module_of_coachdesk_has_a_door_to_the_network() -> None:
    found = []
    for path in sorted((ROOT / "coachdesk").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if not NAMED.search(text):
            continue
        for node in ast.walk(ast.parse(text)):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            found += [
                f"{path.name}: {name}"
                for name in names
                if any(name == door or name.startswith(f"{door}.") for door in DOORS)
            ]
    assert found == []


def _brought_along(name: str, found: set[str]) -> set[str]:
    """Return all libraries a library brings to somebody who only uses the program."""
    for line in requires(name) or ():
        needed = Requirement(line)
        key = needed.name.casefold().replace("_", "-")
        if key not in found and (needed.marker is None or needed.marker.evaluate({"extra": ""})):
            found.add(key)
            _brought_along(needed.name, found)
    return found


def test_no_library_that_calls_home_comes_with_the_program() -> None:
    found = _brought_along("coachdesk", set())
    assert {"sqlalchemy", "alembic", "pyside6-essentials"} <= found
    assert found & CALLERS == set()
