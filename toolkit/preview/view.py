"""What a page is made from: an integration, its findings, and what the reader of the page has chosen."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, Self

from toolkit.errors import LditError
from toolkit.finding import Finding
from toolkit.integration import Integration, Manifest
from toolkit.json_text import Document
from toolkit.preview.fields import initial
from toolkit.requests import EVENT_NAMES, Values
from toolkit.requests.rendering import Rendering

_NOTHING = Document(b"{}", "{}", {}, False, False, False)
VARIABLE = "variable:"
"""What stands before the key of a form variable in the name of its control on the page."""


@dataclass(frozen=True)
class Choices:
    """What the reader of a page has typed and chosen; nothing of it leaves the page or is kept.

    ``typed`` are texts by the name of their control, ``own_event`` is the JSON of an event that was pasted.
    """

    typed: Mapping[str, str] = field(default_factory=dict)
    event: str = "flag-toggled"
    own_event: str = ""
    show_secrets: bool = False
    editing: bool = False
    saving: bool = False

    @classmethod
    def of(cls, sent: object) -> Self:
        """The choices that a page has sent, as JSON; what is not understood is left out."""
        texts = {k: v for k, v in sent.items() if isinstance(v, str)} if isinstance(sent, dict) else {}
        event = texts.get("event", "")
        return cls(
            typed=texts,
            event=event if event in EVENT_NAMES else cls.event,
            own_event=texts.get("own-event", "").strip(),
            show_secrets=texts.get("show-secrets") == "true",
            editing=texts.get("editing") == "true",
            saving=texts.get("saving") == "true",
        )


@dataclass(frozen=True)
class View:
    """One integration as a page shows it. ``moment`` is when the chosen event happens.

    ``conceal`` puts asterisks over the credentials that stand in the integration's files. A page that is not ``live``
    has nothing to press.
    """

    integration: Integration
    findings: tuple[Finding, ...] = ()
    choices: Choices = Choices()
    moment: datetime | None = None
    conceal: Callable[[str], str] = str
    live: bool = False
    address: str = ""

    @cached_property
    def manifest(self) -> Manifest:
        """The manifest; an empty one where it cannot be read."""
        return self.integration.manifest or Manifest("manifest.json", _NOTHING)

    @cached_property
    def values(self) -> Values:
        """What was typed into the form and differs from what stood there."""
        typed = self.choices.typed
        given = {
            variable.key: typed[name]
            for variable in self.manifest.form_variables
            if (name := VARIABLE + variable.key) in typed and typed[name] != initial(variable)
        }
        return Values(given, self.choices.show_secrets)

    @cached_property
    def event(self) -> dict[str, Any] | None:
        """The pasted event; None without one. Raises LditError where it is not the JSON of an object."""
        if not self.choices.own_event:
            return None
        try:
            value = json.loads(self.choices.own_event)
        except (ValueError, RecursionError) as error:
            raise LditError(f"this is not JSON: {error}", "paste the JSON of one event") from None
        if not isinstance(value, dict):
            raise LditError("this is not a JSON object", "paste the JSON of one event")
        return value

    @cached_property
    def rendering(self) -> Rendering:
        """Renders what stands in the manifest with the form as it is filled in."""
        return Rendering(self.integration, self.manifest, self.values, self.moment)

    @property
    def fixable(self) -> bool:
        """Whether ``--fix`` would do anything."""
        return any(finding.safely_fixable for finding in self.findings)

    def rendered(self, pointer: str, event: str) -> str:
        """What the template at a pointer makes, or why it makes nothing."""
        try:
            return self.rendering.text(pointer, event)
        except LditError as error:
            return str(error)
