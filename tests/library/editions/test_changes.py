"""What changed between two editions, as a pharmacist reads it."""

from planner.library.editions.about import files_about
from planner.library.editions.changes import compare_entries
from planner.library.editions.protocols import compare_protocols

KNEE, HIP = "total-knee-arthroplasty", "total-hip-arthroplasty"
CELECOXIB = "drugs/celecoxib.yaml"


def lower_limit(value):
    value["regimens"]["oral-scheduled"]["at_most"] = "200 mg"
    return value


def with_rule(value):
    value["never"].insert(0, {"when": "age >= 90", "because": "too old", "source": "general-knowledge"})
    return value


def with_version(value):
    value["version"] = "2030.1"
    return value


def with_term(value):
    value["conditions"]["asthma"]["ask"] = "Asthma, now or ever?"
    return value


def with_words(value):
    return {**value, "patient": {**value["patient"], "purpose": "for pain"}}


def test_the_same_library_has_no_change(library, edited):
    assert compare_entries(library, library) == []
    assert compare_protocols(library, edited(library, {})) == []


def test_a_changed_value_is_told_with_its_place(library, edited):
    (entry,) = compare_entries(library, edited(library, {CELECOXIB: lower_limit}))
    (change,) = entry.changes
    assert (entry.title, entry.what, entry.file) == ("drug celecoxib", "changed", CELECOXIB)
    assert (change.field, change.old, change.new) == ("oral-scheduled, at_most", "400 mg", "200 mg")
    line = change.new_place.line
    assert change.new_place.source == CELECOXIB
    assert change.old_place.line == line
    assert library.files["drugs", "celecoxib"][0].place(("regimens", "oral-scheduled", "at_most")).line == line


def test_a_new_rule_is_told_whole_and_only_once(library, edited):
    (entry,) = compare_entries(library, edited(library, {CELECOXIB: with_rule}))
    (change,) = entry.changes
    assert (change.what, change.field, change.old) == ("added", "never, when age >= 90", None)
    assert change.new == "when: age >= 90; because: too old; source: general-knowledge"
    (back,) = compare_entries(edited(library, {CELECOXIB: with_rule}), library)
    assert (back.changes[0].what, back.changes[0].new, back.changes[0].new_place) == ("removed", None, None)


def test_added_and_removed_files(library, edited):
    without = edited(library, {CELECOXIB: None, "blocks/tlip.yaml": None})
    assert [(one.what, one.title) for one in compare_entries(library, without)] == [
        ("removed", "drug celecoxib"),
        ("removed", f"block {library.blocks['tlip'].title}"),
    ]
    assert {one.what for one in compare_entries(without, library)} == {"added"}


def test_every_kind_of_file_has_a_name(library, edited):
    nothing = edited(library, dict.fromkeys(located.source for located, _ in library.files.values()))
    assert len(compare_entries(nothing, library)) == len({located.source for located, _ in library.files.values()})


def test_words_and_vocabulary_are_compared_too(library, edited):
    changes = {"vocabulary.yaml": with_term, CELECOXIB: with_words}
    found = compare_entries(library, edited(library, changes))
    assert [(entry.title, change.field) for entry in found for change in entry.changes] == [
        ("drug celecoxib", "patient, purpose"),
        ("vocabulary", "conditions, asthma, ask"),
    ]


def test_an_operation_is_approved_again_where_what_it_rests_on_changed(library, edited):
    knee = f"knee/{KNEE}.yaml"
    found = {one.name: one for one in compare_protocols(library, edited(library, {CELECOXIB: lower_limit}))}
    assert not found[KNEE].own
    assert found[KNEE].old_version == found[KNEE].new_version
    assert found[KNEE].old_digest != found[KNEE].new_digest

    (own,) = compare_protocols(library, edited(library, {knee: with_version}))
    assert own.own and own.name == KNEE

    (gone,) = compare_protocols(library, edited(library, {knee: None}))
    assert (gone.new_version, gone.new_digest) == (None, None)


def test_a_line_is_traced_to_the_files_it_is_about(library, edited):
    def other_care(value):
        value["pathway"]["ward"][0]["care"] = "Leg up"
        return value

    changes = {CELECOXIB: lower_limit, "classes/nsaid.yaml": with_rule, f"knee/{KNEE}.yaml": other_care}
    entries = compare_entries(library, edited(library, changes))
    line = library.protocols[KNEE].pathway["ward"][0].id
    assert files_about({"celecoxib"}, (), KNEE, entries, library) == [CELECOXIB, "classes/nsaid.yaml"]
    assert files_about({line}, (), KNEE, entries, library) == [f"knee/{KNEE}.yaml"]
    assert files_about({line}, (), HIP, entries, library) == []
    assert files_about((), ("drugs",), HIP, entries, library) == [CELECOXIB]
