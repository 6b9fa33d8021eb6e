"""What a start costs: `ldit --version` and `ldit lint` of one integration, as ratios to bare Python."""

from benchmarks.measure import PYTHON, medians, print_ratios

LDIT = (PYTHON, "-m", "toolkit")

print_ratios(
    medians(
        {
            "python -c pass": (PYTHON, "-c", "pass"),
            "import click": (PYTHON, "-c", "import click"),
            "ldit --version": (*LDIT, "--version"),
            "ldit lint sample-integration": (*LDIT, "lint", "sample-integration"),
        },
        rounds=41,
    ),
    base="python -c pass",
)
