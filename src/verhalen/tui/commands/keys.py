"""Keys on a Belgian keyboard: digits without Shift, and names of keys that people read."""

from __future__ import annotations

from verhalen.i18n import mark, t

AZERTY_DIGITS = {
    "1": "ampersand",
    "2": "é",
    "3": "quotation_mark",
    "4": "apostrophe",
    "5": "left_parenthesis",
    "6": "section_sign",
    "7": "è",
    "8": "exclamation_mark",
    "9": "ç",
    "0": "à",
}
"""Digit to the name that Textual gives to the unshifted key of the Belgian top row, `&é"'(§è!çà`."""

_NAMES = {
    "escape": mark("esc"),
    "enter": mark("enter"),
    "space": mark("space bar"),
    "delete": mark("delete"),
    "backspace": mark("backspace"),
    "pageup": mark("page up"),
    "pagedown": mark("page down"),
    "home": mark("home"),
    "end": mark("end"),
    "tab": mark("tab"),
    "shift": mark("shift"),
    "comma": ",",
    "semicolon": ";",
    "colon": ":",
    "minus": "-",
    "plus": "+",
    "equals_sign": "=",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}


def keys_of(key: str) -> tuple[str, ...]:
    """The single keys of a comma separated list, as Textual names them."""
    return tuple(each.strip() for each in key.split(",") if each.strip())


def with_azerty(keys: tuple[str, ...]) -> tuple[str, ...]:
    """The keys, and for each digit its unshifted Belgian key."""
    return keys + tuple(AZERTY_DIGITS[key] for key in keys if key in AZERTY_DIGITS)


def digit_of(key: str) -> str | None:
    """The digit that a key stands for outside text fields, shifted or not; None for any other key."""
    if key in AZERTY_DIGITS:
        return key
    return next((digit for digit, plain in AZERTY_DIGITS.items() if plain == key), None)


def key_label(key: str) -> str:
    """A key as people read it: `ctrl+z`, `F1`, `Esc`, `↑`; capitals as on the keyboard."""
    *modifiers, last = key.split("+") if key != "+" else ["+"]
    if last.startswith("f") and last[1:].isdecimal():
        last = last.upper()
    elif last.startswith("upper_"):
        modifiers, last = [*modifiers, "shift"], last.removeprefix("upper_")
    return "+".join([t(_NAMES.get(each, each)) for each in (*modifiers, last)])
