"""An icon is a picture and nothing else: it is safe where a page takes its source in."""

from collections.abc import Iterator

from toolkit.finding import Problem
from toolkit.integration import Svg
from toolkit.rules.icons.shared import edits
from toolkit.rules.registry import Patch, error, rule


def _square(inside: str, before: str = "", attributes: str = "") -> Patch:
    """A patch that draws a plain square icon with something more in it."""
    root = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"{attributes}>'
    disc = '<circle cx="20" cy="20" r="20" fill="#205493"/>'
    return {"assets/square.svg": f"{before}{root}\n  {disc}{inside}\n</svg>\n"}


def _of_kind(svg: Svg, *kinds: str) -> Iterator[Problem]:
    for violation in svg.violations:
        if violation.kind in kinds:
            place = svg.at(violation.start, violation.end)
            yield Problem(place, violation.message, violation.help, edits(svg, violation.edits))


@rule(error, bad=[{"assets/square.svg": "<svg><g></svg>\n"}, {"assets/square.svg": b"\x89PNG\r\n\x1a\n"}])
def icon_not_svg(svg: Svg) -> Iterator[Problem]:
    """An icon is an SVG file: well-formed XML in UTF-8, of sensible size, without entities.

    At most 1 MB, 5,000 elements, and 100 levels deep; accepted icons have no more than 157 elements and 9 levels.
    """
    from toolkit.svg.reader import SvgError

    if isinstance(fault := svg.read, SvgError):
        length = 0 if fault.fault == "size" else 1
        place = svg.at(fault.offset, fault.offset + length)
        yield Problem(place, f"not a usable SVG file: {fault}", fault.help, edits(svg, fault.edits))


@rule(error, bad=_square("<script>run()</script>"))
def icon_script(svg: Svg) -> Iterator[Problem]:
    """An icon contains no script.

    A page that inlines the SVG would run it, with the rights of whoever views the page.
    """
    yield from _of_kind(svg, "script")


@rule(error, bad=_square("", attributes=' onload="run()"'))
def icon_event_handler(svg: Svg) -> Iterator[Problem]:
    """An icon contains no event handlers such as `onload` and `onclick`.

    They are scripts too, and a page that inlines the SVG would run them.
    """
    yield from _of_kind(svg, "event-handler")


@rule(error, bad=_square('<image href="https://acme-signals.example/track.png"/>'))
def icon_external_reference(svg: Svg) -> Iterator[Problem]:
    """An icon refers to nothing outside its file: no links, no external images, no imported styles.

    Loading them would tell a third party who views the page. References within the file (`#name`) are fine.
    """
    yield from _of_kind(svg, "external-reference")


@rule(error, bad=_square("<foreignObject/>"))
def icon_foreign_content(svg: Svg) -> Iterator[Problem]:
    """An icon contains drawing elements only: no HTML, no `foreignObject`, no foreign namespaces.

    Metadata that drawing programs keep in their own namespaces is harmless and allowed.
    """
    yield from _of_kind(svg, "foreign-content")


@rule(error, bad=_square('<set attributeName="href" to="javascript:run()"/>'))
def icon_unsafe_animation(svg: Svg) -> Iterator[Problem]:
    """An icon animates only its appearance, never a link or an event handler.

    Otherwise it could become unsafe after it has been checked.
    """
    yield from _of_kind(svg, "animation")


@rule(error, bad=_square("<style>circle { width: expression(run()) }</style>"))
def icon_unsafe_style(svg: Svg) -> Iterator[Problem]:
    """The styles of an icon run nothing, load nothing and do not affect the page around it.

    A page that inlines the SVG applies its styles too.
    """
    yield from _of_kind(svg, "style")


@rule(error, bad=_square('<image href="data:image/png;base64,R0lGODlhAQABAAAAACw="/>'))
def icon_wrong_image_type(svg: Svg) -> Iterator[Problem]:
    """An image embedded in an icon is a PNG, JPEG, GIF or WebP, as its media type says.

    Anything else may not be shown, or may not be an image at all.
    """
    yield from _of_kind(svg, "embedded-data")


@rule(error, bad=_square("", before='<?xml-stylesheet href="style.css"?>\n'))
def icon_declaration(svg: Svg) -> Iterator[Problem]:
    """An icon contains no processing instructions, and no DOCTYPE but the public ones of SVG.

    Both give orders to the program that reads the file.
    """
    yield from _of_kind(svg, "declaration")


@rule(
    error,
    bad=[
        _square(
            '<g id="g0"/>' + "".join(f'<g id="g{n}">{f"""<use href="#g{n - 1}"/>""" * 9}</g>' for n in range(1, 7))
        ),
        _square('<g id="a"><use href="#a"/></g>'),
        _square('<filter id="f"><feTurbulence numOctaves="100000000"/></filter>'),
        _square("", attributes=' width="1000000" height="1000000"'),
    ],
    good=_square('<g id="a"/><use href="#a"/><filter id="f"><feTurbulence numOctaves="3"/></filter>'),
)
def icon_explosion(svg: Svg) -> Iterator[Problem]:
    """An icon can be drawn with reasonable work: nothing draws itself, multiplies without end, or is enormous.

    Copies of copies of copies, a circle of references (through `use`, patterns, masks, clip paths, markers, filters or
    gradients), a filter with absurd numbers, or a size of more than 10,000 px keep whoever views it busy.
    """
    yield from _of_kind(svg, "expansion", "circular-reference", "endless-filter", "oversize")
