"""A plan read back from its JSON and from the PDF that carries it."""

import pytest

from planner.documents.render import render
from planner.documents.sheet import plan_json
from planner.plan.files import plan_in
from planner.reading.problems import InputError
from tests.documents.samples import TALL_MAN, healthy


def test_a_plan_comes_back_whole_from_its_json():
    plan = healthy()
    assert plan_in(plan_json(plan), "plan.json") == plan


def test_a_plan_comes_back_whole_from_its_pdf():
    plan = healthy()
    assert plan_in(render(plan, "pdf", tall_man=TALL_MAN), "plan.pdf") == plan


@pytest.mark.parametrize("content", [b"age: 67\nprocedure: TKA\n", b'{"age": 67}', b"", b"[1, 2]", b"\xff\xfe"])
def test_what_is_no_plan_is_left_to_others(content):
    assert plan_in(content, "case.yaml") is None


def test_a_pdf_without_a_plan_says_what_to_use():
    from weasyprint import HTML

    content = HTML(string="<p>Somebody's letter</p>").write_pdf()
    with pytest.raises(InputError) as caught:
        plan_in(content, "letter.pdf")
    assert "letter.pdf" in str(caught.value)
    assert "carries no plan" in str(caught.value)
    assert "planner plan" in str(caught.value)


@pytest.mark.parametrize("content", [b"%PDF-1.7 broken", b"%PDF"])
def test_a_broken_pdf_is_an_error_with_a_mend(content):
    with pytest.raises(InputError) as caught:
        plan_in(content, "broken.pdf")
    assert "mend:" in str(caught.value)


def test_a_plan_of_another_version_names_the_first_place():
    content = plan_json(healthy()).replace(b'"orders"', b'"ordres"', 1)
    with pytest.raises(InputError) as caught:
        plan_in(content, "old.json")
    assert "no plan that this version" in str(caught.value)
    assert "make the plan again" in str(caught.value)
