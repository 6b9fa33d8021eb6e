"""How far a hostile template gets before it is refused (HandlebarsError, phase "limit").

Real templates have up to 300 tokens and 5 levels; these bounds keep the worst ones under a second and 200 MB.
"""

from toolkit.handlebars.errors import HandlebarsError

MAX_TOKENS = 50_000
"""Tokens of one template."""

MAX_DEPTH = 100
"""Blocks, `else if` links, sub-expressions and partials inside one another."""

MAX_STEPS = 100_000
"""Statements and programs that one rendering executes."""

MAX_CHARACTERS = 2_000_000
"""Code points that one rendering writes or that its helpers return."""


class Budget:
    """Counts levels, statements and characters; its methods raise HandlebarsError past the limit."""

    __slots__ = ("_characters", "_depth", "_steps", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._depth = MAX_DEPTH
        self._steps = MAX_STEPS
        self._characters = MAX_CHARACTERS

    def enter(self, statements: int) -> None:
        """Begins a program; ``leave`` ends it."""
        self._depth -= 1
        self._steps -= statements + 1
        if self._depth < 0:  # only partials get here: the parser counts everything else
            message = f"a partial includes itself more than {MAX_DEPTH} levels deep"
            raise HandlebarsError(message, text=self._text, offset=0, phase="render")
        if self._steps < 0:
            raise self.exceeded(f"rendering takes more than {MAX_STEPS} steps")

    def leave(self) -> None:
        """Ends the program that ``enter`` began."""
        self._depth += 1

    def write(self, text: str) -> str:
        """The text itself, counted against MAX_CHARACTERS."""
        self._characters -= len(text)
        if self._characters < 0:
            raise self.exceeded(f"rendering makes more than {MAX_CHARACTERS} characters")
        return text

    def exceeded(self, message: str) -> HandlebarsError:
        """The error that says which limit was passed."""
        return HandlebarsError(message, text=self._text, offset=0, phase="limit")
