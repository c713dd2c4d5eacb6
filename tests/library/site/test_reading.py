"""One fault in a site file: the message names the place, the fault and the mend."""

import pytest

from planner.library.site import read_site
from planner.library.site.digest import digest_of
from planner.reading.problems import InputError

KNEE = "total-knee-arthroplasty"


@pytest.fixture
def written(tmp_path, library):
    """Write a site file and read it."""

    def read(text):
        path = tmp_path / "site.yaml"
        path.write_text(text, encoding="utf-8")
        return read_site(path, library)

    return read


def problems_of(written, text):
    with pytest.raises(InputError) as caught:
        written(text)
    return caught.value.problems


WHOLE = """
hospital: Example Hospital
phones:
  - {service: surgery office, number: 555-0100, hours: weekdays 8 AM to 5 PM}
  - {service: nurse line, number: 555-0101}
paper: a4
languages: [en, es]
reviewed_languages: {es: {by: Example Reviewer, on: 2026-11-01}}
formulary:
  not_stocked: [celecoxib]
  preferred: {nsaid: ibuprofen}
  strengths: {oxycodone: [5 mg, 10 mg]}
opioid_limits: [{name: state law, days: 7, mme_per_day: 50}]
antithrombotic_edition: esaic-esra-2022
"""


def test_every_key_is_read(written):
    site = written(WHOLE)
    assert (site.hospital, site.paper, site.languages) == ("Example Hospital", "a4", ["en", "es"])
    assert [(phone.service, phone.number, phone.hours) for phone in site.phones] == [
        ("surgery office", "555-0100", "weekdays 8 AM to 5 PM"),
        ("nurse line", "555-0101", None),
    ]
    assert site.reviewed_languages["es"].by == "Example Reviewer"
    assert [str(strength) for strength in site.formulary.strengths["oxycodone"]] == ["5 mg", "10 mg"]
    assert (site.opioid_limits[0].days, site.opioid_limits[0].mme_per_day) == (7, 50)
    assert site.antithrombotic_edition == "esaic-esra-2022"


REVIEWED = "reviewed_languages: {es: {by: X, on: 2026-12-01}}"
APPROVED = "{version: '1', digest: 0123456789ab, by: X, on: 2026-12-01}"
NO_IBUPROFEN = "formulary:\n  not_stocked: [ibuprofen]"
FAULTS = [
    ("unknown key", "hospitl: X", 1, "key hospitl is not known", "hospital"),
    ("unknown key within", "phones:\n  - {servce: X, service: Y, number: 1}", 2, "key servce is not known", "service"),
    ("list for a mapping", "hospital: X\napprovals: [a]", 2, "Keys and values were expected", ""),
    ("list for the whole file", "- hospital: X", 1, "Keys and values were expected", ""),
    ("nothing in the file", "", 0, "Keys and values were expected", ""),
    ("mapping for a list", "phones: {service: X, number: 1}", 1, "A list was expected", ""),
    ("empty name", 'hospital: ""', 1, "This is empty", ""),
    ("blank name", "phones: [{service: ' ', number: 1}]", 1, "This is empty", ""),
    ("name of two lines", 'hospital: "A\\nB"', 1, "one line of plain text", ""),
    ("name too long", f"hospital: {'x' * 81}", 1, "too long for a page", ""),
    ("missing number", "phones: [{service: X}]", 1, "key number is missing", ""),
    ("no such month", "reviewed_languages: {es: {by: X, on: 2026-13-01}}", 1, "not a date of the calendar", ""),
    ("no such day", "reviewed_languages: {es: {by: X, on: 2026-02-29}}", 1, "not a date of the calendar", ""),
    ("date of another form", "reviewed_languages: {es: {by: X, on: 1 Dec 2026}}", 1, "as 2026-12-01", ""),
    ("date without hyphens", "reviewed_languages: {es: {by: X, on: 20261201}}", 1, "as 2026-12-01", ""),
    ("language as a word", "languages: [Spanish]", 1, "as its code", ""),
    ("review of another language", f"languages: [en]\n{REVIEWED}", 2, "not among", "add it"),
    ("paper of another size", "paper: a5", 1, "'letter' or 'a4'", ""),
    ("limit of no days", "opioid_limits: [{name: law, days: 0}]", 1, "greater than or equal to 1", ""),
    ("limit of half a day", "opioid_limits: [{name: law, days: 2.5}]", 1, "whole number", ""),
    ("limit of no MME", "opioid_limits: [{name: law, mme_per_day: 0}]", 1, "greater than 0", ""),
    ("unknown protocol", f"approvals:\n  total-knee: {APPROVED}", 2, "no protocol total-knee", KNEE),
    ("digest too short", f"approvals:\n  {KNEE}: {APPROVED.replace('b', '')}", 2, "a digest is 12", ""),
    ("unknown edition", "antithrombotic_edition: asra-2026", 1, "no edition asra-2026", "asra-2025"),
    ("unknown drug", "formulary:\n  not_stocked: [oxycodon]", 2, "no drug oxycodon", "oxycodone"),
    ("unknown class", "formulary:\n  preferred: {nsaids: ibuprofen}", 2, "no class nsaids", "nsaid"),
    ("drug of another class", "formulary:\n  preferred: {nsaid: oxycodone}", 2, "oxycodone is no nsaid", "opioid"),
    ("unknown drug with strengths", "formulary:\n  strengths: {oxycodon: [5 mg]}", 2, "no drug oxycodon", "oxycodone"),
    ("strengths of an injection", "formulary:\n  strengths: {ketorolac: [30 mg]}", 2, "no tablets or capsules", ""),
    ("strength without unit", "formulary:\n  strengths: {oxycodone: [5]}", 2, "number, a space and a unit", ""),
    ("strength per kg", "formulary:\n  strengths: {oxycodone: [5 mg/kg]}", 2, "amount of the drug in one tablet", ""),
    ("strength of nothing", "formulary:\n  strengths: {oxycodone: [0 mg]}", 2, "amount of the drug in one tablet", ""),
    ("no strength", "formulary:\n  strengths: {oxycodone: []}", 2, "No strength is given", ""),
    ("preferred and not stocked", f"{NO_IBUPROFEN}\n  preferred: {{nsaid: ibuprofen}}", 3, "not stocked", "one of"),
    ("strengths and not stocked", f"{NO_IBUPROFEN}\n  strengths: {{ibuprofen: [400 mg]}}", 3, "not stocked", "one of"),
    ("logo that is not there", "logo: none.png", 1, "cannot be read", "folder of the site file"),
    ("logo of the web", "logo: https://example.org/x.png", 1, "this is an address", ""),
    ("templates that are not there", "templates: none", 1, "no such folder", ""),
    ("protocols that are not there", "protocols: none", 1, "no such folder", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line", "message", "mend"), [fault[1:] for fault in FAULTS], ids=[f[0] for f in FAULTS]
)
def test_a_fault_is_named_with_place_and_mend(written, text, line, message, mend):
    found = problems_of(written, text)
    named = [one for one in found if message.lower() in one.message.lower()]
    assert named, [str(one) for one in found]
    assert named[0].place.line == line
    assert mend in named[0].mend


def test_every_fault_is_named_at_once(written):
    text = "hospitl: X\nphones: [{service: A}]\nformulary: {not_stocked: [celcoxib]}\nlogo: none.png\n"
    assert [one.place.line for one in problems_of(written, text)] == [1, 2, 3, 4]


def test_words_of_yaml_that_mean_yes_stay_words(written):
    site = written("hospital: yes\nphones: [{service: on, number: 007, hours: 1:30}]")
    assert site.hospital == "yes"
    assert (site.phones[0].service, site.phones[0].number, site.phones[0].hours) == ("on", "007", "1:30")


def test_an_approval_without_digest_is_told_the_one_to_write(written, library):
    text = f"approvals:\n  {KNEE}: {{version: '2026.1', by: X, on: 2026-12-01}}"
    (found,) = problems_of(written, text)
    assert "digest is missing" in found.message
    assert digest_of(KNEE, library)[:12] in found.mend


def test_a_file_with_a_mark_of_byte_order_is_read(tmp_path, library):
    path = tmp_path / "site.yaml"
    path.write_bytes(b"\xef\xbb\xbfhospital: Example Hospital\n")
    assert read_site(path, library).hospital == "Example Hospital"


@pytest.mark.parametrize(("content", "message"), [(None, "cannot be read"), (b"hospital: \xff\xfe", "not UTF-8")])
def test_a_file_that_cannot_be_read(tmp_path, library, content, message):
    path = tmp_path / "site.yaml"
    if content:
        path.write_bytes(content)
    with pytest.raises(InputError, match=message):
        read_site(path, library)
