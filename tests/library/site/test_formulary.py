"""The library as one hospital can use it."""

from planner.library.quantities import parse_amount
from planner.library.site import Formulary, Site
from planner.library.site.formulary import SITE_FILE, at_site, with_strengths

KNEE = "total-knee-arthroplasty"


def test_without_a_site_it_is_the_same_library(library):
    assert at_site(library, None) is library


def test_it_is_made_once_for_each_site(library):
    one, other = Site(), Site()
    assert at_site(library, one) is at_site(library, one)
    assert at_site(library, one) is not at_site(library, other)


def test_the_site_file_can_be_cited_and_the_shipped_library_stays(library):
    stocked = at_site(library, Site(formulary=Formulary(not_stocked=["celecoxib"], strengths={"oxycodone": ["10 mg"]})))
    assert stocked.sources[SITE_FILE].checked == "read"
    assert list(stocked.not_stocked) == ["celecoxib"]
    assert SITE_FILE not in library.sources and not library.not_stocked
    assert len(library.drugs["oxycodone"].products) == 2


def halves(library, *strengths):
    products = with_strengths(library.drugs["oxycodone"], [parse_amount(text) for text in strengths]).products
    return [(str(product.strengths[0]), product.halves) for product in products if product.strengths]


def test_only_what_the_library_lets_be_halved_is_halved(library):
    assert halves(library, "5 mg", "10 mg", "7.5 mg") == [("5 mg", True), ("10 mg", False), ("7.5 mg", False)]
    assert halves(library, "0.005 g") == [("0.005 g", True)]


def test_liquids_and_other_routes_stay(library):
    drug = library.drugs["acetaminophen"]
    kept = with_strengths(drug, [parse_amount("650 mg")]).products
    assert [one for one in kept if not one.strengths] == [one for one in drug.products if not one.strengths]


def candidates(library, phase, **preferred):
    complete = at_site(library, Site(formulary=Formulary(preferred=preferred))).complete[KNEE]
    return {item.id: [one.give for one in item.one_of] for item in complete.pathway[phase] if item.one_of}


def test_a_preferred_drug_stands_before_the_others_of_its_class(library):
    assert candidates(library, "preop")["preop-nsaid"][0].startswith("celecoxib")
    assert candidates(library, "preop", nsaid="ibuprofen")["preop-nsaid"][0].startswith("ibuprofen")
    assert candidates(library, "preop", nsaid="celecoxib") == candidates(library, "preop")
    assert candidates(library, "preop", opioid="hydromorphone") == candidates(library, "preop")
