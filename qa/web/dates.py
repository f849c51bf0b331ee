"""A day as the page writes it: machine-readable, in the language of the page. Pure.

``assets/dates.js`` writes it again the way the reader's own country does ("October 4, 2018").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa import wording

if TYPE_CHECKING:
    from datetime import date

    from qa.catalogue import Texts


def time_html(day: date | None, t: Texts) -> str:
    """``<time datetime="2018-10-04">4 October 2018</time>``; empty for no date."""
    return f'<time datetime="{day.isoformat()}">{wording.written_date(day, t.language)}</time>' if day else ""


def month_name(month: int, t: Texts) -> str:
    """The name of ``month``, 1 to 12, with a capital: it heads a list."""
    return wording.month_name(month, t.language).capitalize()
