"""The requests on a page are those of ``ldit request``, for each template of the corpus and each event."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from toolkit.cli.main import command
from toolkit.integration import Integration
from toolkit.preview.requests import request_views
from toolkit.preview.view import Choices, View
from toolkit.requests import EVENT_NAMES

MOMENT = datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC)


class Clock(datetime):
    """A clock that stands still."""

    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
        return MOMENT


def test_rendered_requests_equal_those_of_the_command(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toolkit.cli.request.datetime", Clock)
    compared = failed = 0
    for directory in sorted((corpus / "integrations").iterdir()):
        integration = Integration.read(directory)
        for event in EVENT_NAMES if integration.templates else ():
            found = request_views(View(integration, choices=Choices(event=event), moment=MOMENT))
            for kind, options in (("text", []), ("curl", ["--curl"])):
                run = CliRunner().invoke(command, ["request", str(directory), "--event", event, *options])
                errors = [one.error for one in found if one.error]
                if errors:
                    failed += 1
                    assert f"error: {errors[0]}\n" in run.stderr
                    continue
                shown = "\n\n".join(getattr(one, kind) for one in found)
                assert run.stdout == (f"{shown}\n" if found else "")
                compared += len(found)
    assert compared > 1000
    assert failed < 50
