import base64
import urllib.parse
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.handlebars import HandlebarsError, render

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TIMES = st.integers(-62_135_596_800_000, 253_402_300_799_999)  # the years 1 to 9999
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


@given(TEXTS)
def test_query_encode_is_encode_uri_component(text: str) -> None:
    assert render("{{{queryEncode a}}}", {"a": text}) == urllib.parse.quote(text, safe="-_.!~*'()")


@given(TEXTS)
def test_path_encode_is_encode_uri(text: str) -> None:
    assert render("{{{pathEncode a}}}", {"a": text}) == urllib.parse.quote(text, safe="-_.!~*'();/?:@&=+$,#")


@given(TEXTS, TEXTS)
def test_basic_auth_is_base64(user: str, password: str) -> None:
    encoded = base64.b64encode(f"{user}:{password}".encode()).decode()
    assert render("{{{basicAuthHeaderValue u p}}}", {"u": user, "p": password}) == f"Basic {encoded}"


def test_half_a_surrogate_pair_is_replaced_in_base64() -> None:
    assert render("{{basicAuthHeaderValue u 'p'}}", {"u": "\ud800"}) == render(
        "{{basicAuthHeaderValue '\ufffd' 'p'}}", {}
    )


@given(TIMES)
def test_times_are_those_of_the_calendar(milliseconds: int) -> None:
    wanted = EPOCH + timedelta(milliseconds=milliseconds)
    template = "{{formatWithOffset t 0 'rfc3339'}} {{formatWithOffset t 0 'simple'}}"
    rfc3339, date, time = render(template, {"t": milliseconds}).split(" ")
    assert rfc3339 == wanted.strftime("%Y-%m-%dT%H:%M:%S.").rjust(20, "0") + f"{milliseconds % 1000:03}Z"
    assert date == wanted.strftime("%Y-%m-%d").rjust(10, "0")
    assert time == f"{wanted.hour % 12 or 12}:{wanted:%M:%S}"


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ("t 3600 'seconds'", "1580781378"),
        ("t 3600 'milliseconds'", "1580781377959"),
        ("t '60' 'other'", "1580777837959"),
        ("t -0.5 'seconds'", "1580777777"),
        ("t", "NaN"),
        ("t 'x'", "NaN"),
        ("'2020' 0", "NaN"),
        ("null 1 'rfc3339'", "1970-01-01T00:00:01.000Z"),
        ("253402300800000 0 'rfc3339'", "+010000-01-01T00:00:00.000Z"),
        ("-62198755200001 0 'rfc3339'", "-000002-12-31T23:59:59.999Z"),
        ("8640000000000001 0 'seconds'", "NaN"),
    ],
)
def test_format_with_offset(arguments: str, text: str) -> None:
    assert render(f"{{{{formatWithOffset {arguments}}}}}", {"t": 1580777777959}) == text


@pytest.mark.parametrize("style", ["rfc3339", "simple"])
def test_no_date_is_made_of_what_is_no_time(style: str) -> None:
    with pytest.raises(HandlebarsError, match="was not given a time"):
        render(f"{{{{formatWithOffset 'soon' 0 '{style}'}}}}", {})


def test_equal_makes_an_object_of_a_primitive() -> None:
    template = "{{#each this}}{{#equal this 'a'}}1{{#equal this 'a'}}2{{else}}3{{/equal}}{{/equal}}{{/each}}"
    assert render(template, ["a", "b"]) == "13"
