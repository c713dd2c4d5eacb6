"""Amounts as a pharmacist writes them."""

import pytest

from planner.library.quantities import Amount, Span, parse_amount, parse_hours, parse_span


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1,000 mg", Amount(1000, "mg")),
        ("0.5 mg", Amount(0.5, "mg")),
        ("15 mg/kg", Amount(15, "mg", ("kg",))),
        ("0.2 mg/kg/h", Amount(0.2, "mg", ("kg", "h"))),
        ("50 %", Amount(50, "%")),
        ("17 g", Amount(17, "g")),
    ],
)
def test_reads_amounts(text, amount):
    assert parse_amount(text) == amount
    assert parse_amount(str(amount)) == amount


@pytest.mark.parametrize("text", ["1000", "mg", "15 Mg", "1.5.2 mg", "-5 mg", "15 mg/m2", "five mg", "", "15 µg"])
def test_refuses_what_is_no_amount(text):
    with pytest.raises(ValueError, match="amount|unit|per kg"):
        parse_amount(text)


@pytest.mark.parametrize(("text", "hours"), [("6 h", 6), ("15 min", 0.25), ("5 days", 120), ("1 week", 168)])
def test_reads_hours(text, hours):
    assert parse_hours(text) == hours


@pytest.mark.parametrize(
    ("text", "span"),
    [("10 to 20 mL", Span(10, 20, "mL")), ("8 to 16 h", Span(8, 16, "h")), ("20 mL", Span(20, 20, "mL"))],
)
def test_reads_ranges(text, span):
    assert parse_span(text) == span


def test_refuses_a_range_that_falls():
    with pytest.raises(ValueError, match="smaller to the larger"):
        parse_span("20 to 10 mL")
