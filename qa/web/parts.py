"""What the parts of the page beside the chat share. Pure."""

from __future__ import annotations


class PartError(ValueError):
    """What somebody asked of the page cannot be done; the message is one clear sentence for them."""

    def __init__(self, message: str, *, status: int = 400) -> None:
        super().__init__(message)
        self.status = status
