"""What the name of a host says about it, without asking anybody."""

import re
from functools import lru_cache

from toolkit.regex import regex

_RESERVED = regex(r"(?:^|\.)(?:example|test|invalid|example\.(?:com|net|org|edu))$")
"""Set aside for documentation and tests by RFC 2606 and RFC 6761."""
_TO_FILL_IN = regex(
    r"(?:your|insert|replace)(?:own)?(?:company|corp|domain|org|organi[sz]ation|business|brand|team|name|site|website|"
    r"app|product|service|integration|host|server|instance|tenant|account|workspace|project|subdomain|url|link)"
    r"(?:name|here)?|my(?:company|org|domain|site|website)|companyname|domainname|changeme|placeholder"
)
"""A part of a name, without hyphens, that people write where the right one is still to come."""
_WORDS = frozenset({"company", "domain", "website", "foo", "foobar", "fixme"})
"""The same where it is all that stands before ``.com`` or ``.io``."""
_OFTEN_NAMES = frozenset({f"{word}.{end}" for word in ("test", "todo") for end in ("com", "org", "net")})
"""The same where only some endings make a placeholder of it: test.io is a company."""
_TEMPORARY = regex(
    r"(?:^|\.)(?:ngrok\.io|ngrok\.app|ngrok\.dev|ngrok-free\.(?:app|dev)|webhook\.site|loca\.lt|localtunnel\.me|serveo\.net"
    r"|trycloudflare\.com|requestbin\.(?:com|net)|hookbin\.com|beeceptor\.com|requestcatcher\.com|m\.pipedream\.net)$"
)
"""Hosts of tunnels and of pages that show requests, which people use while they try things out."""
_LOCAL = regex(r"(?:^|\.)(?:localhost|localdomain|local|internal|intranet|lan|home|corp|home\.arpa)$")
_ADDRESS = regex(r"\d+(?:\.\d+){0,3}|0x[0-9a-f]+|[0-9a-f.]*:[0-9a-f:.]*(?:%.+)?")
_LABEL = regex(r"[^\W_](?:[\w-]{0,61}[^\W_])?|_[\w-]{1,62}")


@lru_cache(maxsize=1024)
def is_possible(host: str) -> bool:
    """Whether a machine can be called so: labels of letters, digits and hyphens, or an IP address."""
    labels = host.removesuffix(".").split(".")
    return len(host) <= 253 and (all(map(_LABEL.fullmatch, labels)) or is_address(host))


def is_address(host: str) -> bool:
    """Whether it is an IP address rather than a name."""
    return bool(_ADDRESS.fullmatch(host))


@lru_cache(maxsize=1024)
def is_placeholder(host: str) -> bool:
    """Whether the name stands for one that is still to come: example.com, yourcompany.com, a tunnel for trying out."""
    labels = re.sub(r"[-_]", "", host).split(".")
    words = (len(labels) == 2 and labels[0] in _WORDS) or host in _OFTEN_NAMES
    return words or bool(_RESERVED.search(host) or _TEMPORARY.search(host)) or any(map(_TO_FILL_IN.fullmatch, labels))


def is_local(host: str) -> bool:
    """Whether it is a name that only a private network knows: localhost, one without a dot, and the like."""
    return not is_address(host) and ("." not in host.strip(".") or bool(_LOCAL.search(host)))
