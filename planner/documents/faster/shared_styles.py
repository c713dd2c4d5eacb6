"""Computed styles shared by all documents of a process.

WeasyPrint computes a style for each element of each document. Elements with the same parent style, the same
matching rules and the same attributes have the same style, in one document as in the next.
"""

from types import SimpleNamespace
from typing import Any

from weasyprint import css

_MOST_STYLES = 8000
_OWN = {None: ("style", "lang", "id"), "a": ("style", "lang", "id", "name")}
_OWN["{http://www.w3.org/2000/svg}svg"] = (*_OWN[None], "width", "height")
"""Attributes that WeasyPrint reads as declarations of the element alone, by its tag."""


class StyleTable:
    """The styles of documents that use one set of fonts. `generation`: how often it was emptied."""

    def __init__(self) -> None:
        self.generation = 0
        self._styles: dict[tuple, Any] = {}
        self._sheets: dict[int, Any] = {}
        self.page_sizes: dict[tuple, dict] = {}

    def make_room(self) -> None:
        """Empty the table where it is full, before a document, never within one."""
        if len(self._styles) > _MOST_STYLES:
            self.generation += 1
            self._styles, self._sheets, self.page_sizes = {}, {}, {}

    def hold(self, sheets: list) -> dict:
        """Keep the style sheets, whose rules are told apart by where they are in memory; their page sizes."""
        self._sheets.update((id(sheet), sheet) for sheet, _, _ in sheets)
        return self.page_sizes.setdefault(tuple(id(sheet) for sheet, _, _ in sheets), {"box": None, "area": None})

    def get(self, key: tuple) -> Any:
        return self._styles.get(key)

    def keep(self, key: tuple, style: Any) -> None:
        style.is_shared = True
        self._styles[key] = style


def is_shared(style: Any) -> bool:
    """Whether the style, or the one it is the anonymous style of, is in a table: it stays where it is in memory."""
    if "is_shared" in style.__dict__:
        return True
    parent = style.parent_style
    return parent is not None and is_shared(parent) and parent.__dict__.get("anonymous_style") is style


class SharedStyleFor(css.StyleFor):
    """The styles of a document, from the table of its fonts where they have one."""

    def __init__(self, html, sheets, presentational_hints, font_config, target_collector):
        table = getattr(font_config, "shared_styles", None)
        if table is None or presentational_hints or any(sheet.layers for sheet, _, _ in sheets):
            super().__init__(html, sheets, presentational_hints, font_config, target_collector)
            return
        table.make_room()
        self._cascaded_styles, self._computed_styles = {}, {}
        self.initial_page_sizes = table.hold(sheets)
        self._sheets, self.font_config = sheets, font_config
        self._html, self._target_collector, self._table = html, target_collector, table
        pseudo: list[tuple] = []
        for element in html.wrapper_element.iter_subtree():
            parent = element.parent.etree_element if element.parent else None
            by_pseudo: dict[str | None, list] = {None: []}
            for sheet, origin, _ in sheets:
                for specificity, _, pseudo_type, rule in sheet.matcher.match(element):
                    by_pseudo.setdefault(pseudo_type, []).append((origin, specificity, rule))
            pseudo += [(element.etree_element, kind, rules) for kind, rules in by_pseudo.items() if kind]
            self._set(element.etree_element, None, parent, by_pseudo[None])
        for element, kind, rules in pseudo:
            self._set(element, kind, element, rules)
        self._cascaded_styles.clear()

    def _set(self, element, pseudo_type, parent, rules) -> None:
        own = tuple(element.get(name) for name in _OWN.get(element.tag, _OWN[None])) if pseudo_type is None else None
        parent_style = self._computed_styles[parent, None] if parent is not None else None
        key = (id(parent_style), pseudo_type, own, tuple(id(rule) for _, _, rule in rules))
        style = self._table.get(key)
        if style is None:
            style = self._computed(element, pseudo_type, parent, rules)
            self._table.keep(key, style)
        else:
            self._computed_styles[element, pseudo_type] = style
            if style["anchor"]:
                self._target_collector.collect_anchor(style["anchor"])

    def _computed(self, element, pseudo_type, parent, rules):
        """A style that is not in the table yet, made in WeasyPrint's way."""
        cascaded = self._cascaded_styles.setdefault((element, pseudo_type), {})
        if pseudo_type is None:
            alone = SimpleNamespace(iter=lambda: [element])
            for specificity, _, declarations, base_url in css.find_style_attributes(alone, False, self._html.base_url):
                declared = css.preprocess_declarations(base_url, declarations)
                _cascade(cascaded, declared, "author", specificity)
        for origin, specificity, (declarations, _) in rules:
            _cascade(cascaded, declarations, origin, specificity)
        self.set_computed_styles(
            element,
            parent,
            root=self._html.etree_element,
            pseudo_type=pseudo_type,
            base_url=self._html.base_url,
            target_collector=self._target_collector,
        )
        return self._computed_styles[element, pseudo_type]


def _cascade(cascaded: dict, declarations, origin: str, specificity) -> None:
    for name, values, importance in declarations:
        weight = (css.declaration_precedence(origin, importance), css.inf, specificity)
        if name not in cascaded or cascaded[name][1] <= weight:
            cascaded[name] = values, weight
