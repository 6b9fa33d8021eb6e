from collections import Counter

import pytest

from toolkit.config import Settings
from toolkit.engine import lint
from toolkit.examples import damaged
from toolkit.fixes import fix
from toolkit.integration import Integration
from toolkit.rules.registry import Patch

ALL = Settings(pedantic=True)


def drawn(role: str, drawing: str, attributes: str = 'viewBox="0 0 40 40"') -> Patch:
    return {f"assets/{role}.svg": f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>\n  {drawing}\n</svg>\n'}


def messages(integration: Integration) -> set[str]:
    return {finding.rule for finding in lint(integration, ALL).findings}


SPOT = '<circle cx="20" cy="20" r="20" fill="#205493"/>'
ASIDE = '<circle cx="16" cy="20" r="16" fill="#205493"/>'
TALL, FLAT = '<path d="M2 2h9v18H2z" fill="#205493"/>', '<path d="M2 12h16v7H2z" fill="#205493"/>'
LONG = '<path d="M4 20h96v9H4z" fill="#205493"/>'
ONE_FILE: Patch = {"manifest.json": {"icons": {"horizontal": "assets/square.svg"}}}


@pytest.mark.parametrize(
    ("patch", "rules"),
    [
        (drawn("square", TALL), {"icon-small", "icon-off-center"}),
        (drawn("square", FLAT), {"icon-small", "icon-off-center"}),
        (drawn("square", FLAT, 'viewBox="0 0 40 40" width="64" height="64"'), {"icon-small", "icon-off-center"}),
        (drawn("square", TALL, 'width="40" height="40"'), {"icon-small", "icon-off-center", "icon-without-viewbox"}),
        (drawn("horizontal", LONG, 'viewBox="0 0 104 60"'), {"icon-low", "icon-off-center"}),
        (drawn("horizontal", TALL, 'viewBox="0 0 80 40"'), {"icon-off-center"}),
        ({**drawn("square", TALL), **ONE_FILE}, {"icon-small", "icon-off-center", "same-icons"}),
    ],
)
def test_a_crop_leaves_nothing_to_say(patch: Patch, rules: set[str]) -> None:
    before = damaged(patch)
    assert messages(before) - messages(damaged({})) >= rules
    after = fix(before, ALL, unsafe=True).integration
    left = {rule for rule in messages(after) if rule.startswith("icon")}
    assert left <= {"same-icons"}
    assert not fix(after, ALL, unsafe=True).integration.changed_since(after)


@pytest.mark.parametrize(
    "patch",
    [
        drawn("square", '<path d="M2 12h30v4H2z" fill="#205493"/>'),
        drawn("horizontal", '<path d="M9 9h90v2H9z" fill="#205493"/>', 'viewBox="0 0 99 40"'),
    ],
)
def test_a_drawing_too_slim_for_any_crop_is_to_be_drawn_anew(patch: Patch) -> None:
    helps = {finding.problem.help for finding in lint(damaged(patch), ALL).findings if not finding.fixable}
    assert "draw it larger and in the middle" in helps


def test_a_horizontal_icon_with_the_picture_of_the_square_one_may_be_as_narrow() -> None:
    after = fix(damaged({**drawn("square", SPOT), **drawn("horizontal", ASIDE)}), ALL, unsafe=True).integration
    assert 'viewBox="0 3.95 32.1 32.1"' in after.files["assets/horizontal.svg"].text
    assert messages(after) <= messages(damaged({}))


def test_two_files_with_the_same_picture_are_the_same() -> None:
    patch = {**drawn("square", SPOT), **drawn("horizontal", SPOT)}
    assert Counter(messages(damaged(patch)) - messages(damaged({}))) == Counter(["same-icons"])
    assert "same-icons" not in messages(damaged(drawn("square", SPOT)))
