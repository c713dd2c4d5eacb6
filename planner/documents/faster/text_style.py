"""What of a style its text depends on: two styles that agree in it break and draw the same text in the same way."""

from typing import Any

from planner.documents.faster.shared_styles import is_shared

PROPERTIES = (
    "direction",
    "font_family",
    "font_feature_settings",
    "font_kerning",
    "font_language_override",
    "font_size",
    "font_stretch",
    "font_style",
    "font_variant_alternates",
    "font_variant_caps",
    "font_variant_east_asian",
    "font_variant_ligatures",
    "font_variant_numeric",
    "font_variant_position",
    "font_variation_settings",
    "font_weight",
    "hyphenate_character",
    "hyphenate_limit_chars",
    "hyphenate_limit_zone",
    "hyphens",
    "lang",
    "letter_spacing",
    "overflow_wrap",
    "tab_size",
    "text_decoration_line",
    "white_space",
    "word_break",
    "word_spacing",
)
"""All that WeasyPrint reads where it breaks text and makes its glyphs."""


def text_style(style: Any) -> int | None:
    """A number that styles share where they agree in these; None for a style of one document alone."""
    attributes = style.__dict__
    found = attributes.get("text_style")
    if found is None and is_shared(style):
        kinds = style.font_config.text_styles
        key = tuple(str(style[name]) for name in PROPERTIES)
        found = attributes["text_style"] = kinds.setdefault(key, len(kinds))
    return found
