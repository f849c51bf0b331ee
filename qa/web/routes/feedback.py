"""The routes of the feedback part of the page."""

from fastapi import APIRouter

from qa.web.record import Record


def router(record: Record) -> APIRouter:  # noqa: ARG001
    """The routes of this part."""
    return APIRouter()
