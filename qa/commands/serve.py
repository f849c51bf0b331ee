"""Open the page on an index, for this machine or, with --host, for others.

  ontherecord serve                          the page on http://127.0.0.1:7860
  ontherecord serve --host 0.0.0.0           for the whole network, behind a proxy that checks who asks
  ontherecord serve --index DIR --port 8000  another index, another port

The address is printed on stdout once the page can be opened; the models load while it is already up. What people say
of the answers is stored in feedback.jsonl in the folder of the index: read it with "ontherecord feedback".
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

    from qa.web.record import Edition, Record

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
    """``--index``, ``--host`` and ``--port``."""
    add_index_argument(parser)
    parser.add_argument("--host", default=DEFAULT_HOST, help="the address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=_port, default=DEFAULT_PORT, help="the port (default: %(default)s)")


def run(args: argparse.Namespace) -> int:
    """Serve until interrupted.

    Raises:
        AddressError: the port is taken, or the address is none of this machine's.
        StoreError: there is no index, or it cannot be opened.
    """
    return serve(args.index, host=args.host, port=args.port)


def serve(index_folder: Path, *, host: str = DEFAULT_HOST, port: int = DEFAULT_PORT) -> int:
    """Serve the page on the index in ``index_folder`` until interrupted; 0 when stopped in order."""
    with _listen(host, port) as listener:
        record = open_record(index_folder)
        from qa.server import run_server

        def opened() -> None:
            print(f"On the Record is at {address(listener, host)}", flush=True)
            record.warm_up_in_background()

        run_server(record, listener, host=host, opened=opened)
    return 0


def open_record(index_folder: Path) -> Record:
    """The record in ``index_folder``, its models still to be loaded."""
    from qa.feedback import FEEDBACK_FILE, Feedback
    from qa.web.record import Record

    return Record(open_edition(index_folder), feedback=Feedback(index_folder / FEEDBACK_FILE))


def open_edition(index_folder: Path) -> Edition:
    """The newest generation in ``index_folder``, its models still to be loaded."""
    from functools import cache

    from index.search import open_index
    from qa.answer import Answerer
    from qa.check import Checker
    from qa.export.sources import SourceStates
    from qa.reading import reader_from_environment
    from qa.support import certainty_from_environment
    from qa.web.record import Edition

    index = open_index(index_folder)
    answerer = Answerer(index, reader_from_environment(), certainty=certainty_from_environment())
    checker = cache(lambda: Checker(index))  # made when first asked: it reads every transcript
    return Edition(
        index.transcripts,
        answerer.answer,
        check=lambda given: checker().check(given),
        fingerprint=index.manifest.fingerprint,
        source_state=SourceStates(index.manifest.sources),
    )


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
