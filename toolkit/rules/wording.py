"""The words that customers read."""

from collections.abc import Iterator

from toolkit.finding import Edit, Problem, Severity
from toolkit.integration import Manifest
from toolkit.rules.registry import rule

OVERVIEW_COMFORT = 90
"""Code points; reviewers ask for less than the limit of 100, since the card shows two lines."""


@rule(Severity.error, {"manifest.json": {"overview": "Bring your metrics along"}}, gate="tests")
def overview_period(manifest: Manifest) -> Iterator[Problem]:
    """The overview must end in a period.

    The integrations page shows it as a sentence; the official tests refuse it otherwise.
    """
    overview = manifest.text("/overview")
    if overview and not overview.endswith("."):
        mended = overview.rstrip().rstrip("!;,:…") + "."
        edit = Edit.json(manifest.at("/overview"), mended)
        yield Problem(manifest.at("/overview"), "overview does not end in a period", "end it with a period", (edit,))


@rule(
    Severity.note,
    {"manifest.json": {"overview": "Bring the metrics that you measure to " + "very " * 11 + "many."}},
)
def overview_length(manifest: Manifest) -> Iterator[Problem]:
    """The overview should be no longer than 90 characters.

    It is one line on a card; the limit is 100, and reviewers ask for the shortest sentence that says what it does.
    """
    length = len(manifest.text("/overview"))
    if OVERVIEW_COMFORT < length <= 100:
        yield Problem(
            manifest.at("/overview"),
            f"overview is {length} characters, more than {OVERVIEW_COMFORT} are hard to read on a card",
            "shorten it",
        )
