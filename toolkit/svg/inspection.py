"""An icon, read and judged."""

from typing import NamedTuple

from toolkit.svg.document import SvgDocument
from toolkit.svg.reader import SvgError, read
from toolkit.svg.safety import violations
from toolkit.svg.violation import Violation
from toolkit.svg.vocabulary import IMAGES


class Inspection(NamedTuple):
    """What a file draws, or why it is not read any further; and whatever is unsafe in it."""

    document: SvgDocument | SvgError
    violations: tuple[Violation, ...]


def _undecodable(document: SvgDocument) -> tuple[Violation, ...]:
    """What is wrong with the embedded images once they are decoded."""
    if not document.named(*IMAGES):
        return ()
    from toolkit.svg.embedded import decode

    return decode(document).violations


def inspect(data: bytes) -> Inspection:
    """Reads the bytes of an icon and looks for what is unsafe in them, its embedded images included.

    Whatever goes wrong with that is a reason not to read the file any further; it is never raised.
    """
    try:
        document = read(data)
        return Inspection(document, (*violations(document), *_undecodable(document)))
    except SvgError as error:
        return Inspection(error, ())
    except Exception as error:
        message = f"ldit cannot judge it: {type(error).__name__}: {error}"
        return Inspection(SvgError("internal", message, "this is a bug in ldit; report it with this icon"), ())
