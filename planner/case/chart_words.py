"""Words of chart text that say a route or a form, or that say nothing about the dose."""

import re
from collections.abc import Iterable


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# The first route that one of the words names is the route: a patch before a tablet.
_ROUTES = tuple(
    (route, _words(words))
    for route, words in (
        ("transdermal", "transdermal patch patches"),
        ("intramuscular", "im intramuscular intramuscularly"),
        ("intravenous", "iv intravenous intravenously"),
        ("subcutaneous", "sc sq subq sub-q subcut subcutaneous subcutaneously"),
        ("inhaled", "inhaler inhaled inhale inhalation inhalations hfa diskus ellipta nebs nebulizer puff puffs"),
        ("nasal", "nasal nasally nostril nostrils intranasal"),
        ("ophthalmic", "ophth ophthalmic eye eyes eyedrops"),
        ("topical", "topical topically cream gel ointment lotion skin"),
        ("rectal", "rectal rectally pr suppository suppositories"),
        ("vaginal", "vaginal vaginally"),
        ("sublingual", "sl sublingual sublingually tongue"),
        ("buccal", "buccal buccally"),
        ("intrathecal", "intrathecal intrathecally"),
        ("oral", "po oral orally mouth tab tabs tablet tablets cap caps capsule capsules caplet pill pills"),
    )
)
_WORD = re.compile(r"[a-z-]+")
_EXTENDED = re.compile(
    r"\b(?:er|xr|xl|sr|cr|la|xt|cd|"
    r"(?:extended|sustained|controlled|prolonged)[ -]release)\b"
)
_IMMEDIATE = re.compile(r"\b(?:ir|immediate[ -]release)\b")

# Parts that say nothing about one dose, and that a person should still see.
REMARKS = re.compile(
    r"\b(?:x|for)\s*\d+(?:\s*(?:-|to)\s*\d+)?\s*(?:more\s+)?"
    r"(?:days?|weeks?|months?|years?)\b|"
    r"(?:#\s*|\b(?:disp(?:ense)?|qty|quantity):?\s*)\d+\b|\brefills?:?\s*\d+\b|\b\d+\s*refills?\b|"
    r"\b(?:max(?:imum)?|not to exceed|no more than|up to)\b[^,;()|]*\d\s*(?:mg|g|gm|grams?)"
    r"\s*(?:/|per|an?|in|every)?\s*(?:day|daily|24 ?h(?:ours|rs?)?)\b|"
    r"\bmax(?:imum)? daily (?:amount|dose)\b\s*:?\s*\d+(?:\.\d+)?\s*(?:mg|g|gm|grams?)\b|"
    r"\b(?:held|hold|stopped|discontinued|started|since|until|as of)\b[^,;()|]*|"
    r"\bdo not (?:crush|chew|split)(?: or (?:crush|chew|split))?\b"
)

# Parts with numbers that are no dose: how bad the pain is, and how long one tablet or patch works.
ASIDES = re.compile(
    r"\bpain\s*(?:(?:scores?|scale|level|rating)\s*)?(?:of\s*)?\(\s*\d{1,2}\s*(?:-|to)\s*\d{1,2}\s*(?:/\s*10\s*)?\)|"
    r"(?<![\w/.-])(?<!every )(?<!each )(?<!to )(?<!q )\d{1,2}\s*-?\s*(?:h|hr|hour)s?\s+(?:er\s+|xr\s+)?"
    r"(?=(?:tab(?:let)?|cap(?:sule)?|patch)\b)"
)

# A salt after a name says nothing about which medicine it is.
SALTS = _words("""
    succinate tartrate hcl hydrochloride sodium potassium calcium magnesium besylate maleate mesylate
    bitartrate sulfate acetate phosphate monohydrate fumarate citrate bromide hydrobromide pamoate furoate
    propionate medoxomil etexilate cilexetil mofetil dihydrate disodium tromethamine axetil oxalate malate
    decanoate nitrate
    """)

# Words that change neither the medicine nor the dose, common reasons among them.
FILLERS = _words("""
    take takes taking tablet tablets tab tabs capsule capsules cap caps caplet pill pills puff puffs patch
    patches spray sprays drop drops film films oral orally by mouth po dose doses low high regular enteric
    coated ec dr odt er xr xl sr cr la xt cd ir extended sustained controlled prolonged immediate delayed
    release disintegrating chewable generic of a an the at in on for to be apply use inject inhale place
    put each every own home medication medicine rx otc pen flexpen kwikpen solostar solution suspension
    liquid injection inhaler hfa diskus ellipta nebulizer nasal nostril nostrils eye eyes ophthalmic both
    under onto skin tongue q sublingual sl im iv sc sq subq subcut subcutaneous subcutaneously intramuscular
    intravenous topical topically transdermal rectal vaginal buccal cream gel ointment lotion times time
    day dissolve swallow total x per only food meals meal milk water snack empty stomach before after ac
    pc pain severe moderate mild breakthrough nausea anxiety sleep insomnia headache headaches migraine
    migraines spasm spasms wheezing shortness breath itching constipation heartburn cough blood pressure
    bp cholesterol diabetes sugar thyroid depression heart afib fibrillation atrial is as needed prn daily
    syringe syringes
    """)

# Words that join a second medicine, and words that name only a class or say that there is more.
JOINERS = _words("and plus or with + &")
VAGUE = _words("""
    blocker blockers inhibitor inhibitors agonist antagonist thinner thinners other others etc unknown unsure
    several various
    """)
# Words that say the medicine is not taken, and words of a schedule that changes from day to day.
DENIALS = _words("no not never denies denied allergic intolerant avoid without")
CHANGING = _words("then taper tapering titrate titrating alternate alternating alternates except")

# Words that say a medicine of the list may no longer be taken.
_STOPPED = _words("held hold stop stopped discontinued quit finished completed until off ran")
# Words for a dose that is given into the body and not swallowed, where no route is named.
_INJECTED = _words("inject injected injection injections vial vials ampule syringe pump pca infusion drip epidural")


def says_injected(text: str) -> bool:
    """Whether chart text says that the medicine is injected or runs in, by needle or pump."""
    return not _INJECTED.isdisjoint(_WORD.findall(text.lower()))


def says_stopped(unread: Iterable[str]) -> bool:
    """Whether what was not understood of a chart entry says that the medicine was stopped or held."""
    return any(not _STOPPED.isdisjoint(_WORD.findall(part)) for part in unread)


def route_of(text: str) -> str | None:
    """The route that `plain` chart text states, or None."""
    words = set(_WORD.findall(text))
    return next((route for route, names in _ROUTES if not names.isdisjoint(words)), None)


def release_of(text: str) -> bool | None:
    """Whether `plain` chart text says extended release; None where it does not say."""
    if _EXTENDED.search(text):
        return True
    return False if _IMMEDIATE.search(text) else None
