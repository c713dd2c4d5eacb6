"""Columns of about equal length, in reading order."""

import pytest

from planner.documents.columns import Group, Shape, columns, depth, merged, wrapped

TWO = Shape(2, 58)


def layout(*groups, shape=TWO):
    made = columns([Group(title, lines) for title, lines in groups], str, shape)
    return [[(group.title, group.lines) for group in column] for column in made]


def test_nothing_gives_no_column():
    assert layout(("A", ())) == []


def test_a_few_short_lines_stay_in_one_column():
    assert layout(("A", ("x", "y"))) == [[("A", ("x", "y"))]]


def test_groups_are_kept_whole_where_that_is_no_longer():
    assert layout(("A", ("1", "2", "3")), ("B", ("4", "5", "6"))) == [
        [("A", ("1", "2", "3"))],
        [("B", ("4", "5", "6"))],
    ]


def test_a_cut_group_has_its_heading_in_both_columns():
    assert layout(("A", tuple("123456"))) == [[("A", ("1", "2", "3"))], [("A", ("4", "5", "6"))]]


def test_a_long_line_weighs_more():
    long = "word " * 80
    assert layout(("A", (long, "1", "2", "3"))) == [[("A", (long,))], [("A", ("1", "2", "3"))]]


def test_a_heading_over_the_first_column_makes_it_shorter():
    assert [len(column[0][1]) for column in layout(("", tuple("12345678")), shape=Shape(2, 58, over=2))] == [3, 5]


def test_three_columns():
    assert [len(column[0][1]) for column in layout(("", tuple("123456789")), shape=Shape(3, 58))] == [3, 3, 3]


@pytest.mark.parametrize("count", [2, 3])
@pytest.mark.parametrize("size", range(1, 40))
def test_nothing_is_lost_or_moved(count, size):
    lines = tuple("word " * (at % 7) + str(at) for at in range(size))
    made = columns([Group("A", lines[: size // 2]), Group("B", lines[size // 2 :])], str, Shape(count, 12))
    assert len(made) <= count
    assert [line for group in merged(made) for line in group.lines] == list(lines)


def test_columns_can_be_read_as_one_list():
    both = columns([Group("A", tuple("123456"))], str, TWO)
    assert merged(both) == (Group("A", tuple("123456")),)


@pytest.mark.parametrize(("text", "lines"), [("", 1), ("a b c", 1), ("aaaa bbbb cccc", 2), ("a" * 25, 3)])
def test_lines_are_counted_by_whole_words(text, lines):
    assert wrapped(text, 10) == lines


def test_the_depth_is_that_of_the_longest_column():
    made = columns([Group("A", tuple("12345"))], str, TWO)
    assert depth(made, str, TWO) == 4
    assert depth((), str, TWO) == 0
