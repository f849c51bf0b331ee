"""Finds a Chromium or Chrome for the tests of the page, installs Debian's where it may, or says what to type.

The tests of the page are never skipped for want of a browser: without one they fail, with the command that brings one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

VARIABLE = "ONTHERECORD_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
PLACES = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)
INSTALL = ("apt-get", "install", "--yes", "--no-install-recommends", "chromium")
ARGUMENTS = (
    "--headless",
    "--no-sandbox",  # as root, in a container, there is none to be had
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class NoBrowserError(Exception):
    """There is no browser and none may be installed; the message is the one command to type."""


def find_or_install() -> str:
    """The path of a browser; Debian's package is installed where that is allowed.

    Raises:
        NoBrowserError: with the command to type.
    """
    found = find()
    if found is None and may_install():
        install()
        found = find()
    if found is None:
        raise NoBrowserError(f"the page is tested in Chromium or Chrome, and none was found. Type: {advice()}")
    return found


def find() -> str | None:
    """``$ONTHERECORD_CHROMIUM``, else the first browser on the path or in its usual place."""
    if named := os.environ.get(VARIABLE):
        return named
    on_path = (shutil.which(name) for name in NAMES)
    installed = (str(place) for place in PLACES if place.exists())
    return next((path for path in (*on_path, *installed) if path), None)


def may_install() -> bool:
    """Whether this is root on a Debian."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install() -> None:
    """Install Debian's package, refreshing the list of packages first; what fails is left to ``find`` to notice."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (("apt-get", "update"), INSTALL):
        subprocess.run(command, env=quiet, check=False, stdout=subprocess.DEVNULL)


def advice() -> str:
    """The one command that brings a browser to this machine."""
    if sys.platform == "darwin":
        return "brew install --cask chromium"
    if sys.platform == "win32":
        return "winget install Google.Chrome"
    if shutil.which("apt-get"):
        return f"sudo {' '.join(INSTALL)}"
    return "sudo dnf install chromium" if shutil.which("dnf") else f"export {VARIABLE}=/path/to/chromium"
