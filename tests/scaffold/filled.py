"""A new integration as its author leaves it: with the marks, the examples and the drawn icons replaced."""

import re

ICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} 40"><path fill="#205493" d="M0 0h{0}v40H0z"/></svg>\n'


def filled_in(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files with something of the author's own wherever ``ldit new`` left a mark or an example."""
    readme = files["README.md"].decode()
    examples = r"TODO: (?:replace|compare|say who).*?\n(?=## |TODO: )"
    readme = re.sub(examples, "Our own page shows what is sent.\n\n", readme, flags=re.DOTALL)
    readme = re.sub(r"TODO: [^\n]*", "Open the settings of Acme, as its own help says.", readme)
    return files | {
        "README.md": readme.encode(),
        "manifest.json": re.sub(rb"[a-z]+\.acme\.example", b"eu1.acme.com", files["manifest.json"]),
        "assets/square.svg": ICON.format(40).encode(),
        "assets/horizontal.svg": ICON.format(120).encode(),
    }
