"""The process of the default renderer."""

from toolkit.svg.renderer import default_renderer


def warm_up() -> None:
    """As ``IconRenderer.warm_up``."""
    default_renderer().warm_up()
