"""Two trees set side by side: what was added, removed, changed or moved, each recognized by what it says of itself."""

import pytest

from planner.reading.differences import Known, differences, in_words

KNOWN = Known(keys={"id": "{}", "when": "when {}", "under": "under {}", "because": "{}"}, fixed=frozenset({"id"}))


def told(old, new):
    """(what, way to it, old, new) of every difference."""
    return [(one.what, ", ".join(one.name), one.old, one.new) for one in differences(old, new, KNOWN)]


def test_values_and_keys():
    assert told({"a": "1", "b": "2"}, {"a": "1", "b": "3", "c": "4"}) == [
        ("changed", "b", "2", "3"),
        ("added", "c", None, "4"),
    ]
    assert told({"a": {"b": "2"}}, {"a": {}}) == [("removed", "a, b", "2", None)]


@pytest.mark.parametrize(("old", "new"), [({"a": "1"}, {"a": ["1"]}), ({"a": ["1"]}, {"a": "1"}), ([], [])])
def test_a_value_alone_and_a_list_of_it_are_the_same(old, new):
    assert told(old, new) == []


def test_an_entry_put_in_between_is_one_difference():
    rules = [{"when": f"x < {number}", "because": "b"} for number in (1, 2, 3)]
    between = {"when": "y", "because": "c"}
    found = list(differences({"never": rules}, {"never": [rules[0], between, *rules[1:]]}, KNOWN))
    assert [(one.what, one.name, one.new_path) for one in found] == [("added", ("never", "when y"), ("never", 1))]


def test_a_rule_with_another_threshold_is_known_by_its_reason():
    old, new = [{"when": "x < 30", "because": "kidney"}], [{"when": "x < 45", "because": "kidney"}]
    assert told(old, new) == [("changed", "when x < 30, when", "x < 30", "x < 45")]


def test_steps_without_a_name_are_known_by_their_place():
    old, new = [{"under": "50", "dose": "1"}, {"from": "50"}], [{"under": "55", "dose": "1"}, {"from": "55"}]
    assert told(old, new) == [
        ("changed", "under 50, under", "50", "55"),
        ("changed", "number 2, from", "50", "55"),
    ]


def test_entries_of_another_id_are_never_the_same():
    old, new = [{"id": "a", "because": "b"}], [{"id": "c", "because": "b"}]
    assert [one[:2] for one in told(old, new)] == [("removed", "a"), ("added", "c")]


def test_entries_of_one_name_are_told_apart_by_what_stands_beside_it():
    known = Known(keys={"drug": "{}", "strength": "{}"}, fixed=frozenset({"drug"}), beside=("strength",))
    old = [{"drug": "x", "strength": "0.2 %", "ml": "20"}, {"drug": "x", "strength": "0.5 %", "ml": "10"}]
    new = [{"drug": "x", "strength": "0.1 %", "ml": "30"}, old[0], {**old[1], "ml": "15"}]
    found = [(one.what, one.name, one.new) for one in differences(old, new, known)]
    assert found == [("changed", ("x 0.5 %", "ml"), "15"), ("added", ("x 0.1 %",), new[0])]


def test_another_order_is_told_from_the_first_to_the_last_that_moved():
    entries = [{"id": name} for name in "abcd"]
    assert told(entries, [entries[0], entries[2], entries[1], entries[3]]) == [("moved", "", ["b", "c"], ["c", "b"])]


def test_plain_values_of_a_list():
    assert told({"brands": ["A", "B"]}, {"brands": ["A", "B", "C"]}) == [("added", "brands", None, "C")]
    assert told({"text": ["A", "B"]}, {"text": ["A", "D"]}) == [("changed", "text", "B", "D")]


def test_paths_lead_to_both_places():
    old, new = {"a": [{"id": "x", "dose": "1"}]}, {"a": [{"id": "y"}, {"id": "x", "dose": "2"}]}
    change = next(one for one in differences(old, new, KNOWN) if one.what == "changed")
    assert (change.old_path, change.new_path) == (("a", 0, "dose"), ("a", 1, "dose"))


def test_a_tree_in_words():
    assert (
        in_words({"when": "x", "then": {"dose": "50 %"}, "source": ["a", "b"]})
        == "when: x; then: (dose: 50 %); source: a, b"
    )
    assert (in_words(None), in_words([])) == ("nothing", "none")
