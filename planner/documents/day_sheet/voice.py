"""The voice of the day sheet: what is not settled stands in a mark of its own, wherever it is said."""

import re
from typing import Any

from markupsafe import Markup

from planner.documents.text import HtmlVoice

NOT_KNOWN, TOO_EARLY, ADVISED_AGAINST = "NOT KNOWN", "TOO EARLY", "ADVISED AGAINST"
_MARKED = re.compile("|".join((NOT_KNOWN, TOO_EARLY, ADVISED_AGAINST)))


class DayVoice(HtmlVoice):
    def say(self, text: Any) -> Markup:
        return Markup(_MARKED.sub(r'<b class="unknown">\g<0></b>', str(super().say(text))))
