"""``ontherecord serve``: what it says when it cannot serve, and where it says that it does."""

from __future__ import annotations

import argparse
import socket
from typing import TYPE_CHECKING

import pytest

from index.errors import IndexMissingError
from qa.commands import serve

if TYPE_CHECKING:
    from pathlib import Path


def _arguments(*given: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    serve.add_arguments(parser)
    return parser.parse_args(given)


def test_the_defaults_are_local() -> None:
    args = _arguments()
    assert (args.host, args.port) == ("127.0.0.1", 7860)


@pytest.mark.parametrize(
    ("given", "host", "allowed"),
    [
        ((), "127.0.0.1", True),
        ((), "localhost", True),
        ((), "0.0.0.0", False),
        (("--allow-adding",), "0.0.0.0", True),
        (("--no-adding",), "127.0.0.1", False),
    ],
)
def test_who_may_add(given: tuple[str, ...], host: str, allowed: bool) -> None:
    assert serve.may_add(host, _arguments(*given).adding) is allowed


@pytest.mark.parametrize("port", ["x", "-1", "65536", "80.5", "٨"])
def test_a_port_is_a_number_that_can_be_one(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        _arguments("--port", port)
    assert ended.value.code == 2
    assert "is not a port" in capsys.readouterr().err


def test_a_taken_port_is_said_before_anything_is_loaded(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(serve.AddressError) as raised:
            serve.run(_arguments("--port", str(port), "--index", str(tmp_path)))
    assert str(raised.value) == (
        f"cannot serve on 127.0.0.1:{port}: address already in use. Stop what uses it, or choose another with --port"
    )


def test_an_address_of_another_machine_is_said(tmp_path: Path) -> None:
    with pytest.raises(serve.AddressError, match=r"cannot serve on 192\.0\.2\.1:0"):
        serve.run(_arguments("--host", "192.0.2.1", "--port", "0", "--index", str(tmp_path)))


def test_a_missing_index_names_the_command_that_builds_one(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="Build one with: ontherecord index PATH"):
        serve.run(_arguments("--port", "0", "--index", str(tmp_path / "none")))


@pytest.mark.parametrize(
    ("host", "shown"),
    [("127.0.0.1", "http://127.0.0.1:"), ("0.0.0.0", "http://127.0.0.1:"), ("::1", "http://[::1]:")],
)
def test_the_address_is_one_that_this_machine_can_open(host: str, shown: str) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as listener:
        listener.bind((host, 0))
        assert serve.address(listener, host) == f"{shown}{listener.getsockname()[1]}"
