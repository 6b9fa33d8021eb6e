"""Reading: one directory, read once, as the subjects that rules look at. The only room that touches the disk.

Each name is imported when it is first asked for: who only lists files needs no parser.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toolkit.integration.answer import Answer, Visit
    from toolkit.integration.blocks import Cell, Code, Fence, Table
    from toolkit.integration.endpoint import Endpoint
    from toolkit.integration.files import File, Kind, UnreadableError
    from toolkit.integration.form_variable import FormVariable
    from toolkit.integration.headings import Heading
    from toolkit.integration.icon import Icon, Svg
    from toolkit.integration.integration import Integration
    from toolkit.integration.json_file import JsonFile
    from toolkit.integration.link import Link
    from toolkit.integration.manifest import Manifest
    from toolkit.integration.readme import Readme, Undefined
    from toolkit.integration.statement import Statement
    from toolkit.integration.template import Template, Use
    from toolkit.integration.texts import Text

__all__ = [
    "Answer",
    "Cell",
    "Code",
    "Endpoint",
    "Fence",
    "File",
    "FormVariable",
    "Heading",
    "Icon",
    "Integration",
    "JsonFile",
    "Kind",
    "Link",
    "Manifest",
    "Readme",
    "Statement",
    "Svg",
    "Table",
    "Template",
    "Text",
    "Undefined",
    "UnreadableError",
    "Use",
    "Visit",
]

_HOMES = {
    "Answer": "answer",
    "Visit": "answer",
    "Cell": "blocks",
    "Code": "blocks",
    "Fence": "blocks",
    "Table": "blocks",
    "Endpoint": "endpoint",
    "File": "files",
    "Kind": "files",
    "UnreadableError": "files",
    "FormVariable": "form_variable",
    "Heading": "headings",
    "Icon": "icon",
    "Svg": "icon",
    "Integration": "integration",
    "JsonFile": "json_file",
    "Link": "link",
    "Manifest": "manifest",
    "Readme": "readme",
    "Undefined": "readme",
    "Statement": "statement",
    "Template": "template",
    "Use": "template",
    "Text": "texts",
}
"""The module of each name."""


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    return value
