"""How a browser is found, and what is said when there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import chromium
import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A machine without a browser; what the test puts into it is on its path."""
    programs: dict[str, str] = {}
    monkeypatch.delenv(chromium.VARIABLE, raising=False)
    monkeypatch.setattr(shutil, "which", programs.get)
    monkeypatch.setattr(chromium, "PLACES", ())
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    return programs


def test_a_named_browser_comes_first(machine: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    machine["chromium"] = "/usr/bin/chromium"
    monkeypatch.setenv(chromium.VARIABLE, "/opt/mine")
    assert chromium.find_or_install() == "/opt/mine"


def test_chromium_comes_before_chrome(machine: dict[str, str]) -> None:
    machine |= {"google-chrome": "/usr/bin/google-chrome", "chromium": "/usr/bin/chromium"}
    assert chromium.find_or_install() == "/usr/bin/chromium"


def test_a_browser_outside_the_path_is_found(
    machine: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert machine == {}
    (tmp_path / "Chrome").touch()
    monkeypatch.setattr(chromium, "PLACES", (tmp_path / "Chrome",))
    assert chromium.find_or_install() == str(tmp_path / "Chrome")


def test_root_on_debian_installs_the_package(machine: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    machine["apt-get"] = "/usr/bin/apt-get"
    ran: list[tuple[str, ...]] = []

    def run(command: tuple[str, ...], **_options: object) -> None:
        ran.append(command)
        if command == chromium.INSTALL:
            machine["chromium"] = "/usr/bin/chromium"

    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(subprocess, "run", run)
    assert chromium.find_or_install() == "/usr/bin/chromium"
    assert ran == [("apt-get", "update"), chromium.INSTALL]


@pytest.mark.parametrize(
    ("program", "command"),
    [
        ("apt-get", "sudo apt-get install --yes --no-install-recommends chromium"),
        ("dnf", "sudo dnf install chromium"),
        ("other", "export ONTHERECORD_CHROMIUM=/path/to/chromium"),
    ],
)
def test_without_a_browser_the_one_command_is_named(machine: dict[str, str], program: str, command: str) -> None:
    machine[program] = f"/usr/bin/{program}"
    with pytest.raises(chromium.NoBrowserError) as raised:
        chromium.find_or_install()
    assert str(raised.value).endswith(f"none was found. Type: {command}")


def test_an_install_that_fails_is_not_passed_over(machine: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    machine["apt-get"] = "/usr/bin/apt-get"
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(subprocess, "run", lambda *_args, **_options: None)
    with pytest.raises(chromium.NoBrowserError, match="sudo apt-get install"):
        chromium.find_or_install()
