"""An integration: what is read of its files, and some of them replaced."""

from toolkit.examples import damaged
from toolkit.integration import Integration


def test_what_was_read_of_other_files_stays_read_and_of_replaced_ones_does_not() -> None:
    before = damaged({})
    assert before.readme and before.document("manifest.json")
    after = before.replaced({"README.md": b"# Acme\n"})
    assert after.document("manifest.json") is before.document("manifest.json")
    assert after.svgs[0] is before.svgs[0]
    assert after.readme and [heading.text for heading in after.readme.headings] == ["Acme"]
    assert before.readme and before.readme.headings != after.readme.headings


def test_a_file_is_json_or_says_why_it_is_none() -> None:
    integration = Integration.from_files("acme", {"good.json": b"{}", "bad.json": b'{"a": 1,}', "gone.json/x": b""})
    good, bad = integration.json("good.json"), integration.json("bad.json")
    assert good.document and good.document.value == {} and good.error is None
    assert bad.document is None and bad.error and str(bad.error) == "comma before the closing `}`"
    assert bad.error.text == '{"a": 1,}'
    assert integration.json("bad.json") is bad
    for path in ("gone.json", "none.json"):
        assert integration.json(path) == (None, None)
        assert integration.document(path) is None
