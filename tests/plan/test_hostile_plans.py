"""Plans that are no plans: one clear error, whatever the file holds."""

import json

import pytest

from planner.plan.files import plan_in
from planner.reading.problems import InputError
from tests.audit.plans import good_plans

GOOD = good_plans()["01-healthy-knee"].model_dump_json()


def refused(content: bytes) -> str:
    with pytest.raises(InputError) as raised:
        plan_in(content, "plan.json")
    assert len(raised.value.problems) == 1
    return str(raised.value.problems[0])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"status":"ready"', '"status":"stop","status":"ready"', "status stands twice"),
        ('"value":1000.0', '"value":NaN', "NaN is no number"),
        ('"value":1000.0', '"value":-Infinity', "-Infinity is no number"),
        ('"value":1000.0', '"value":1e999', "1e999 is no number"),
        ('"value":1000.0', f'"value":{"9" * 300}', "is no number that can be used"),
        ('"value":1000.0', '"value":"\\u202e0001"', "valid number"),
        ('"status":"ready"', '"status":"fine"', "status"),
        ('"status":"ready"', '"status":"ready","extra":1', "extra"),
    ],
)
def test_a_plan_that_is_wrong_is_refused_and_says_where(old, new, said):
    assert old in GOOD
    assert said in refused(GOOD.replace(old, new, 1).encode())


def test_deep_nesting_is_no_plan():
    assert plan_in(b'{"provenance": ' + b"[" * 200_000 + b"]" * 200_000 + b"}", "plan.json") is None


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"[]", b"null", b"\xff\xfe{}", b'{"a": 1}'])
def test_what_is_no_plan_is_left_to_the_case_reader(content):
    assert plan_in(content, "plan.json") is None


@pytest.mark.parametrize("content", [b"%PDF", b"%PDF-1.7\n%%EOF", b"%PDF-1.7\n" + bytes(range(256)) * 50])
def test_a_pdf_that_is_none_is_refused(content):
    assert "plan.json" in refused(content)


def test_an_attachment_that_is_no_plan_is_refused():
    import io

    from pypdf import PdfWriter

    for attached in (b"", b"{}", b"[1]", json.dumps({"provenance": {}}).encode(), b'{"provenance":' * 10_000):
        writer = PdfWriter()
        writer.add_blank_page(100, 100)
        writer.add_attachment("plan.json", attached)
        out = io.BytesIO()
        writer.write(out)
        refused(out.getvalue())
