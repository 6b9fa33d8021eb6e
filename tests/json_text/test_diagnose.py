r"""Every mistake is one row: the text, with « and » around what is underlined, the message and the help."""

import pytest

from toolkit.json_text import JsonSyntaxError, read

MISTAKES = [
    ("«»", "file is empty", "write a JSON value"),
    ("«»\n", "file is empty", "write a JSON value"),
    # commas and colons
    ('{"a": 1«,»}', "comma before the closing `}`", "delete the comma"),
    ("[1, 2«,»\n]", "comma before the closing `]`", "delete the comma"),
    ("[1,«,» 2]", "two commas in a row", "delete one"),
    ("[«,» 1]", "comma before the first item", "delete the comma"),
    ('{«,» "a": 1}', "comma before the first key", "delete the comma"),
    ('{\n  "a": 1«»\n  "b": 2\n}', "missing comma after the value", "write `,`"),
    ('["a"«» "b"]', "missing comma after the value", "write `,`"),
    ('[{"a": 1}«» {"a": 2}]', "missing comma after the value", "write `,`"),
    ('{"a": 1«» b: 2}', "missing comma after the value", "write `,`"),
    ('{"a": 1«;» "b": 2}', "semicolon in place of a comma", "write `,`"),
    ('{"a"«» 1}', "missing colon after the key", "write `:`"),
    ('{"a" «=>» 1}', "`=>` in place of a colon", "write `:`"),
    ('{"a"«», "b"}', "key without a value", "write `:` and the value, or use an array"),
    ('{"a": «}»', "no value after the colon", "write the value"),
    ('{"a": «,» "b": 1}', "no value after the colon", "write the value"),
    ('{"a":«:» 1}', "two colons in a row", "delete one"),
    ('{"a": "b"«:» 1}', "second colon after a key", "write `,` before the next key, or delete it"),
    ('["a"«:» 1]', "colon in an array", "use `{` and `}` around keys with values"),
    ("{«:» 1}", "no key before the colon", "write the key in double quotes"),
    # brackets
    ('{\n  "a": [1,\n    2«}»', "`[` of line 2 is not closed before this `}`", "write `]` before it"),
    ('{"a": 1«]»', "`]` cannot close the `{` of line 1", "write `}`, or delete it"),
    ("{}«}»", "`}` closes nothing", "delete it"),
    ('{\n  "a": {\n    "b": 1«»', "`{` of line 2 is never closed", "write `}`"),
    ('\n{"a": [1]«»\n', "`{` of line 2 is never closed", "write `}`"),
    ('{\n  "a": {\n    "b": 1«»\n  "c": 2\n}\n', "missing comma after the value", "write `,`"),
    (
        '{\n  "a": {\n    "b": {\n      "c": 1«»\n  },\n  "d": {\n    "e": 2\n  }\n}\n',
        "`{` of line 3 is never closed",
        "write `}`",
    ),
    (
        '{"a": 1, «{»"b": 2}}',
        "no key before the object",
        "write a key and a colon, or use `[` and `]` around the objects",
    ),
    ('{«{»"a": 1}}', "no key before the object", "write a key and a colon, or delete one `{`"),
    ("{} «{»}", "text after the end of the JSON value", "delete it"),
    ('{"a": 1}«,»', "text after the end of the JSON value", "delete it"),
    ("[«(»1)]", "parenthesis in place of a bracket", "use `[` and `]` for an array"),
    # comments and other leftovers
    ('{\n  "a": 1 «// note»\n}', "comment, which JSON does not allow", "delete the comment"),
    ("«/* two\nlines */»{}", "comment, which JSON does not allow", "delete the comment"),
    ("{\n«# note»\n}", "comment, which JSON does not allow", "delete the comment"),
    ("[1, «<!-- note -->»]", "comment, which JSON does not allow", "delete the comment"),
    (
        '{\n«<<<<<<<» HEAD\n  "a": 1\n=======\n  "a": 2\n>>>>>>> other\n}',
        "merge conflict mark `<<<<<<<`",
        "keep one side of the conflict and delete the marks",
    ),
    (
        '{"a": 1}\n«=======»\n{"a": 2}',
        "merge conflict mark `=======`",
        "keep one side of the conflict and delete the marks",
    ),
    (
        '{"a": «$FIX_ME»}',
        "placeholder `$FIX_ME` without double quotes",
        'fill in the real value, or quote it: "$FIX_ME"',
    ),
    (
        '{"a": «{{apiToken}}»}',
        "placeholder `{{apiToken}}` without double quotes",
        'fill in the real value, or quote it: "{{apiToken}}"',
    ),
    (
        '{"a": «<YOUR NAME>»}',
        "placeholder `<YOUR NAME>` without double quotes",
        'fill in the real value, or quote it: "<YOUR NAME>"',
    ),
    ("[1, «...»]", "`...` in place of content", "write the content out, or delete it"),
    # quotes
    ("{«'a'»: 1}", "single quotes around a string", 'use double quotes: "a"'),
    ('{"a": «\'say "b"\'»}', "single quotes around a string", r'use double quotes: "say \"b"'),
    ("{«“a”»: 1}", "typographic quotes around a string", 'use plain double quotes: "a"'),
    ("[«`a`»]", "backticks around a string", 'use double quotes: "a"'),
    ("{«name»: 1}", "key `name` is not in double quotes", 'write "name"'),
    ("{«1»: 1}", "key `1` is not in double quotes", 'write "1"'),
    ('{«name"»: 1}', 'opening quote of `name"` is missing', 'write "name"'),
    ('{"a": «Acme Inc"», "b": 1}', 'opening quote of `Acme Inc"` is missing', 'write "Acme Inc"'),
    ('{"a": «Acme Inc», "b": 1}', "text `Acme Inc` is not in double quotes", 'write "Acme Inc"'),
    ('{"a": «https://acme.test/x»}', "text `https://acme.test/x` is not in double quotes", 'write "https://acme.test/x"'),
    ('{"a": «#c0ffee»}', "text `#c0ffee` is not in double quotes", 'write "#c0ffee"'),
    ('{"a": "say «"»hello" twice"}', "double quote inside a string", r'write \" for it'),
    ('["a" «+» "b"]', "plus sign between strings", "join them into one string"),
    # inside a string
    ('{\n  "a": «"one»,\n  "b": 1\n}', "closing quote of the string is missing", 'write `"` where it ends'),
    ('{"a": «"one»', "closing quote of the string is missing", 'write `"` where it ends'),
    ('{"a": «"one”»\n}', "closing quote of the string is missing", "replace ” with a plain double quote"),
    ('{"a": "one«\n»two"}', "line break inside a string", r"write \n, or put the string on one line"),
    ('["one«\t»two"]', "tab inside a string", r"write \t, or a space"),
    ('["«\0»"]', "control character U+0000 inside a string", r"delete it, or write \u0000"),
    (r'["C:«\d»ata"]', r"`\d` is not an escape in JSON", r"write \\d for a backslash and d"),
    (r'["it«\'»s"]', r"`\'` is not an escape in JSON", "write ' without the backslash"),
    (r'["«\x»41"]', r"`\x` is not an escape in JSON", r"write \u00 and the two digits"),
    (r'["«\u12»"]', r"`\u` without four hexadecimal digits", r"write it as in \u00e9"),
    ('["one«\\\n»two"]', "backslash at the end of a line", r"write \n, or put the string on one line"),
    # words and numbers
    ('{"a": «True»}', "`True` is not JSON", "write `true`"),
    ('{"a": «None»}', "`None` is not JSON", "write `null`"),
    ('{"a": «undefined»}', "`undefined` is not JSON", "write `null`"),
    ("[«-Infinity»]", "`-Infinity` is no number in JSON", "write a number or `null`"),
    ("[«NaN»]", "`NaN` is no number in JSON", "write a number or `null`"),
    ("[«007»]", "number `007` starts with a needless zero", "write 7"),
    ("[«-00.50»]", "number `-00.50` starts with a needless zero", "write -0.50"),
    ("[«+1»]", "number `+1` has a plus sign", "write 1"),
    ("[«.5»]", "number `.5` has no digit on one side of its point", "write 0.5"),
    ("[«5.»]", "number `5.` has no digit on one side of its point", "write 5"),
    ("[«0x1F»]", "number `0x1F` is not decimal", "write 31"),
    ("[«1_000»]", "number `1_000` holds `_`", "write 1000"),
    (
        '{"a": «2024-01-31»}',
        "`2024-01-31` is not a number",
        'write a decimal number, or quote it as text: "2024-01-31"',
    ),
    # characters that nobody sees, and those that nobody expects
    ("[«\u00a0»1]", "invisible character U+00A0 outside a string", "replace it with a plain space"),
    ("{}«\0»", "invisible character U+0000 outside a string", "replace it with a plain space"),
    ("«\ufeff»{}", "invisible character U+FEFF outside a string", "replace it with a plain space"),
    ("[«-»]", "unexpected `-`", "write a value or `]` here"),
    ("{«?»}", "unexpected `?`", "write a key in double quotes or `}` here"),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "message", "help_"), MISTAKES, ids=[ascii(row[0][:30]) for row in MISTAKES])
def test_names_the_mistake_the_place_and_the_remedy(marked: str, message: str, help_: str) -> None:
    before, _, rest = marked.partition("«")
    underlined, _, after = rest.partition("»")
    with pytest.raises(JsonSyntaxError) as caught:
        read(b"\xef\xbb\xbf" + (before + underlined + after).encode())
    error = caught.value
    assert (str(error), error.help) == (message, help_)
    assert error.text[: error.offset] == before
    assert error.text[error.offset :][: error.length] == underlined


def test_bytes_outside_strings_that_are_not_utf8() -> None:
    with pytest.raises(JsonSyntaxError, match="bytes that are not UTF-8") as caught:
        read(b'{"a": \xe9}')
    assert (caught.value.offset, caught.value.length) == (6, 1)


def test_long_text_is_quoted_in_short() -> None:
    with pytest.raises(JsonSyntaxError) as caught:
        read(b'{"a": ' + b"very " * 20 + b"long}")
    assert str(caught.value) == "text `very very very very very very very very…` is not in double quotes"


@pytest.mark.parametrize("text", ["[1, " * 20_000, '[{"a": [1]},\n' * 9_000, "[" * 30_000, '{"a":' * 20_000 + "}"])
def test_large_files_are_explained_quickly(text: str) -> None:
    with pytest.raises(JsonSyntaxError, match=r"never closed|no value"):
        read(text.encode())
