"""What the web said about a link."""

from typing import NamedTuple

from toolkit.integration.link import Link


class Answer(NamedTuple):
    """What came back for one address.

    ``gone`` says why nothing is there any more (``404``, ``unknown host``), ``moved`` where it is for good now,
    ``unsure`` why nobody can tell. All are empty when the address leads somewhere.
    """

    gone: str = ""
    moved: str = ""
    unsure: str = ""


class Visit(NamedTuple):
    """A link that somebody has followed."""

    link: Link
    answer: Answer
