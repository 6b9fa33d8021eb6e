"""Feature stores: what is written to the partner's storage."""

from collections.abc import Iterator

from toolkit.finding import Problem
from toolkit.integration import Integration, Manifest
from toolkit.integration.pointers import FEATURE_STORE
from toolkit.integration.template import DEEPEST
from toolkit.json_text import JsonSyntaxError, is_deeper, read
from toolkit.rules.examples import HOST, store
from toolkit.rules.registry import note, rule, warning

_REQUEST = f"{FEATURE_STORE}/featureStoreRequest"


@rule(note, bad=store(url=f"{HOST}/store"), good=store(url=f"{HOST}/store/{{{{_featureStoreKey}}}}"))
def shared_store_key(manifest: Manifest) -> Iterator[Problem]:
    """A feature store keeps the flags of each environment apart.

    Use `{{_featureStoreKey}}` in the URL, or `{{envId}}` in the prefix. Without either, each configuration needs
    its own store.
    """
    request = manifest.object(_REQUEST)
    if request and not any(word in str(request) for word in ("_featureStoreKey", "envId")):
        place, help_ = manifest.key(_REQUEST), "put {{_featureStoreKey}} into the URL"
        yield Problem(place, "nothing in the request tells environments apart", help_)


@rule(
    warning,
    bad=store(payloadPrefix='{"key": "ld-{{envId}}", "value": '),
    good=store(payloadPrefix='{"key": "ld-{{envId}}", "value": ', payloadSuffix="}"),
)
def invalid_store_payload(manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """The prefix, the flags and the suffix of a feature store together are JSON.

    `payloadPrefix`, the flags and `payloadSuffix` are sent one after the other.
    """
    parts = {one.place.pointer: one for one in integration.templates if (one.place.pointer or "").startswith(_REQUEST)}
    prefix, suffix = (parts.get(f"{_REQUEST}/{name}") for name in ("payloadPrefix", "payloadSuffix"))
    texts = [part.text if part else "" for part in (prefix, suffix)]
    if not any(texts) or is_deeper("".join(texts), DEEPEST):
        return
    for filling in ("x", "0", '"x"'):
        before, after = (part.filled_with(filling) if part else "" for part in (prefix, suffix))
        if _is_json(f"{before}{{}}{after}"):
            return
    place = manifest.key(f"{_REQUEST}/{'payloadPrefix' if texts[0] else 'payloadSuffix'}")
    help_ = "close in the suffix what the prefix opens"
    yield Problem(place, "prefix, flags and suffix together are not JSON", help_)


def _is_json(text: str) -> bool:
    try:
        read(text.encode())
    except (JsonSyntaxError, UnicodeEncodeError):
        return False
    return True
