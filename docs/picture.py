"""Draws the terminal picture of the documentation: what `ldit lint` prints on a damaged copy of the sample."""

import io
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

from toolkit.examples import damaged

ROOT = Path(__file__).parent.parent
DAMAGE = {"manifest.json": {"overview": "Measure your experiments with Acme events", "categories": ["analitics"]}}

with TemporaryDirectory() as directory:
    integration = damaged(DAMAGE)
    for path, file in integration.files.items():
        target = Path(directory, "integrations", "acme-signals", path)
        if file.readable:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.data)
    command = [sys.executable, "-m", "toolkit", "lint", "integrations/acme-signals", "--gate", "tests"]
    environment = {"PYTHONPATH": str(ROOT), "FORCE_COLOR": "1"}
    output = subprocess.run(command, cwd=directory, env=environment, capture_output=True, text=True, check=False).stdout

# Without the web fonts that rich would have the reader's browser fetch.
SVG = re.sub(r"@font-face \{\{.*?\}\}", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL).replace("Fira Code", "monospace")

console = Console(record=True, width=92, file=io.StringIO())
console.print(Text("$ ldit lint integrations/acme-signals", style="bold"))
console.print(Text.from_ansi(output.rstrip()))
console.save_svg(str(ROOT / "docs" / "pages" / "lint.svg"), title="ldit", code_format=SVG)
