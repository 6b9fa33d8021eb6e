import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.handlebars.differential import differences
from tests.handlebars.templates import Case

CORPUS = Path(__file__).resolve().parents[2].parent / "shared/corpus/handlebars.jsonl.gz"


@pytest.mark.skipif(not CORPUS.exists(), reason=f"the conformance corpus {CORPUS} is absent")
def test_every_case_of_the_conformance_corpus(record_property: Callable[[str, object], None]) -> None:
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        contexts = json.loads(next(lines))["contexts"]
        rows = [json.loads(line) for line in lines]
    record_property("cases", len(rows))
    wanted = [Case(row["template"], contexts[row["context"]]) for row in rows]
    found = differences(wanted, [row["expected"] for row in rows])
    assert len(rows) > 3000
    assert not found, f"{len(found)} of {len(rows)} cases differ, such as\n" + "\n".join(found[:10])
