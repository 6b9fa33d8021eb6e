"""Rules over every integration of the conformance corpus, beside check-jsonschema's schema check alone."""

import sys

from benchmarks.measure import PYTHON, ROOT, medians, print_ratios

CORPUS = ROOT.parent / "shared" / "corpus" / "integrations"
if not CORPUS.is_dir():
    sys.exit("the conformance corpus is not beside this checkout")

SCHEMA = "check-jsonschema, our schema, every manifest"
manifests = [str(path) for path in sorted(CORPUS.glob("*/manifest.json"))]
check = (PYTHON, "-m", "check_jsonschema", "--schemafile", str(ROOT / "schemas" / "manifest.json"), *manifests)
lint = (PYTHON, "-m", "toolkit", "lint", str(CORPUS))
measured = medians(
    {
        SCHEMA: check,
        "ldit lint, what the official tests check": (*lint, "--gate", "tests"),
        "ldit lint, all but the pixels of icons": (*lint, "--ignore", "icon_pixels"),
        "ldit lint": lint,
    },
    rounds=9,
)
print_ratios(measured, base=SCHEMA)
