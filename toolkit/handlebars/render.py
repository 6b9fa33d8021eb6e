"""Renders templates strictly as handlebars.js 4.7.8 does, quirks included."""

from collections.abc import Mapping

from toolkit.handlebars.budget import Budget
from toolkit.handlebars.builtins import BUILTINS, Helper
from toolkit.handlebars.helpers import OFFICIAL
from toolkit.handlebars.parser import parse
from toolkit.handlebars.renderer import Renderer


def render(text: str, context: object, helpers: Mapping[str, Helper] = OFFICIAL) -> str:
    """What a template makes of a context (anything that ``json.loads`` returns).

    Raises HandlebarsError: phase "parse" or "render" where handlebars.js refuses it too, "limit" where only we do.
    """
    program = parse(text)
    budget = Budget(text)
    try:
        return Renderer(text, {**BUILTINS, **helpers}, budget).template(program, context)
    except RecursionError:
        raise budget.exceeded("the template is nested too deeply") from None
