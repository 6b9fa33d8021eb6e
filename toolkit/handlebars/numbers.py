"""Numbers as JavaScript reads and prints them; every number is a double there."""

import math

from toolkit.handlebars.lexer import WHITESPACE

_EXACT = 2**53
_NUMERAL = frozenset("0123456789+-.eE")
_RADICES = {"0x": 16, "0X": 16, "0o": 8, "0O": 8, "0b": 2, "0B": 2}
_INFINITIES = {"Infinity": math.inf, "+Infinity": math.inf, "-Infinity": -math.inf}


def to_float(number: float) -> float:
    """The double that JavaScript holds for any Python number."""
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf


def read_number(text: str) -> float:
    """JavaScript's Number(text): 0 for nothing, NaN for what is no number."""
    text = text.strip(WHITESPACE)
    if not text or text in _INFINITIES:
        return _INFINITIES.get(text, 0.0)
    radix = _RADICES.get(text[:2])
    try:
        if radix and text[2:].isalnum():
            return to_float(int(text[2:], radix))
        return float(text) if _NUMERAL.issuperset(text) else math.nan
    except ValueError:
        return math.nan


def number_text(number: float) -> str:
    """A number as JavaScript prints it: 1e+21, 1e-7, -0 as 0, integers beyond 2**53 rounded."""
    if isinstance(number, int) and -_EXACT < number < _EXACT:
        return str(int(number))
    number = to_float(number)
    if not math.isfinite(number):
        return "NaN" if math.isnan(number) else "Infinity" if number > 0 else "-Infinity"
    if number == 0:
        return "0"
    mantissa, _, exponent = repr(abs(number)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    point = len(digits) - len(fraction) + int(exponent or 0)
    return ("-" if number < 0 else "") + _layout(digits.rstrip("0"), point)


def _layout(digits: str, point: int) -> str:
    """0.digits times 10**point, as ECMA-262 lays a number out."""
    if len(digits) <= point <= 21:
        return digits + "0" * (point - len(digits))
    if 0 < point <= 21:
        return f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return "0." + "0" * -point + digits
    fraction = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{digits[0]}{fraction}e{point - 1:+d}"
