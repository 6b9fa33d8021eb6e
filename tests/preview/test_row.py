"""The row on the Integrations page, and the icons in it."""

import base64
from typing import Any

import pytest

from tests.preview.examples import HOOK, SECRET, SVG, held, view
from toolkit.preview.gallery import gallery
from toolkit.preview.icons import boxes, icons
from toolkit.preview.row import row


def capabilities(**held_: object) -> dict[str, Any]:
    return {"capabilities": held_}


@pytest.mark.parametrize(
    ("members", "label", "unsure"),
    [
        ({"formVariables": [SECRET], **capabilities(auditLogEventsHook=HOOK)}, "Add integration", False),
        (capabilities(bigSegmentStore={"dbStyle": "redis"}), "Add integration", False),
        (capabilities(flagImport={}), "Add integration", False),
        ({"formVariables": [SECRET]}, "Add integration", False),
        ({"otherCapabilities": ["external"]}, "Learn more", False),
        (capabilities(flagLink={}), "Learn more", True),
        (capabilities(syncedSegment={}), "Learn more", True),
        ({"requiresOAuth": True, **capabilities(approval={})}, "Configure", False),
        ({"legacy": {"kind": "webhooks"}}, "Add integration", True),
        (capabilities(externalConfigurationURL="https://acme.example"), "Add integration", True),
    ],
)
def test_the_button_says_what_there_is_to_do(members: dict[str, Any], label: str, unsure: bool) -> None:
    found = row(view(held(members))).button
    assert (found.label, bool(found.unsure)) == (label, unsure)


def test_a_lone_trigger_is_called_one() -> None:
    assert row(view(held(capabilities(trigger={})))).title == "Acme Signals trigger"
    assert row(view(held(capabilities(trigger={}, flagLink={})))).title == "Acme Signals"


def test_a_hidden_row() -> None:
    assert row(view(held({"hideOnIntegrationsPage": True}))).hidden


def test_icons_have_the_size_of_the_page() -> None:
    found = icons(held())
    assert (found["square"].width, found["square"].height) == (40, 40)
    assert (found["horizontal"].width, found["horizontal"].height) == (165, 55)
    assert found["square"].source.startswith("data:image/svg+xml;base64,")


def drawn(*shapes: str) -> str:
    return f'<svg xmlns="{SVG}" viewBox="0 0 40 40">{"".join(shapes)}</svg>'


def test_the_boxes_show_margins_and_what_is_cut_off() -> None:
    half = held(contents={"assets/square.svg": drawn('<rect x="10" y="5" width="20" height="30" fill="#00f"/>')})
    found = boxes(half, icons(half)["square"])
    assert found
    assert found.room == "drawn 20.0 by 30.0 px; margins top 5.0, right 10.0, bottom 5.0, left 10.0"
    over = base64.b64decode(found.source.partition(",")[2]).decode()
    assert 'x="10.00" y="5.00" width="20.00" height="30.00"' in over
    cut = held(contents={"assets/square.svg": drawn('<rect x="20" width="40" height="40" fill="#00f"/>')})
    cut_boxes = boxes(cut, icons(cut)["square"])
    assert cut_boxes
    assert cut_boxes.room.endswith("; at least 18% of the drawing is cut off")


@pytest.mark.parametrize(
    ("svg", "reason"),
    [
        (drawn("<script>alert(1)</script>"), "not safe"),
        (drawn('<rect width="4" height="4" onclick="alert(1)"/>'), "not safe"),
        ("<svg", ""),
        ("\x89PNG", ""),
    ],
)
def test_an_icon_that_lint_refuses_is_not_shown(svg: str, reason: str) -> None:
    for linted in (False, True):
        seen = view(held(contents={"assets/square.svg": svg}), linted=linted)
        found = icons(seen.integration, seen.findings)["square"]
        assert found.source == ""
        assert found.refused
        assert linted or reason in found.refused
        assert boxes(seen.integration, found) is None


def test_how_a_file_is_written_is_no_reason_to_refuse_its_picture() -> None:
    seen = view(held(contents={"assets/square.svg": drawn('<rect width="40" height="40" fill="#00f"/>')}), linted=True)
    assert [f.problem.place.file for f in seen.findings if f.gate == "files"] == ["assets/square.svg"]
    assert icons(seen.integration, seen.findings)["square"].refused == ""


def test_an_icon_that_shows_nothing_is_refused() -> None:
    seen = view(
        held(contents={"assets/square.svg": drawn('<rect width="40" height="40" fill="#fff"/>') + "\n"}), linted=True
    )
    assert icons(seen.integration, seen.findings)["square"].refused


def test_an_icon_that_is_not_there() -> None:
    assert icons(held({"icons": {"square": "nowhere.svg"}}))["square"].refused == "the manifest names no file"


def test_a_gallery_is_sorted_and_filtered_by_words() -> None:
    views = [view(held({"name": name})) for name in ("bolt", "Acme", "Crow")]
    entries = gallery(views)
    assert [entry.row.title for entry in entries] == ["Acme", "bolt", "Crow"]
    assert {"acme", "monitoring"} <= set(entries[0].words.split())
