"""Dates and day ranges as they are printed."""

import pytest

from planner.plan import dates


@pytest.mark.parametrize(
    ("iso", "text"),
    [
        ("2026-12-15T07:30", "Tue 15-Dec-2026 07:30"),
        ("2026-12-15", "Tue 15-Dec-2026"),
        ("2026-01-05T00:00", "Mon 05-Jan-2026 00:00"),
        (None, ""),
        ("soon", ""),
    ],
)
def test_moments(iso, text):
    assert dates.moment_words(iso) == text


@pytest.mark.parametrize(
    ("iso", "text"),
    [
        ("2026-12-15T07:30", "Tue 15-Dec 07:30"),
        ("2027-01-01T00:00", "Fri 01-Jan 00:00"),
        ("2026-12-15", "Tue 15-Dec"),
        ("2026-12-15T07:30:00-05:00", "Tue 15-Dec 07:30"),
        (None, ""),
        ("soon", ""),
    ],
)
def test_moments_near_surgery_need_no_year(iso, text):
    assert dates.near_words(iso) == text


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ("2026-12-15T13:30", "2026-12-15T19:30", "Tue 15-Dec 13:30 to 19:30"),
        ("2026-12-15T22:00", "2026-12-16T03:00", "Tue 15-Dec 22:00 to Wed 16-Dec 03:00"),
        ("2026-12-31T22:00", "2027-01-01T00:00", "Thu 31-Dec 22:00 to Fri 01-Jan 00:00"),
        ("2026-12-15T13:30", "2026-12-15T13:30", "Tue 15-Dec 13:30 to 13:30"),
    ],
)
def test_the_day_of_an_end_is_named_only_where_it_is_another(first, last, text):
    assert dates.between_words(first, last) == text


@pytest.mark.parametrize(
    ("named", "iso", "text"),
    [
        ("2026-12-15T13:30", "2026-12-15T19:30", "19:30"),
        ("2026-12-15T19:30", "2026-12-15T00:00", "00:00"),
        ("2026-12-15T22:00", "2026-12-16T03:00", "Wed 16-Dec 03:00"),
        ("2027-01-01T06:00", "2026-12-31T22:00", "Thu 31-Dec 22:00"),
    ],
)
def test_a_moment_beside_one_of_the_same_day_needs_no_day(named, iso, text):
    assert dates.beside_words(named, iso) == text


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (0, 0, "day of surgery"),
        (1, 1, "day 1"),
        (1, 3, "days 1 to 3"),
        (14, 42, "weeks 2 to 6"),
        (14, 20, "days 14 to 20"),
        (42, 42, "week 6"),
        (7, 14, "days 7 to 14"),
        (-14, -3, "14 to 3 days before"),
        (-1, -1, "1 day before"),
        (-28, -28, "28 days before"),
        (-1, 0, "from 1 day before"),
        (-2, 1, "2 days before to day 1"),
        (0, 2, "days 0 to 2"),
    ],
)
def test_days_from_surgery(first, last, text):
    assert dates.days_words(first, last) == text


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ("2026-12-15", "2026-12-15", "Tue 15-Dec"),
        ("2026-12-15", None, "Tue 15-Dec"),
        ("2026-12-16", "2026-12-18", "Wed 16 to Fri 18-Dec"),
        ("2026-11-30", "2026-12-02", "Mon 30-Nov to Wed 02-Dec"),
        ("2026-12-29", "2027-01-05", "Tue 29-Dec to Tue 05-Jan-2027"),
        ("2027-01-12", "2027-03-09", "Tue 12-Jan to Tue 09-Mar-2027"),
        ("2027-01-26", "2027-01-26", "Tue 26-Jan-2027"),
        (None, "2026-12-16", ""),
    ],
)
def test_spans_name_the_year_only_where_it_is_another(first, last, text):
    assert dates.span_words(first, last, 2026) == text


def test_without_a_known_year_every_year_is_named():
    assert dates.span_words("2026-12-16", "2026-12-18", None) == "Wed 16 to Fri 18-Dec-2026"


@pytest.mark.parametrize(
    ("iso", "text"),
    [
        ("2026-12-15T01:30", "01:30"),
        ("2026-12-14T23:30", "Mon 14-Dec-2026 23:30"),
        ("2026-12-15", "Tue 15-Dec-2026"),
        (None, ""),
    ],
)
def test_a_time_on_the_day_of_surgery_needs_no_date(iso, text):
    assert dates.time_words(iso, "Tue 15-Dec-2026") == text


@pytest.mark.parametrize(
    ("iso", "text"),
    [
        ("2026-12-14T18:05:00", "14-Dec-2026 18:05"),
        ("2026-12-14T18:05:00+00:00", "14-Dec-2026 18:05 UTC"),
        ("2026-12-14T18:05:00Z", "14-Dec-2026 18:05 UTC"),
        ("2026-12-14T18:05:00-05:30", "14-Dec-2026 18:05 UTC-05:30"),
    ],
)
def test_the_time_of_printing_names_its_zone(iso, text):
    assert dates.stamp_words(iso) == text


def test_times_for_the_file_are_utc():
    assert dates.utc("2026-12-14T18:05:00-05:00").isoformat() == "2026-12-14T23:05:00"
    assert dates.utc("2026-12-14T18:05:00").isoformat() == "2026-12-14T18:05:00"
