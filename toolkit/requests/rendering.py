"""Renders the templates of one integration with sample data and the values of its form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from toolkit import events
from toolkit.errors import LditError
from toolkit.integration import Integration, Manifest, Template
from toolkit.requests.values import Values


@dataclass(frozen=True)
class Rendering:
    """``moment`` (UTC) replaces the time of the sample event; None leaves the sample's own.

    ``event`` takes the place of every sample.
    """

    integration: Integration
    manifest: Manifest
    values: Values
    moment: datetime | None
    event: Mapping[str, Any] | None = None

    def unmasked(self) -> Rendering:
        """The same with secrets as they were given."""
        return replace(self, values=replace(self.values, show_secrets=True))

    def has(self, pointer: str) -> bool:
        """Whether the manifest holds or names a template at a pointer."""
        return pointer in self._templates

    def text(self, pointer: str, event: str) -> str:
        """What the template at a pointer makes with a sample; empty where there is none. Raises LditError."""
        from toolkit.handlebars import HandlebarsError

        template = self._templates.get(pointer)
        if template is None:
            return ""
        form = self.values.form(self.manifest)
        context = template.context if template.tested else template.sample
        try:
            return template.render(context(self.data(event), form))
        except HandlebarsError as error:
            region = self.integration.region(template.at(error.offset))
            where = f"{template.place.file}:{region.line}:{region.column}" if region else template.place.file
            raise LditError(f"{where}: {error}", "`ldit lint` says more") from None

    def data(self, event: str) -> Mapping[str, Any]:
        """The sample of that name, at the moment; or the event that was given."""
        if self.event is not None:
            return self.event
        data = events.event(event)
        if self.moment is None or not isinstance(data.get("timestamp"), dict):
            return data
        seconds = int(self.moment.timestamp())
        rfc3339, simple = self.moment.strftime("%Y-%m-%dT%H:%M:%SZ"), self.moment.strftime("%Y-%m-%d %H:%M:%S")
        now = {"milliseconds": seconds * 1000, "seconds": seconds, "rfc3339": rfc3339, "simple": simple}
        return {**data, "timestamp": now}

    @cached_property
    def _templates(self) -> Mapping[str, Template]:
        return {str(use.named.pointer): template for template in self.integration.templates for use in template.uses}
