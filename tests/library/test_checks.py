"""One fault in one file of the shipped library: the check names the place, the fault and the mend."""

import shutil

import pytest

from planner.library.checks import check_library
from planner.reading.resources import protocols_folder


@pytest.fixture
def folder(tmp_path):
    """A copy of the shipped library that a test may spoil."""
    return shutil.copytree(protocols_folder(), tmp_path / "protocols")


def spoil(folder, name, old, new):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {name}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_shipped_library_has_no_problem():
    assert check_library(protocols_folder()) == []


FAULTS = [
    (
        "unknown fact of an operating list",
        "schedule.yaml",
        "  birth_date: [",
        "  birth_day: [",
        "birth_day is not known here",
        "birth_date",
    ),
    (
        "header of an operating list under two facts",
        "schedule.yaml",
        "  birth_date: [",
        "  birth_date: [patient age, ",
        "patient age stands under birth_date and under age",
        "keep one of them",
    ),
    (
        "factor between units without its source",
        "schedule.yaml",
        "times: 30.48, source: general-knowledge",
        "times: 30.48",
        "A factor needs its source",
        "",
    ),
    (
        "unknown condition of a problem list",
        "schedule.yaml",
        "      sleep_apnea: [",
        "      sleep_apnoea: [",
        "sleep_apnoea is not known here",
        "sleep_apnea",
    ),
    (
        "value no handout has",
        "handout.yaml",
        "{acetaminophen_planned_mg}",
        "{acetaminophen_given_mg}",
        "{acetaminophen_given_mg} is no value of a handout",
        "",
    ),
    (
        "unknown drug in a condition of the handout",
        "handout.yaml",
        "when: planned(ibuprofen) and",
        "when: planned(ibuprofin) and",
        "planned(ibuprofin) names nothing",
        "ibuprofen",
    ),
    (
        "unknown source of a sentence to the patient",
        "drugs/senna.yaml",
        "source: [senna-registry, center-constipation, general-knowledge]",
        "source: [senna-registri, center-constipation, general-knowledge]",
        "source senna-registri is not known",
        "senna-registry",
    ),
    (
        "sign in a sentence to the patient",
        "handout.yaml",
        "eat, breathe deeply, walk",
        "eat & walk",
        "and sign",
        "write and",
    ),
    (
        "Latin in a sentence to the patient",
        "pathways/eras.yaml",
        "Eat fruit and walk.",
        "Eat fruit etc and walk.",
        "for a patient (Latin)",
        "everyday words",
    ),
    (
        "dose written unsafely to the patient",
        "drugs/polyethylene-glycol-3350.yaml",
        "glass (240 mL)",
        "glass (240mL)",
        "no space before unit",
        "10 mg",
    ),
    (
        "number that only the patient reads",
        "spine/lumbar-fusion.yaml",
        'text: "Lift at most 10 to 15 lb",',
        'text: "Lift at most 5 to 15 lb",',
        "The patient reads 10",
        "say the same",
    ),
    ("unknown key", "drugs/senna.yaml", "kind: bowel", "kind: bowel\nzzzz: brown", "key zzzz is not known", "remove"),
    ("misspelled key", "drugs/senna.yaml", "products:", "product:", "key product is not known", "products"),
    ("wrong kind of value", "pathways/eras.yaml", "take: 2", "take: two", "whole number", ""),
    ("amount without unit", "drugs/senna.yaml", "17.2 mg", "17.2", "number, a space and a unit", ""),
    ("word outside a list", "drugs/senna.yaml", "route: oral", "route: orally", "One of these was expected", "oral"),
    (
        "unknown source",
        "drugs/celecoxib.yaml",
        "source: celecoxib-monograph",
        "source: celecoxib-monografie",
        "source celecoxib-monografie is not known",
        "celecoxib-monograph",
    ),
    ("missing source", "drugs/celecoxib.yaml", ", source: celecoxib-monograph}", "}", "key source is missing", ""),
    (
        "unknown class",
        "drugs/celecoxib.yaml",
        "classes: [nsaid,",
        "classes: [nsaids,",
        "class nsaids is not known",
        "nsaid",
    ),
    (
        "unknown term",
        "drugs/celecoxib.yaml",
        "has(inflammatory_bowel_disease)",
        "has(inflamatory_bowel_disease)",
        "names nothing that is known",
        "inflammatory_bowel_disease",
    ),
    (
        "factor of another edition",
        "opioids/mme/cdc-2022.yaml",
        "factor: 0.2, source: cdc-opioid-2022",
        "factor: 0.1, source: cdc-opioid-mme-r4",
        "tramadol has another source than its table",
        "write cdc-opioid-2022",
    ),
    (
        "misspelled opioid",
        "opioids/mme/cdc-2022.yaml",
        "drug: tramadol",
        "drug: tramadoll",
        "tramadoll is no opioid",
        "did you mean tramadol?",
    ),
    (
        "factor that no patient meets",
        "opioids/mme/cdc-2022.yaml",
        "drug: tramadol",
        "drug: ibuprofen",
        "ibuprofen is no opioid",
        "",
    ),
    (
        "opioid twice",
        "opioids/mme/cdc-2022.yaml",
        "drug: tramadol",
        "drug: codeine",
        "codeine by this route stands twice",
        "keep one",
    ),
    (
        "patch in mg",
        "opioids/mme/cdc-2022.yaml",
        "route: transdermal, unit: mcg/h",
        "route: transdermal, unit: mg",
        "A patch has mcg/h",
        "unit or the route",
    ),
    ("factor and steps", "opioids/mme/cdc-2022.yaml", "factor: 0.2, ", "", "a factor or steps", ""),
    (
        "gap between steps",
        "opioids/mme/cdc-2016.yaml",
        "above: 20,",
        "above: 21,",
        "gap between 20 and 21",
        "above: 20",
    ),
    (
        "unknown edition",
        "opioids/equivalents.yaml",
        "use: cdc-2022",
        "use: cdc-2020",
        "no edition cdc-2020",
        "cdc-2022",
    ),
    (
        "edition that is no longer for care",
        "opioids/equivalents.yaml",
        "use: cdc-2022",
        "use: cdc-2016",
        "Only a clinical edition",
        "cdc-2022",
    ),
    (
        "unknown condition of a treatment",
        "opioids/equivalents.yaml",
        "condition: opioid_use_disorder",
        "condition: opioid_use_disorders",
        "opioid_use_disorders is not known",
        "opioid_use_disorder?",
    ),
    (
        "unknown opioid of the definition",
        "opioids/tolerance.yaml",
        "drug: oxymorphone",
        "drug: oximorphone",
        "oximorphone is no opioid",
        "oxymorphone",
    ),
    ("unknown factor", "classes/nsaid.yaml", "by: kidney", "by: kidneys", "factor kidneys is not known", "kidney"),
    (
        "word that never occurs",
        "drugs/celecoxib.yaml",
        "cyp2c9 == poor",
        "cyp2c9 == slow",
        "cyp2c9 is never slow",
        "poor",
    ),
    (
        "condition that is none",
        "drugs/celecoxib.yaml",
        "has(inflammatory_bowel_disease)",
        "has inflammatory_bowel_disease",
        "condition reads like",
        "",
    ),
    (
        "unknown drug in a condition",
        "drugs/celecoxib.yaml",
        "takes(anticoagulant)",
        "takes(anticoagulants)",
        "names nothing that is known",
        "anticoagulant",
    ),
    (
        "dose over the ceiling",
        "drugs/celecoxib.yaml",
        "dose: 400 mg",
        "dose: 500 mg",
        "over the drug's own ceiling",
        "lower",
    ),
    (
        "daily limit over the ceiling",
        "drugs/celecoxib.yaml",
        "at_most: 400 mg",
        "at_most: 800 mg",
        "over the drug's own ceiling",
        "lower",
    ),
    ("name of another drug", "drugs/senna.yaml", "drug: senna", "drug: senna-s", "holds senna-s", "rename"),
    (
        "brand claimed twice",
        "drugs/senna.yaml",
        "brands: [",
        "brands: [Celebrex, ",
        "stands for celecoxib and senna",
        "keep",
    ),
    (
        "unknown drug in a protocol",
        "pathways/eras.yaml",
        "give: senna/",
        "give: sena/",
        "no drug file for sena",
        "senna",
    ),
    (
        "unknown regimen",
        "pathways/eras.yaml",
        "give: senna/oral-scheduled",
        "give: senna/oral-sheduled",
        "no regimen oral-sheduled",
        "oral-scheduled",
    ),
    (
        "unknown block",
        "knee/total-knee-arthroplasty.yaml",
        "block: adductor-canal",
        "block: adductor-channel",
        "no block adductor-channel",
        "adductor-canal",
    ),
    (
        "unknown pathway",
        "knee/total-knee-arthroplasty.yaml",
        "extends: arthroplasty",
        "extends: arthroplasti",
        "no pathway arthroplasti",
        "arthroplasty",
    ),
    (
        "alias of another operation",
        "knee/total-knee-arthroplasty.yaml",
        "also_known_as: [",
        "also_known_as: [THA, ",
        "name tha stands for",
        "keep it",
    ),
    ("key twice", "drugs/senna.yaml", "kind: bowel", "kind: bowel\nkind: bowel", "stands twice", "keep one"),
    ("broken YAML", "drugs/senna.yaml", "kind: bowel", "kind: [bowel", "not readable YAML", "indentation"),
]


@pytest.mark.parametrize(
    ("name", "old", "new", "message", "mend"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS]
)
def test_fault_is_named_with_place_and_mend(folder, name, old, new, message, mend):
    line = spoil(folder, name, old, new)
    found = [problem for problem in check_library(folder) if message in problem.message]
    assert found, [str(problem) for problem in check_library(folder)]
    assert found[0].place.source.endswith(name) or "stands for" in message
    assert mend in found[0].mend
    if "stands for" not in message and message != "key source is missing":
        assert line <= found[0].place.line <= line + 6
        assert found[0].place.column >= 1


def test_bands_with_gap_overlap_and_open_ends(folder):
    (folder / "drugs" / "testol.yaml").write_text(
        """
drug: testol
kind: bowel
bands:
  - {by: age, because: x, source: general-knowledge, steps: [{under: 65}, {from: 70, then: {every: 8 h}}]}
  - {by: age, because: x, source: general-knowledge, steps: [{up_to: 65}, {from: 65, then: {every: 8 h}}]}
  - {by: age, because: x, source: general-knowledge, steps: [{from: 18, under: 65}, {from: 65, up_to: 90, never: true}]}
  - {by: age, because: x, source: general-knowledge, steps: [{under: 65}, {from: 65}]}
  - {by: age, because: x, source: general-knowledge, steps: [{up_to: 65}, {above: 65, never: true}]}
""",
        encoding="utf-8",
    )
    messages = [(problem.place.line, problem.message) for problem in check_library(folder)]
    assert [(line, message[:24]) for line, message in messages] == [
        (5, "There is a gap between 6"),
        (6, "This step overlaps the o"),
        (7, "The first step has a low"),
        (7, "The last step has an upp"),
        (8, "No step of these bands d"),
    ]


def test_a_loading_dose_and_what_follows_stay_within_the_first_day(folder):
    line = spoil(folder, "drugs/celecoxib.yaml", "first_24h: 600 mg", "first_24h: 500 mg")
    found = [problem for problem in check_library(folder) if "first day comes to 600 mg" in problem.message]
    assert found and line


def test_choice_that_is_never_reached(folder):
    (folder / "drugs" / "testol.yaml").write_text(
        """
drug: testol
kind: bowel
regimens: {usual: {route: oral, dose: 5 mg, source: general-knowledge}}
""",
        encoding="utf-8",
    )
    (folder / "pathways" / "testpath.yaml").write_text(
        """
title: Test
version: "1"
reviewed: "2026-11-22"
pathway:
  ward:
    - id: choice
      evidence: [general-knowledge]
      one_of:
        - {give: testol/usual}
        - {give: senna/oral-scheduled}
""",
        encoding="utf-8",
    )
    found = [problem for problem in check_library(folder) if "never reached" in problem.message]
    assert [problem.place.line for problem in found] == [11]


def test_every_problem_is_reported_at_once(folder):
    spoil(folder, "drugs/celecoxib.yaml", "kind: non_opioid", "kind: pill")
    spoil(folder, "drugs/senna.yaml", "17.2 mg", "17.2")
    spoil(folder, "pathways/eras.yaml", "reviewed:", "rewiewed:")
    sources = {problem.place.source for problem in check_library(folder)}
    assert {"drugs/celecoxib.yaml", "drugs/senna.yaml", "pathways/eras.yaml"} <= sources


def test_folder_without_a_library(tmp_path):
    assert "vocabulary.yaml is missing" in check_library(tmp_path)[0].message
