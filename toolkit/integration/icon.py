"""The icons that the manifest names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from toolkit.finding import Place
from toolkit.integration.files import File
from toolkit.integration.manifest import Manifest

if TYPE_CHECKING:
    from toolkit.svg.crop import Crop
    from toolkit.svg.document import SvgDocument
    from toolkit.svg.drawable import NotMeasured
    from toolkit.svg.geometry import Box, Frame
    from toolkit.svg.inspection import Inspection
    from toolkit.svg.measurement import Measurement
    from toolkit.svg.reader import SvgError
    from toolkit.svg.renderer import IconRenderer
    from toolkit.svg.violation import Violation


ROLES = ("square", "horizontal")
"""The names of the two icons in the manifest."""


@dataclass(frozen=True)
class Svg:
    """One file that is shown as an icon, in whatever roles, and what draws it (None: the default renderer)."""

    file: File
    own_renderer: IconRenderer | None = field(default=None, compare=False, repr=False)

    @property
    def inspection(self) -> Inspection:
        """What the file holds, and whatever is unsafe in it."""
        return self.renderer.inspection(self.file.data)

    @property
    def read(self) -> SvgDocument | SvgError:
        """What the file holds, or why it is not read any further."""
        return self.inspection.document

    @property
    def document(self) -> SvgDocument | None:
        """What the file holds, or None where it cannot be read; a loading rule says why."""
        from toolkit.svg.reader import SvgError

        return None if isinstance(self.read, SvgError) else self.read

    @property
    def violations(self) -> tuple[Violation, ...]:
        """Whatever is unsafe in it."""
        return self.inspection.violations

    @cached_property
    def frame(self) -> Frame | None:
        """The size that the file asks for, or None where it cannot be read."""
        from toolkit.svg.geometry import frame

        return frame(self.document) if self.document else None

    @property
    def missing_viewbox(self) -> Box | None:
        """The viewBox that width and height stand for, where it has none; it is what the fix of that writes."""
        from toolkit.svg.fixes import missing_viewbox

        return missing_viewbox(self.document) if self.document else None

    @property
    def renderer(self) -> IconRenderer:
        """What draws this icon."""
        from toolkit.svg.renderer import default_renderer

        return self.own_renderer or default_renderer()

    def begin(self) -> None:
        """Begins to measure the icon, beside whatever else there is to do."""
        self.renderer.begin(self.file.data)

    @property
    def measured(self) -> Measurement | NotMeasured:
        """What it shows, measured on its pixels, or why that cannot be said; drawn once for each content."""
        return self.renderer.measure(self.file.data)

    @property
    def measurement(self) -> Measurement | None:
        """What it shows, or None where the file cannot be drawn, or not be judged."""
        from toolkit.svg.measurement import Measurement

        if self.document is None or self.violations:
            return None
        return self.measured if isinstance(self.measured, Measurement) else None

    def cropped(self, narrow: float, wide: float) -> Crop | None:
        """The tightest crop with a ratio of width to height from ``narrow`` to ``wide``, if it shows the same."""
        from toolkit.svg.crop import crop

        if self.document is None or self.measurement is None:
            return None
        return crop(self.document, self.measurement, narrow, wide, self.renderer)

    def at(self, start: int | None = None, end: int | None = None) -> Place:
        """The file, or the code points from ``start`` to ``end`` of its text."""
        return self.file.at(start, end)


@dataclass(frozen=True)
class Icon:
    """An icon in its ``role``, ``square`` or ``horizontal``; ``named`` is where the manifest names it."""

    role: str
    svg: Svg
    named: Place


def named_icon(manifest: Manifest, role: str, find: Callable[[str], Svg | None]) -> Icon | None:
    """The icon of that role, or None when the manifest names none that is a readable file."""
    svg = find(manifest.text(f"/icons/{role}"))
    return Icon(role, svg, manifest.at(f"/icons/{role}")) if svg else None
