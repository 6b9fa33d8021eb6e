"""The integrations beside one, looked up in what all of them share."""

from toolkit.examples import damaged
from toolkit.integration import Integration
from toolkit.integration.siblings import Neighborhood, Siblings, which_have

VALUES = {
    "acme": {"name": "Acme Signals", "oauthIntegrationKey": "acme"},
    "bolt": {"name": "ACME signals ", "links": {"site": "https://www.bolt.example"}, "supportEmail": "a@bolt.example"},
    "crest": {"name": "Zephyr Crest", "oauthIntegrationKey": "acme"},
    "dune": None,
    "elm": {"name": 1, "oauthIntegrationKey": []},
}
EVERY = Neighborhood(VALUES)


def test_one_is_not_beside_itself() -> None:
    acme = Siblings(EVERY, "acme")
    assert list(acme) == ["bolt", "crest", "dune", "elm"]
    assert len(acme) == 4
    assert "acme" not in acme
    assert acme["dune"] is None
    assert len(Siblings(EVERY, "new")) == 5


def test_they_are_found_by_what_they_say() -> None:
    acme, new = Siblings(EVERY, "acme"), Siblings(EVERY, "new")
    assert acme.with_name(" Acme SIGNALS") == ["bolt"]
    assert new.with_name("Acme Signals") == ["acme", "bolt"]
    assert acme.with_oauth_key("acme") == ["crest"]
    assert [product.name for product in new.at_domain("bolt.example")] == ["ACME signals "]
    assert [product.directory for product in new.with_word({"Crest", "ZEPHYR", "the"})] == ["crest"]
    assert [product.directory for product in new.called_as("bolt", ["bolt"])] == ["bolt"]
    assert [product.directory for product in new.called_as("a-zephyr-crest", ["a", "zephyr", "crest"])] == ["crest"]
    assert new.called_as("zephyr", ["zephyr"]) == []
    assert new.called_as("dune", ["dune"]) == []


def test_a_message_names_a_few() -> None:
    assert which_have(["a"]) == "the integration a has"
    assert which_have(["a", "b"]) == "the integrations a and b have"
    assert which_have(["a", "b", "c", "d"]) == "the integrations a, b, c and d have"
    assert which_have(["a", "b", "c", "d", "e"]) == "the integrations a, b, c and 2 more have"


def test_those_in_memory_are_there_too() -> None:
    integration: Integration = damaged({f"../{name}/manifest.json": '{"name": "Bolt"}' for name in ("a", "b")})
    assert integration.siblings.with_name("bolt") == ["a", "b"]
