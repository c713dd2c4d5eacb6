"""An outline as text and as Markdown."""

from planner.documents.outline import Node, markdown, plain_text

NODES = [
    Node("Summary"),
    Node("Part", [Node("Case", [Node("line", [Node("kidney < 30 *now*")])])]),
    Node("Same", [Node("a_b")]),
]


def test_text_is_set_in_by_level():
    assert plain_text("Title", NODES) == (
        "Title\n\nSummary\n\nPart\n  Case\n    line\n      kidney < 30 *now*\n\nSame\n  a_b\n"
    )


def test_markdown_has_headings_then_lists_and_reads_no_marks():
    assert markdown("Title", NODES) == (
        "# Title\n\nSummary\n\n## Part\n\n### Case\n\n- line\n  - kidney \\< 30 \\*now\\*\n\n## Same\n\n- a\\_b\n"
    )
