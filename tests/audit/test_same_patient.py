"""One patient told in another way gets the same plan: other order of lists or columns, other names, other units."""

import csv
import io
import random

import pytest

from planner.api.schedules import read_list
from planner.case.fields import LIST_FIELDS
from planner.clinical.compose import compose
from planner.plan.models import Plan
from tests.audit.patients import NOW, patient
from tests.batch.lists import row, write_list

MANY, ALIASED = range(0, 150), range(3)


def given(plan: Plan) -> tuple:
    """What a plan gives, leaves out, asks and says, in whatever order."""
    lines = [*plan.orders, *plan.blocks, *plan.care, *plan.omitted, *plan.missing, *plan.milestones]
    said = sorted((alert.severity, alert.about) for alert in plan.alerts)
    return plan.status, sorted(line.model_dump_json() for line in lines), said


def told(plan: Plan) -> tuple:
    """What a plan gives, without the words that name where a fact came from."""
    lines = [*plan.orders, *plan.blocks]
    return [(line.id, line.text, line.verdict) for line in lines], [one.id for one in plan.omitted]


@pytest.mark.parametrize("number", MANY)
def test_the_order_of_a_list_changes_nothing(number, library):
    case = patient(number, library)
    chance = random.Random(number)
    lists = {name: getattr(case, name) for name in LIST_FIELDS if getattr(case, name)}
    shuffled = {name: tuple(chance.sample(list(values), len(values))) for name, values in lists.items()}
    if shuffled == lists:
        return
    one, other = compose(case, library, NOW), compose(case.model_copy(update=shuffled), library, NOW)
    assert one.status == other.status
    assert sorted(told(one)[0]) == sorted(told(other)[0])


def test_every_name_of_an_operation_gives_the_same_plan(library):
    compared = 0
    for name, protocol in library.protocols.items():
        for number in ALIASED:
            case = patient(number, library).model_copy(update={"procedure": name, "approach": "posterior"})
            plain = given(compose(case, library, NOW))
            for alias in (protocol.title, *protocol.also_known_as, *protocol.cpt):
                compared += 1
                again = case.model_copy(update={"procedure": alias})
                assert given(compose(again, library, NOW)) == plain, alias
    assert compared > 100


def plans_of(library, tmp_path, rows):
    listed = read_list(str(write_list(tmp_path / "list.csv", rows)), library, NOW)
    return [compose(one.case, library, NOW) for one in listed.cases if one.case]


@pytest.mark.parametrize(("kg", "other"), [("70", "154.32 lb"), ("100", "220.46 lb")])
def test_the_unit_of_a_weight_changes_no_dose(kg, other, library, tmp_path):
    (one, same) = plans_of(library, tmp_path, [row(1, **{"Weight (kg)": f"{kg} kg"}), row(2, **{"Weight (kg)": other})])
    assert told(one) == told(same)


@pytest.mark.parametrize(("cm", "other"), [("170.2", "5'7\""), ("170.2", "67 in"), ("180.3", "71 inches")])
def test_the_unit_of_a_height_changes_no_dose(cm, other, library, tmp_path):
    rows = [row(1, **{"Height (cm)": f"{cm} cm"}), row(2, **{"Height (cm)": other})]
    (one, same) = plans_of(library, tmp_path, rows)
    assert told(one) == told(same)


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_columns_changes_nothing(seed, library, tmp_path):
    path = write_list(tmp_path / "list.csv", [row(1), row(2, Side="R"), row(3, Procedure="THA")])
    plain = [(one.case, one.messages) for one in read_list(str(path), library, NOW).cases]
    table = list(csv.reader(path.open(encoding="utf-8", newline="")))
    order = random.Random(seed).sample(range(len(table[0])), len(table[0]))
    out = io.StringIO()
    csv.writer(out).writerows([[line[at] for at in order] for line in table])
    path.write_text(out.getvalue(), encoding="utf-8")
    assert [(one.case, one.messages) for one in read_list(str(path), library, NOW).cases] == plain
