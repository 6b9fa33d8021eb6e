"""How much random tests try: little at each run, much where somebody explores."""

from hypothesis import settings


def often(usually: int, exploring: int) -> int:
    """The one, or the other with ``--hypothesis-profile explore``."""
    return exploring if settings.get_current_profile_name() == "explore" else usually
