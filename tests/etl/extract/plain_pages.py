"""Plain text pages in the manners of many outlets, written for the tests; `PAGES` says what each holds."""

from __future__ import annotations

from dataclasses import dataclass

PROSE = (
    "The harbour council agreed on Thursday to rebuild the northern pier after two winters of storms had "
    "left it closed to ferries and to the fishing fleet.",
    "Engineers expect the work to take eighteen months, and the mayor said that the town would not borrow "
    "for it.",
)


@dataclass(frozen=True, kw_only=True)
class PlainPage:
    """One page and what cleaning must find in it; `published` is ISO in UTC or empty."""

    text: str
    title: str
    timezone: str
    outlet: str = "The Harbour Post"
    published: str = ""
    precision: str = "none"
    authors: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    body: tuple[str, ...] = PROSE


TITLE = "Council votes to rebuild the storm-hit northern pier"


def _lines(*lines: str) -> str:
    return "\n".join(lines)


PAGES = {
    "agency": PlainPage(
        text=_lines(TITLE, "", "By Jane Miller", "June 6, 2024 5:12 PM GMT+1", "", PROSE[0], "", PROSE[1], "",
                    "Reporting by Jane Miller; Editing by Tom Reed"),
        title=TITLE, timezone="Europe/London", published="2024-06-06T16:12:00+00:00", precision="minute",
        authors=("Jane Miller",), roles=("byline", "dateline", "byline"),
    ),
    "american network": PlainPage(
        text=_lines(TITLE, "By Jane Miller and Tom Reed, CNN", "3 minute read",
                    "Updated 10:42 PM EDT, Fri June 7, 2024",
                    "Published 5:12 PM EDT, Thu June 6, 2024", "", *PROSE,
                    "Sign up for our weekly harbour newsletter."),
        title=TITLE, timezone="America/New_York", published="2024-06-06T21:12:00+00:00", precision="minute",
        authors=("Jane Miller", "Tom Reed"),
        roles=("byline", "navigation", "dateline", "dateline", "promotion"),
    ),
    "british broadsheet": PlainPage(
        text=_lines("World", "", TITLE, "", "Jane Miller in Whitby", "Thu 6 Jun 2024 17.12 BST", "",
                    "The northern pier in March. Photograph: Tom Reed/PA", "", PROSE[0], "", PROSE[1], "",
                    "Support the Guardian"),
        title=TITLE, timezone="Europe/London", published="2024-06-06T16:12:00+00:00", precision="minute",
        authors=("Jane Miller",), roles=("navigation", "byline", "dateline", "caption", "credit", "appeal"),
    ),
    "british broadcaster": PlainPage(
        text=_lines(TITLE, "Published", "6 June 2024", "Image source, Getty Images",
                    "Image caption, The pier in March",
                    *PROSE, "Related topics", "More on this story"),
        title=TITLE, timezone="Europe/London", published="2024-06-06T00:00:00+00:00", precision="day",
        roles=("label", "dateline", "credit", "caption", "promotion", "navigation"),
    ),
    "gulf broadcaster": PlainPage(
        text=_lines(TITLE, "", "Published On 6 Jun 2024", "",
                    "The pier was closed after storms [Tom Reed/Reuters]", "",
                    *PROSE, "", "Advertisement"),
        title=TITLE, timezone="Asia/Qatar", published="2024-06-06T00:00:00+00:00", precision="day",
        roles=("dateline", "caption", "credit", "promotion"),
    ),
    "indian daily": PlainPage(
        text=_lines(TITLE, "Jane Miller / The Harbour Post / Updated: Jun 7, 2024, 08:00 IST", "", *PROSE,
                    "Also Read: Ferry fares to rise in autumn"),
        title=TITLE, timezone="Asia/Kolkata", published="2024-06-07T00:00:00+00:00", precision="day",
        authors=("Jane Miller",), roles=("byline", "navigation", "dateline", "promotion"),
    ),
    "russian agency": PlainPage(
        text=_lines("6 JUN, 17:12", TITLE, "", *PROSE),
        title=TITLE, timezone="Europe/Moscow", roles=("dateline",),
    ),
    "chinese daily": PlainPage(
        text=_lines("Home / World", TITLE, "By Li Wei | The Harbour Post | Updated: 2024-06-07 08:00",
                    "Published: 2024-06-06 17:12", *PROSE, "Share", "Most Viewed in 24 Hours"),
        title=TITLE, timezone="Asia/Shanghai", published="2024-06-06T09:12:00+00:00", precision="minute",
        authors=("Li Wei",), roles=("navigation", "byline", "dateline", "navigation", "navigation"),
    ),
    "ukrainian daily": PlainPage(
        text=_lines("Support Us", "", TITLE, "", "Thursday, 6 June 2024, 17:12",
                    TITLE,
                    "Photo: Harbour police", "", PROSE[0], "", "  • " + PROSE[1] + "Support Us"),
        title=TITLE, timezone="Europe/Kyiv", published="2024-06-06T14:12:00+00:00", precision="minute",
        roles=("appeal", "dateline", "duplicate", "credit", "appeal"),
    ),
    "german wire": PlainPage(
        text=_lines(TITLE, "Stand: 06.06.2024 17:12 Uhr", "", *PROSE, "",
                    "Lesen Sie auch: Fähren fahren wieder"),
        title=TITLE, timezone="Europe/Berlin", published="2024-06-06T15:12:00+00:00", precision="minute",
        roles=("dateline", "promotion"),
    ),
    "magazine": PlainPage(
        text=_lines("# " + TITLE, "", "Jane Miller", "June 6, 2024", "", *PROSE, "",
                    "Follow us on Twitter and Facebook", "© 2024 The Harbour Post. All rights reserved."),
        title=TITLE, timezone="America/Chicago", published="2024-06-06T00:00:00+00:00", precision="day",
        authors=("Jane Miller",), roles=("byline", "dateline", "promotion", "label"),
    ),
    "undated page": PlainPage(
        text=_lines("en de fr", "", TITLE, "", TITLE + " Photo: The pier (Getty Images)", "", *PROSE),
        title=TITLE, timezone="Europe/Kyiv", roles=("navigation", "duplicate", "caption", "credit"),
    ),
    "machine stamp": PlainPage(
        text=_lines(TITLE + " - The Harbour Post", "2024-06-06T17:12:33Z", "", *PROSE),
        title=TITLE, timezone="", published="2024-06-06T17:12:33+00:00", precision="second",
        roles=("navigation", "dateline"),
    ),
    "date at the end": PlainPage(
        text=_lines(TITLE, "", *PROSE, "", "First published: 6 June 2024 at 5.12pm"),
        title=TITLE, timezone="Europe/Dublin", published="2024-06-06T16:12:00+00:00", precision="minute",
        roles=("dateline",),
    ),
}  # fmt: skip
