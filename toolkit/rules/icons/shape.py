"""What an icon says of its size and holds besides the drawing, without drawing it."""

from collections.abc import Iterator

from toolkit.finding import Problem
from toolkit.integration import Icon, Integration, Svg
from toolkit.rules.icons.shared import DISC, NARROW, WIDE, are_swapped, drawn, edits
from toolkit.rules.registry import note, rule, warning

_LARGE = 50
"""Kilobytes; half of the accepted icons have 2.4 or less, nine in ten have 11 or less."""


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

    if svg.document and svg.frame and svg.frame.view_box is None:
        place = svg.at(*svg.document.tag_span(svg.document.root))
        box = svg.missing_viewbox
        help_ = f'add `viewBox="{box}"`' if box else "add one that holds the whole drawing"
        yield Problem(place, "the icon has no viewBox", help_, edits(svg, add_viewbox(svg.document)))


@rule(warning, bad=drawn('viewBox="0 0 40 40"', f'{DISC}<use href="#dot"/>'))
def icon_dangling_reference(svg: Svg) -> Iterator[Problem]:
    """An icon refers only to ids that it defines.

    A gradient, a mask or a shape that is not there leaves a hole in the drawing, or paints it black.
    """
    document = svg.document
    if document is None:
        return
    for reference in document.references.missing:
        element = document.elements[reference.element]
        span = document.attribute_span(element, reference.key) if reference.key else document.tag_span(element)
        yield Problem(svg.at(*span), f"nothing in the icon has the id `{reference.name}`", "export the icon again")


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
    if svg.document and svg.frame and svg.frame.percent and not svg.frame.view_box:
        place, help_ = svg.at(*svg.document.tag_span(svg.document.root)), "add a `viewBox`, and remove width and height"
        yield Problem(place, "the width or height of the icon is a percentage", help_)


@rule(
    warning,
    bad=drawn('width="44" height="40" viewBox="0 0 40 40" preserveAspectRatio="none"'),
    good=drawn('width="44" height="40" viewBox="0 0 40 40"'),
)
def icon_stretched(svg: Svg) -> Iterator[Problem]:
    """An icon with `preserveAspectRatio="none"` has a `width` and `height` of the same ratio as its `viewBox`.

    Otherwise the drawing is distorted.
    """
    size = svg.frame
    if svg.document and size and size.distorts and size.view_box:
        ratio = size.shape.ratio if size.shape else 0
        message = f"width to height is {ratio:.2f}, but the viewBox is {size.view_box.ratio:.2f}"
        yield Problem(svg.at(*svg.document.tag_span(svg.document.root)), message, "remove preserveAspectRatio")


@rule(
    warning,
    bad=drawn('viewBox="0 0 40 60"', '<ellipse cx="20" cy="30" rx="20" ry="30" fill="#205493"/>'),
    good=drawn('viewBox="0 0 40 50"', '<ellipse cx="20" cy="25" rx="20" ry="25" fill="#205493"/>'),
    unless=("icon-small",),
)
def icon_not_square(icon: Icon, integration: Integration) -> Iterator[Problem]:
    """The square icon is square, or nearly so.

    It is shown in a box of 40 x 40 px, where a long drawing becomes too thin. A ratio of 0.75 to 1.34 is fine.
    """
    shape = icon.svg.frame.shape if icon.svg.frame and icon.role == "square" else None
    if icon.svg.document and shape and not are_swapped(integration) and not NARROW <= round(shape.ratio, 2) <= WIDE:
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
    if svg.document and (size := svg.file.size) > _LARGE * 1000:
        message = f"the icon is {size / 1000:.1f} kB, the limit is {_LARGE} kB"
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
    document = svg.document
    if document is None:
        return
    for element in document.references.ambiguous(document.elements):
        place = svg.at(*document.attribute_span(element, "id"))
        message = f"several elements have the id {element.get('id')}"
        yield Problem(place, message, "give each its own id")


@rule(note, bad=drawn('viewBox="0 0 40 40"', f"{DISC}<metadata>Acme</metadata>"), pedantic=True)
def icon_metadata(svg: Svg) -> Iterator[Problem]:
    """An icon contains no metadata of the program that it was drawn with.

    It only makes the file larger.
    """
    from toolkit.svg.fixes import without_editor_metadata

    if svg.document and (fix := edits(svg, without_editor_metadata(svg.document))):
        message = "the icon contains metadata of a drawing program"
        yield Problem(fix[0].place, message, "export it without, or remove it", fix)
