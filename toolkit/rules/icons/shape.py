"""What an icon says of its size and holds besides the drawing, without drawing it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from toolkit.finding import Edit, Problem
from toolkit.integration import Icon, Svg
from toolkit.rules.registry import Patch, note, rule, warning

if TYPE_CHECKING:
    from toolkit.svg.fixes import Replacement

_REFERENCES = (
    re.compile(r"""href\s*=\s*["']\s*#([\w.:-]+)\s*["']"""),
    re.compile(r"""url\(\s*(?:["']|&quot;|&apos;)?#([\w.:-]+)"""),
)
"""One for each way to refer to an id: two literal prefixes are found far more quickly than one alternation."""
LARGE = 50
"""Kilobytes; half of the accepted icons have 2.4 or less, nine in ten have 11 or less."""
NARROW, WIDE = 0.75, 1.34
"""The ratios of width to height between which an icon fits the square box."""
DISC = '<circle cx="20" cy="20" r="20" fill="#205493"/>'


def drawn(root: str, inside: str = DISC, role: str = "square") -> Patch:
    """A patch that draws the icon of that role anew; ``root`` holds the attributes of its root."""
    return {f"assets/{role}.svg": f'<svg xmlns="http://www.w3.org/2000/svg" {root}>\n  {inside}\n</svg>\n'}


def edits(svg: Svg, replacements: "Iterable[Replacement]", *, safe: bool = True) -> tuple[Edit, ...]:
    """The fixes of an icon's text as edits of its file."""
    return tuple(Edit(svg.at(start, end), text, safe) for start, end, text in replacements)


@rule(
    note,
    bad=drawn('width="40" height="40"'),
    good=drawn('viewBox="0 0 40 40"'),
    unless=("icon-percent-size",),
)
def icon_without_viewbox(svg: Svg) -> Iterator[Problem]:
    """An icon has a `viewBox`.

    Without one it is cropped, or stretched, wherever a page takes its source in and does not show it at its own size.
    """
    from toolkit.svg.fixes import add_viewbox
    from toolkit.svg.geometry import frame

    if svg.document and frame(svg.document).view_box is None:
        place = svg.at(*svg.document.tag_span(svg.document.root))
        fix = edits(svg, add_viewbox(svg.document))
        written = re.search(r'viewBox="[^"]*"', fix[0].text or "") if fix else None
        help_ = f"add `{written[0]}`" if written else "add one that holds the whole drawing"
        yield Problem(place, "the icon has no viewBox", help_, fix)


@rule(warning, bad=drawn('viewBox="0 0 40 40"', f'{DISC}<use href="#dot"/>'))
def icon_dangling_reference(svg: Svg) -> Iterator[Problem]:
    """An icon refers only to ids that it defines.

    A gradient, a mask or a shape that is not there leaves a hole in the drawing, or paints it black.
    """
    drawing = svg.document
    if not drawing or "#" not in drawing.text:
        return
    ids = {element.get("id") for element in drawing.elements}
    seen = set()
    for match in chain.from_iterable(pattern.finditer(drawing.text) for pattern in _REFERENCES):
        name = match[1]
        if name not in ids and name not in seen:
            seen.add(name)
            place = svg.at(*match.span())
            yield Problem(place, f"nothing in the icon has the id `{name}`", "export the icon again")


@rule(
    warning,
    bad=drawn('width="100%" height="100%"'),
    good=drawn('width="100%" height="100%" viewBox="0 0 40 40"'),
    unless=("icon-blank",),
)
def icon_percent_size(svg: Svg) -> Iterator[Problem]:
    """The width and height of an icon without a `viewBox` are not percentages.

    They would depend on the page around it. With a `viewBox` they do no harm.
    """
    from toolkit.svg.geometry import frame

    if svg.document and frame(svg.document).percent and frame(svg.document).view_box is None:
        place = svg.at(*svg.document.tag_span(svg.document.root))
        yield Problem(
            place, "the width or height of the icon is a percentage", "add a `viewBox`, and remove width and height"
        )


@rule(
    warning,
    bad=drawn('width="44" height="40" viewBox="0 0 40 40" preserveAspectRatio="none"'),
    good=drawn('width="44" height="40" viewBox="0 0 40 40"'),
)
def icon_stretched(svg: Svg) -> Iterator[Problem]:
    """An icon with `preserveAspectRatio="none"` has a `width` and `height` of the same ratio as its `viewBox`.

    Otherwise the drawing is distorted.
    """
    from toolkit.svg.geometry import frame

    root = svg.document.root if svg.document else None
    if root is None or (root.get("preserveAspectRatio") or "").strip() != "none":
        return
    if svg.document and (size := frame(svg.document)).disagrees and size.view_box:
        ratio = size.shape.ratio if size.shape else 0
        message = f"width to height is {ratio:.2f}, but the viewBox is {size.view_box.ratio:.2f}"
        yield Problem(svg.at(*svg.document.tag_span(svg.document.root)), message, "remove preserveAspectRatio")


@rule(
    warning,
    bad=drawn('viewBox="0 0 40 60"', '<ellipse cx="20" cy="30" rx="20" ry="30" fill="#205493"/>'),
    good=drawn('viewBox="0 0 40 50"', '<ellipse cx="20" cy="25" rx="20" ry="25" fill="#205493"/>'),
    unless=("icon-small", "icons-swapped"),
)
def icon_not_square(icon: Icon) -> Iterator[Problem]:
    """The square icon is square, or nearly so.

    It is shown in a box of 40 x 40 px, where a long drawing becomes too thin. A ratio of 0.75 to 1.34 is fine.
    """
    from toolkit.svg.geometry import frame

    if icon.role != "square" or not icon.svg.document:
        return
    shape = frame(icon.svg.document).shape
    if shape and not NARROW <= round(shape.ratio, 2) <= WIDE:
        message = f"the square icon is {shape.ratio:.2f} times as wide as high, it should be {NARROW} to {WIDE}"
        place = icon.svg.at(*icon.svg.document.tag_span(icon.svg.document.root))
        yield Problem(place, message, "crop it, or use the logo without the name")


@rule(
    warning,
    bad=drawn('viewBox="0 0 40 40"', f"{DISC}<!-- {'made by hand ' * 4000}-->"),
    good=drawn('viewBox="0 0 40 40"', f"{DISC}<!-- {'made by hand ' * 1600}-->"),
    unless=("icon-raster",),
)
def icon_large(svg: Svg) -> Iterator[Problem]:
    """An icon file is at most 50 kB.

    Half of the accepted icons are 2.4 kB or smaller.
    """
    if svg.document and (size := svg.file.size) > LARGE * 1000:
        message = f"the icon is {size / 1000:.1f} kB, the limit is {LARGE} kB"
        yield Problem(svg.at(), message, "simplify it, or let an SVG optimizer shrink it")


@rule(warning, bad=drawn('viewBox="0 0 40 40"', f'{DISC}<text x="9" y="24">A</text>'))
def icon_text(svg: Svg) -> Iterator[Problem]:
    """An icon contains no text elements.

    Text needs a font that customers may not have. Convert it to outlines.
    """
    for element in svg.document.named("text") if svg.document else ():
        place = svg.at(*svg.document.tag_span(element)) if svg.document else svg.at()
        yield Problem(place, "the icon contains text, which needs a font", "convert it to outlines")


_DOT = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR4nGNUCJnMwMDAxMDAwMDAAAAMCwELCHEvpAAAAABJRU5ErkJggg=="


@rule(
    warning,
    bad=drawn('viewBox="0 0 40 40"', f'<image width="40" height="40" href="data:image/png;base64,{_DOT}"/>'),
)
def icon_raster(svg: Svg) -> Iterator[Problem]:
    """An icon is drawn in shapes, not embedded as a bitmap.

    A bitmap looks blurred on high-resolution screens.
    """
    for element in svg.document.named("image", "feImage") if svg.document else ():
        if svg.document and not svg.violations and element.href.startswith("data:"):
            place = svg.at(*svg.document.tag_span(element))
            yield Problem(place, "a bitmap is embedded in the icon", "draw it as shapes")


@rule(
    warning,
    bad=drawn('viewBox="0 0 40 40"', f'<g id="a">{DISC}</g><g id="a"/><use href="#a"/>'),
    good=drawn('viewBox="0 0 40 40"', f'<g id="a">{DISC}</g><g id="a"/>'),
)
def icon_duplicate_id(svg: Svg) -> Iterator[Problem]:
    """An `id` that is referred to is used once in an icon.

    A reference finds only the first element with it. Ids that nothing refers to do no harm.
    """
    if svg.document:
        named = {match[1] for pattern in _REFERENCES for match in pattern.finditer(svg.document.text)}
        counts = Counter(element.get("id") for element in svg.document.elements)
        for element in svg.document.elements:
            if (name := element.get("id")) in named and counts[name] > 1:
                counts[name] = 0
                place = svg.at(*svg.document.attribute_span(element, "id"))
                yield Problem(place, f"several elements have the id {name}", "give each its own id, or remove the ids")


@rule(note, bad=drawn('viewBox="0 0 40 40"', f"{DISC}<metadata>Acme</metadata>"), pedantic=True)
def icon_metadata(svg: Svg) -> Iterator[Problem]:
    """An icon contains no metadata of the program that it was drawn with.

    It only makes the file larger.
    """
    from toolkit.svg.fixes import without_editor_metadata

    if svg.document and (fix := edits(svg, without_editor_metadata(svg.document))):
        message = "the icon contains metadata of a drawing program"
        yield Problem(fix[0].place, message, "export it without, or remove it", fix)
