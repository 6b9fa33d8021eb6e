"""Renders icons in a process of its own, one after the other, until its standard input closes.

Run as a file, with the directories that hold its libraries as arguments. A message is its length in four bytes, then
its bytes. In comes a line with width, height and margin of the frame, or an empty one, and SVG text. Out goes one
byte, READY once; then DONE with the frame's statistics as JSON, or with a PNG where no frame is given; or REFUSED with
the reason.
"""

import sys
from collections.abc import Callable
from contextlib import suppress

READY, DONE, REFUSED = b"+", b"d", b"r"
MAX_MEMORY = 250_000_000
SECONDS = 0.5
"""Of processor time for one icon; a busy machine is nobody's fault. Who outstays them is ended by the system."""


def main() -> None:
    """Limits itself where the system can, then serves."""
    limit = _limits()
    sys.path += sys.argv[1:]
    import json

    from resvg_py import svg_to_bytes

    from toolkit.svg.measuring import measure

    def answer(frame: str, svg: str) -> bytes:
        png = bytes(svg_to_bytes(svg_string=svg, skip_system_fonts=True, dpi=96.0))
        if not frame:
            return png
        width, height, margin = frame.split()
        return json.dumps(measure(png, int(width), float(height), int(margin))).encode()

    incoming, outgoing = sys.stdin.buffer, sys.stdout.buffer
    outgoing.write(READY)
    outgoing.flush()
    while length := incoming.read(4):
        frame, _, svg = incoming.read(int.from_bytes(length)).decode().partition("\n")
        limit(SECONDS)
        try:
            status, text = DONE, answer(frame, svg)
        except ValueError as error:
            status, text = REFUSED, str(error).encode()
        limit(0)
        outgoing.write(status + len(text).to_bytes(4) + text)
        outgoing.flush()


def _limits() -> Callable[[float], object]:
    """Limits memory; returns what limits the processor time from now on, which also ends a worker without a caller."""
    try:
        import resource
        import signal
    except ImportError:  # Windows: the caller's clock is the only limit
        return lambda seconds: None
    with suppress(ValueError, OSError):  # macOS: the limits of an icon are all there is
        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return lambda seconds: signal.setitimer(signal.ITIMER_PROF, seconds)


if __name__ == "__main__":
    main()
