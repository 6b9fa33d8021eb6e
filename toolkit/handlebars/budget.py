"""What one rendering may spend."""

from toolkit.handlebars.errors import HandlebarsError
from toolkit.handlebars.limits import MAX_CHARACTERS, MAX_DEPTH, MAX_STEPS


class Budget:
    """Counts levels, statements and characters; each method raises HandlebarsError, phase "limit", past the limit."""

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
        self._depth += 1

    def write(self, text: str) -> str:
        """The text itself, once it is paid for."""
        self._characters -= len(text)
        if self._characters < 0:
            raise self.exceeded(f"rendering makes more than {MAX_CHARACTERS} characters")
        return text

    def exceeded(self, message: str) -> HandlebarsError:
        return HandlebarsError(message, text=self._text, offset=0, phase="limit")
