"""Our two themes, light and dark: warm paper and soft night. Every pair of text and ground keeps 4.5:1."""

from __future__ import annotations

from textual.theme import Theme

from verhalen.i18n import mark

LIGHT = Theme(
    name="verhalen-light",
    dark=False,
    primary="#1F5F7A",
    secondary="#5B4B8A",
    accent="#9A3F08",
    warning="#7A5000",
    error="#A32020",
    success="#1E6438",
    foreground="#22252A",
    background="#FAF8F4",
    surface="#FFFFFF",
    panel="#EEEAE2",
    variables={
        "text-muted": "#565B62",
        "text-disabled": "#636870",
        "foreground-muted": "#565B62",
        "border": "#1F5F7A",
        "border-blurred": "#B9B2A5",
        "block-cursor-background": "#1F5F7A",
        "block-cursor-foreground": "#FFFFFF",
        "block-cursor-blurred-background": "#D3E4EB",
        "block-cursor-blurred-foreground": "#22252A",
        "block-hover-background": "#E4EEF2",
        "input-selection-background": "#BBD9E6",
        "screen-selection-background": "#BBD9E6",
        "scrollbar": "#B9B2A5",
        "scrollbar-background": "#F1EDE6",
        "link-color": "#1F5F7A",
        "text-primary": "#1F5F7A",
        "text-secondary": "#5B4B8A",
        "text-accent": "#9A3F08",
        "text-warning": "#7A5000",
        "text-error": "#A32020",
        "text-success": "#1E6438",
        "button-color-foreground": "#FFFFFF",
    },
)

DARK = Theme(
    name="verhalen-dark",
    dark=True,
    primary="#7CC0DB",
    secondary="#BDAEEA",
    accent="#F0A868",
    warning="#E8C268",
    error="#FF9C94",
    success="#8FD19E",
    foreground="#E9E6DF",
    background="#1B1E22",
    surface="#22262B",
    panel="#2B3037",
    variables={
        "text-muted": "#B0B5BD",
        "text-disabled": "#A2A8B0",
        "foreground-muted": "#B0B5BD",
        "border": "#7CC0DB",
        "border-blurred": "#4A515A",
        "block-cursor-background": "#7CC0DB",
        "block-cursor-foreground": "#14171A",
        "block-cursor-blurred-background": "#2F4954",
        "block-cursor-blurred-foreground": "#E9E6DF",
        "block-hover-background": "#2A353B",
        "input-selection-background": "#35566A",
        "screen-selection-background": "#35566A",
        "scrollbar": "#4A515A",
        "scrollbar-background": "#1F2327",
        "link-color": "#7CC0DB",
        "text-primary": "#7CC0DB",
        "text-secondary": "#BDAEEA",
        "text-accent": "#F0A868",
        "text-warning": "#E8C268",
        "text-error": "#FF9C94",
        "text-success": "#8FD19E",
        "button-color-foreground": "#14171A",
    },
)

THEMES = (LIGHT, DARK)
THEME_NAMES = {LIGHT.name: mark("Light"), DARK.name: mark("Dark")}
"""Theme to its marked name."""


def known_theme(name: str) -> str:
    """The theme of that name; the first where there is none."""
    return name if name in THEME_NAMES else LIGHT.name
