"""The condition language: what it accepts, and what it refuses with a sentence."""

import pytest

from planner.library.conditions import All, Any_, Ask, Not, Number, Word, parse_condition


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("kidney < 30", Number("kidney", "<", 30)),
        ("30 > kidney", Number("kidney", "<", 30)),
        ("30 <= kidney < 60", All((Number("kidney", ">=", 30), Number("kidney", "<", 60)))),
        ("has(sleep_apnea) or stop_bang >= 5", Any_((Ask("has", "sleep_apnea"), Number("stop_bang", ">=", 5)))),
        ("not takes(ace-inhibitor)", Not(Ask("takes", "ace-inhibitor"))),
        ("takes(cox2-inhibitor)", Ask("takes", "cox2-inhibitor")),
        ("takes('polyethylene glycol 3350')", Ask("takes", "polyethylene glycol 3350")),
        ("takes(antiarrhythmic-class-1)", Ask("takes", "antiarrhythmic-class-1")),
        ("takes(magnesium sulfate)", Ask("takes", "magnesium sulfate")),
        ("child_pugh in (B, C)", Word("child_pugh", ("B", "C"))),
        ("cyp2c9 != poor", Word("cyp2c9", ("poor",), negated=True)),
    ],
)
def test_reads(text, meaning):
    assert parse_condition(text) == meaning


@pytest.mark.parametrize(
    "text",
    [
        "",
        "kidney <",
        "kidney < crcl",
        "print('x')",
        "has(a, b)",
        "has()",
        "1 < 2 < x()",
        "__import__('os').system('x')",
        "kidney < -3 + 2",
        "lambda: 1",
        "a if b else c",
    ],
)
def test_refuses_with_a_sentence(text):
    with pytest.raises(ValueError, match=r"\w+ \w+"):
        parse_condition(text)
