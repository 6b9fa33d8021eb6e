"""An integration with some files replaced."""

from toolkit.examples import damaged


def test_what_was_read_of_other_files_stays_read_and_of_replaced_ones_does_not() -> None:
    before = damaged({})
    assert before.readme and before.document("manifest.json")
    after = before.replaced({"README.md": b"# Acme\n"})
    assert after.document("manifest.json") is before.document("manifest.json")
    assert after.svgs[0] is before.svgs[0]
    assert after.readme and [heading.text for heading in after.readme.headings] == ["Acme"]
    assert before.readme and before.readme.headings != after.readme.headings
