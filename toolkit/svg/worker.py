"""Renders one picture in a process of its own: SVG text on standard input, PNG on standard output.

Run as a file, not imported. Exit status 2: the renderer refused, and says why on standard error.
"""

import sys

MAX_MEMORY = 250_000_000


def main() -> int:
    """Limits itself where the system can, then renders."""
    try:
        import resource
    except ImportError:  # Windows: the caller's timeout is the only limit
        pass
    else:
        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from resvg_py import svg_to_bytes

    try:
        png = svg_to_bytes(svg_string=sys.stdin.buffer.read().decode(), skip_system_fonts=True, dpi=96.0)
    except ValueError as error:
        sys.stderr.write(str(error))
        return 2
    sys.stdout.buffer.write(png)
    return 0


if __name__ == "__main__":
    sys.exit(main())
