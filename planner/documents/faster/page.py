"""A page for WeasyPrint from a tree that is read already."""

from xml.etree.ElementTree import Element

from cssselect2 import ElementWrapper
from weasyprint import HTML


class ReadPage(HTML):
    """What WeasyPrint's HTML is for a text."""

    def __init__(self, root: Element, base_url: str, url_fetcher) -> None:
        self.base_url, self.url_fetcher, self.media_type = base_url, url_fetcher, "print"
        self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element
