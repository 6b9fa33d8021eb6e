"""Handlebars: parse with positions, render as handlebars.js 4.7 strictly does, walk without rendering."""

from toolkit.handlebars.builtin_helpers import Helper
from toolkit.handlebars.errors import HandlebarsError
from toolkit.handlebars.helpers import OFFICIAL, PRODUCTION
from toolkit.handlebars.lexer import comments
from toolkit.handlebars.nodes import Program
from toolkit.handlebars.parser import parse
from toolkit.handlebars.places import ITEM, Steps
from toolkit.handlebars.references import (
    BlockParameter,
    HelperCall,
    Reference,
    block_parameters,
    calls,
    references,
    texts,
)
from toolkit.handlebars.render import render

__all__ = [
    "ITEM",
    "OFFICIAL",
    "PRODUCTION",
    "BlockParameter",
    "HandlebarsError",
    "Helper",
    "HelperCall",
    "Program",
    "Reference",
    "Steps",
    "block_parameters",
    "calls",
    "comments",
    "parse",
    "references",
    "render",
    "texts",
]
