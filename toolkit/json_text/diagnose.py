"""Says what is wrong with a text that is not JSON, and what to do about it."""

from toolkit.json_text.error import JsonSyntaxError
from toolkit.json_text.scanner import Unexpected


def diagnose(text: str, fault: Unexpected) -> JsonSyntaxError:
    """The error to show for the point where the scanner had to stop."""
    from toolkit.json_text.mistakes import find_mistake
    from toolkit.json_text.strings import find_bad_string
    from toolkit.json_text.structure import explain_structure

    offset, expected = fault.offset, fault.expected
    if expected == "depth":
        return JsonSyntaxError(text, offset, 1, f"nested more than {len(fault.opened):,} levels deep", "flatten it")
    error = None
    if expected == "first key" and text.startswith("{{", offset - 1):
        error = find_mistake(text, offset - 1, "value")
    elif expected not in ("colon", "comma", "end") and text.startswith('"', offset):
        error = find_bad_string(text, offset)
    return error or find_mistake(text, offset, expected) or explain_structure(text, fault)
