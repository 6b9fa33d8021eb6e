"""Renders pictures in a process of its own, one after the other, until its standard input closes.

Run as a file, with the directory that holds the renderer as its argument. A message is its length in four bytes,
then its bytes: SVG text comes in; out goes one byte, READY once, then DRAWN with a PNG or REFUSED with the reason.
"""

import sys

READY, DRAWN, REFUSED = b"+", b"p", b"r"
MAX_MEMORY = 250_000_000


def main() -> None:
    """Limits itself where the system can, then serves."""
    try:
        import resource
    except ImportError:  # Windows: the caller's clock is the only limit
        pass
    else:
        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.path.append(sys.argv[1])
    from resvg_py import svg_to_bytes

    incoming, outgoing = sys.stdin.buffer, sys.stdout.buffer
    outgoing.write(READY)
    outgoing.flush()
    while length := incoming.read(4):
        svg = incoming.read(int.from_bytes(length)).decode()
        try:
            status, answer = DRAWN, bytes(svg_to_bytes(svg_string=svg, skip_system_fonts=True, dpi=96.0))
        except ValueError as error:
            status, answer = REFUSED, str(error).encode()
        outgoing.write(status + len(answer).to_bytes(4) + answer)
        outgoing.flush()


if __name__ == "__main__":
    main()
