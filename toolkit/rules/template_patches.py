"""What bad examples on templates are built from."""

from toolkit.rules.patches import TOKEN, approval, capability, hook
from toolkit.rules.registry import Patch

GOOD = '{\n  "title": "{{{title.plainText}}}"\n}\n'


def hook_with(suffix: str = ".json.hbs", endpoint: object = None, **texts: str) -> Patch:
    """A patch that makes the sample an audit log hook with a template file of this text for each kind."""
    paths = {kind: f"templates/{kind}{suffix}" for kind in texts}
    files = {path: texts[kind] for kind, path in paths.items()}
    return {**hook(endpoint, useStandardWebhookPayload=None, templates=paths), **files}


def hook_endpoint(endpoint: object, variables: tuple[object, ...] = (TOKEN,), **members: object) -> Patch:
    """The same, with a good template, and these changes of the endpoint."""
    templates = {"default": "templates/default.json.hbs"}
    patch = hook(endpoint, variables, useStandardWebhookPayload=None, templates=templates, **members)
    return {**patch, "templates/default.json.hbs": GOOD}


def link_with(text: str, metadata: object = None, blocks: object = None, **members: object) -> Patch:
    """A patch that gives the sample a flag link with these words, or other blocks."""
    blocks = blocks or {"title": {"elements": [{"text": text}]}}
    value = {"header": "Acme record", "emptyState": {"title": "No records yet."}, "uiBlocks": blocks, **members}
    return capability("flagLink", value | ({"metadata": metadata} if metadata is not None else {}))


def approval_with(body: str) -> Patch:
    """A patch that makes the sample an approval system with this body of the request that creates one."""
    patch = approval()
    patch["manifest.json"]["capabilities"]["approval"]["creationRequest"]["jsonBody"] = body
    return patch
