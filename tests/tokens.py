"""One invented credential of each kind, made when it is needed, so that no scanner takes this file for a leak."""

import random
import string
import uuid

_RANDOM = random.Random(20)
ALPHANUMERIC = string.ascii_letters + string.digits
BASE64 = ALPHANUMERIC + "+/"
URL_SAFE = ALPHANUMERIC + "_-"
HEX = "0123456789abcdef"


def some(length: int, alphabet: str = ALPHANUMERIC) -> str:
    """Random characters that start and end in a letter."""
    middle = "".join(_RANDOM.choice(alphabet) for _ in range(length - 2))
    return f"f{middle}a" if alphabet == HEX else f"Q{middle}Q"


def _uuid() -> str:
    return str(uuid.UUID(int=_RANDOM.getrandbits(128)))


def _key(line: str) -> str:
    body = line.join(some(64, BASE64) for _ in range(20))
    return f"-----BEGIN RSA PRIVATE KEY-----{line}{body}{line}-----END RSA PRIVATE KEY-----"


TOKENS = {
    "access token": f"api-{_uuid()}",
    "SDK key": f"sdk-{_uuid()}",
    "mobile key": f"mob-{_uuid()}",
    "relay key": f"rel-{_uuid()}",
    "private key": _key("\n"),
    "private key in a string": _key(r"\n"),
    "AWS key": "AKIA" + some(16, string.ascii_uppercase + "234567"),
    "AWS secret": "aws_secret_access_key = " + some(40, BASE64),
    "Slack bot": f"xoxb-{some(11, string.digits).replace('Q', '1')}-{some(24)}",
    "Slack app": f"xapp-1-{some(11, string.ascii_uppercase)}-4081234567890-{some(64, HEX)}",
    "Slack webhook": f"https://hooks.slack.com/services/T{some(8).upper()}/B{some(8).upper()}/{some(24)}",
    "GitHub classic": "ghp_" + some(36),
    "GitHub app": "ghs_" + some(36),
    "GitHub fine-grained": f"github_pat_{some(22)}_{some(59)}",
    "GitLab": "glpat-" + some(20, URL_SAFE),
    "Google key": "AIza" + some(35, URL_SAFE),
    "Google secret": "GOCSPX-" + some(28, URL_SAFE),
    "Google token": "ya29." + some(120, URL_SAFE),
    "web token": f"eyJ{some(33)}.eyJ{some(80)}.{some(43, URL_SAFE)}",
    "Stripe": "sk_live_" + some(24),
    "Stripe restricted": "rk_test_" + some(99),
    "Stripe webhook": "whsec_" + some(32),
    "Microsoft webhook": f"https://acme.webhook.office.com/webhookb2/{_uuid()}@{_uuid()}/Hook/{some(32, HEX)}",
    "Azure": f"AccountKey={some(86, BASE64)}==",
    "SendGrid": f"SG.{some(22)}.{some(43)}",
    "New Relic": "NRAK-" + some(27, string.ascii_uppercase + string.digits),
    "Databricks": "dapi" + some(32, HEX),
    "npm": "npm_" + some(36),
    "PyPI": "pypi-AgEIcHlwaS5vcmc" + some(120, URL_SAFE),
    "OpenAI": f"sk-proj-{some(40)}T3BlbkFJ{some(40)}",
    "Anthropic": "sk-ant-api03-" + some(93, URL_SAFE),
}
