"""What a start costs: `ldit --version` and `ldit lint` of one integration, as ratios to bare Python."""

from benchmarks.measure import PYTHON, medians, print_ratios

LDIT = (PYTHON, "-m", "toolkit")
LINT = (*LDIT, "lint", "--no-cache")
SAMPLE = "sample-integration"

print_ratios(
    medians(
        {
            "python -c pass": (PYTHON, "-c", "pass"),
            "import click": (PYTHON, "-c", "import click"),
            "import markdown_it": (PYTHON, "-c", "import markdown_it"),
            "ldit --version": (*LDIT, "--version"),
            "ldit lint sample-integration, what the official tests check": (*LINT, "--gate", "tests", SAMPLE),
            "ldit lint sample-integration, all but the icons": (*LINT, "--ignore", "icons", SAMPLE),
            "ldit lint sample-integration": (*LINT, SAMPLE),
        },
        rounds=41,
    ),
    base="python -c pass",
)
