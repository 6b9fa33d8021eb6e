"""Reading: one directory, read once, as the subjects that rules look at. The only room that touches the disk."""

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
