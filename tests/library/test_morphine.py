"""The shipped conversion tables: one edition a table, and every factor as its edition has it."""

import pytest

CDC_2022 = {
    ("codeine", "oral"): 0.15,
    ("fentanyl", "transdermal"): 2.4,
    ("hydrocodone", "oral"): 1,
    ("hydromorphone", "oral"): 5,
    ("methadone", "oral"): 4.7,
    ("morphine", "oral"): 1,
    ("oxycodone", "oral"): 1.5,
    ("oxymorphone", "oral"): 3,
    ("tapentadol", "oral"): 0.4,
    ("tramadol", "oral"): 0.2,
}


def test_the_edition_in_use_holds_the_ten_factors_of_2022_and_no_other(library):
    table = library.opioids.morphine.table
    assert (table.edition, table.purpose) == ("cdc-2022", "clinical")
    assert {(row.drug, row.route): row.factor for row in table.factors} == CDC_2022


def test_no_edition_assigns_buprenorphine_a_factor(library):
    assert not [
        row for table in library.opioids.morphine.tables.values() for row in table.factors if "bupre" in row.drug
    ]


def test_every_row_has_the_source_of_its_edition(library):
    for table in library.opioids.morphine.tables.values():
        assert {tuple(row.source) for row in table.factors} == {tuple(table.source)}
    assert len({tuple(table.source) for table in library.opioids.morphine.tables.values()}) == len(
        library.opioids.morphine.tables
    )


@pytest.mark.parametrize(
    "per_day, factor", [(1, 4), (20, 4), (20.5, 8), (40, 8), (40.5, 10), (60, 10), (61, 12), (200, 12)]
)
def test_methadone_of_2016_goes_by_steps(per_day, factor, library):
    assert library.opioids.morphine.scale("cdc-2016").conversions["methadone", "oral"].factor(per_day) == factor


def test_tolerance_is_the_definition_of_the_labels(library):
    rules = library.opioids.morphine.rules.tolerance
    assert (rules.days, rules.least_mme) == (7, 60)
    assert rules.least == {
        ("morphine", "oral"): 60,
        ("fentanyl", "transdermal"): 25,
        ("oxycodone", "oral"): 30,
        ("hydromorphone", "oral"): 8,
        ("oxymorphone", "oral"): 25,
    }
