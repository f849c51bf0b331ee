"""Open the page on an index, for this machine or, with --host, for others.

  ontherecord serve                          the page on http://127.0.0.1:7860
  ontherecord serve --host 0.0.0.0           for the whole network, behind a proxy that checks who asks
  ontherecord serve --index DIR --port 8000  another index, another port
  ontherecord serve --no-adding              transcripts cannot be added on the page
  ontherecord serve --shared-computers       browsers forget what was asked when the tab is closed

The address is printed on stdout once the page can be opened; the models load while it is already up. What people say
of the answers is stored in feedback.jsonl in the folder of the index: read it with "ontherecord feedback".

Transcripts can be added on the page where only this machine can open it. On any other address that is off, as the page
asks nobody for a password, unless --allow-adding says that all who reach it may. What "ontherecord index" builds
meanwhile is taken up within seconds, without a restart.
"""

from __future__ import annotations

import argparse
import socket
import sys
from typing import TYPE_CHECKING

from index.errors import CorpusError
from qa.commands.shared import add_index_argument

if TYPE_CHECKING:
    from pathlib import Path

    from qa.web.editions import Editions
    from qa.web.record import Record

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 7860  # Gradio's own, so that nobody has to learn another


class AddressError(CorpusError):
    """The page cannot be served at ``host`` and ``port``, for ``reason``."""

    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(
            f"cannot serve on {host}:{port}: {reason}", remedy="Stop what uses it, or choose another with --port"
        )
        self.host = host
        self.port = port
        self.reason = reason


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--index``, ``--host``, ``--port``, what browsers keep and who may add."""
    add_index_argument(parser)
    parser.add_argument("--host", default=DEFAULT_HOST, help="the address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=_port, default=DEFAULT_PORT, help="the port (default: %(default)s)")
    parser.add_argument(
        "--shared-computers",
        action="store_true",
        help="browsers forget their history and class pack when the tab is closed",
    )
    adding = parser.add_mutually_exclusive_group()
    adding.add_argument(
        "--allow-adding",
        dest="adding",
        action="store_true",
        default=None,
        help="whoever opens the page may add transcripts to the record and take them out again "
        "(default: only where --host is this machine's own address)",
    )
    adding.add_argument("--no-adding", dest="adding", action="store_false", help="nobody may")


def run(args: argparse.Namespace) -> int:
    """Serve until interrupted.

    Raises:
        AddressError: the port is taken, or the address is none of this machine's.
        StoreError: there is no index, or it cannot be opened.
    """
    return serve(args.index, host=args.host, port=args.port, adding=args.adding, remember=not args.shared_computers)


def serve(
    index_folder: Path,
    *,
    host: str = DEFAULT_HOST,
    port: int = DEFAULT_PORT,
    adding: bool | None = None,
    remember: bool = True,
) -> int:
    """Serve the page on the index in ``index_folder`` until interrupted; 0 when stopped in order.

    ``adding`` says whether transcripts can be added on the page; by default, where only this machine can open it.
    ``remember`` says whether browsers may keep a history once they are closed.
    """
    with _listen(host, port) as listener:
        editions, record = _open(index_folder)
        from qa.intake.following import Follower
        from qa.intake.joining import Intake
        from qa.server import run_server

        follower = Follower(record, index_folder, editions.newest)
        if may_add(host, adding):
            record.intake = Intake(index_folder, follower.follow)
            record.intake.start()

        def opened() -> None:
            print(f"On the Record is at {address(listener, host)}", flush=True)
            record.warm_up_in_background()
            follower.watch_in_background()

        try:
            run_server(record, listener, host=host, opened=opened, remember=remember)
        finally:
            if record.intake:
                record.intake.close()
    return 0


def may_add(host: str, adding: bool | None) -> bool:
    """Whether transcripts can be added on a page that listens on ``host``: as asked for, else where it is local."""
    from qa.server import is_local

    return is_local(host) if adding is None else adding


def _open(index_folder: Path) -> tuple[Editions, Record]:
    """The record in ``index_folder``, its models still to be loaded, and what opens its later editions."""
    from qa.feedback import FEEDBACK_FILE, Feedback
    from qa.web.editions import Editions
    from qa.web.record import Record

    editions = Editions(index_folder)
    return editions, Record(editions.newest(), feedback=Feedback(index_folder / FEEDBACK_FILE))


def address(listener: socket.socket, host: str) -> str:
    """What to type into a browser on this machine."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{listener.getsockname()[1]}"


def _listen(host: str, port: int) -> socket.socket:
    """A socket bound before anything is loaded, so that a taken port is said at once."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    if sys.platform != "win32":
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()
    except OSError as error:
        listener.close()
        raise AddressError(host, port, (error.strerror or str(error)).lower()) from error
    return listener


def _port(text: str) -> int:
    if text.isascii() and text.isdecimal() and int(text) < 65_536:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text} is not a port: give a number from 0 (any free one) to 65535")
