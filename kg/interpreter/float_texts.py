"""A float as text, as Java writes it: `1.0E7`, `0.001`, `Infinity`."""

from math import inf


def float_text(value: float) -> str:
    """The text of a float on Neo4j: written out from 0.001 to below 10,000,000, and otherwise with an exponent."""
    if value != value:
        return "NaN"
    if value in (inf, -inf):
        return "Infinity" if value > 0 else "-Infinity"
    if 1e-3 <= abs(value) < 1e7 or not value:
        return repr(value)
    shortest = repr(value)
    # Java writes two digits at least, those nearest to the number.
    mantissa, _, exponent = (shortest if "." in shortest else f"{value:.1e}").partition("e")
    sign = "-" if value < 0 else ""
    whole, _, fraction = mantissa.lstrip("-").partition(".")
    digits = (whole + fraction).lstrip("0")
    power = int(exponent or 0) + (len(whole) - 1 if whole != "0" else len(digits) - len(fraction) - 1)
    digits = digits.rstrip("0") or "0"
    return f"{sign}{digits[0]}.{digits[1:] or '0'}E{power}"
