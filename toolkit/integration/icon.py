"""The icons that the manifest names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.finding import Place
from toolkit.integration.files import File
from toolkit.integration.manifest import Manifest

if TYPE_CHECKING:
    from toolkit.svg.drawing import Drawing
    from toolkit.svg.offence import Offence
    from toolkit.svg.picture import Picture
    from toolkit.svg.pixels import CannotJudge
    from toolkit.svg.reader import SvgError


ROLES = ("square", "horizontal")
"""The names of the two icons in the manifest."""


@dataclass(frozen=True)
class Svg:
    """One file that is shown as an icon, in whatever roles."""

    file: File

    @property
    def read(self) -> Drawing | SvgError:
        """What the file holds, or why it is not read any further."""
        from toolkit.svg.inspection import inspect

        return inspect(self.file.data).drawing

    @property
    def drawing(self) -> Drawing | None:
        """What the file holds, or None where it cannot be read; a loading rule says why."""
        from toolkit.svg.reader import SvgError

        return None if isinstance(self.read, SvgError) else self.read

    @property
    def offences(self) -> tuple[Offence, ...]:
        """Whatever is unsafe in it."""
        from toolkit.svg.inspection import inspect

        return inspect(self.file.data).offences

    @property
    def figures(self) -> Picture | CannotJudge:
        """What it shows, measured on its pixels; drawn once for each content."""
        from toolkit.svg.pixels import measure

        return measure(self.file.data)

    @property
    def picture(self) -> Picture | None:
        """The measured figures, or None where the file cannot be drawn, or not be judged."""
        from toolkit.svg.picture import Picture

        if self.drawing is None or self.offences:
            return None
        return self.figures if isinstance(self.figures, Picture) else None

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
