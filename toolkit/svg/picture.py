"""Former names of ``toolkit.svg.measurement``."""

from toolkit.svg.measurement import SQUARE_SIDE, Measurement, same_image

Picture = Measurement
same_picture = same_image
__all__ = ["SQUARE_SIDE", "Picture", "same_picture"]
