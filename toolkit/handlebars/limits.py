"""How far a hostile template gets before it is refused (HandlebarsError, phase "limit").

The largest real template has 50 tokens a kilobyte, 5 levels and some hundred steps; these bounds keep the worst case
under a second and 200 MB.
"""

MAX_TOKENS = 50_000
"""Tokens of one template."""

MAX_DEPTH = 100
"""Blocks, `else if` links, sub-expressions and partials inside one another."""

MAX_STEPS = 100_000
"""Statements that one rendering executes."""

MAX_CHARACTERS = 2_000_000
"""Code points that one rendering writes or that its helpers return."""
