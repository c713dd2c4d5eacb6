"""Two columns of about equal length, in reading order."""

from planner.documents.columns import Group, columns, merged


def layout(*groups):
    made = columns([Group(title, lines) for title, lines in groups], len)
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
    assert layout(("A", ("x" * 400, "1", "2", "3"))) == [[("A", ("x" * 400,))], [("A", ("1", "2", "3"))]]


def test_columns_can_be_read_as_one_list():
    both = columns([Group("A", tuple("123456"))], len)
    assert merged(both) == (Group("A", tuple("123456")),)
