"""The facts an operating list may hold, and the case field that takes each."""

from planner.case.fields import LIST_FIELDS, Case

MEASURES = {
    "weight": "weight_kg",
    "height": "height_cm",
    "creatinine": "creatinine_mg_dl",
    "platelets": "platelets_k",
    "bilirubin": "bilirubin_mg_dl",
    "albumin": "albumin_g_dl",
    "hba1c": "hba1c_percent",
    "hemoglobin": "hemoglobin_g_dl",
    "qtc": "qtc_ms",
    "gestation": "gestation_weeks",
    "age": "age",
    "egfr": "egfr",
}
"""Facts with a unit, and the case field that takes each in its own unit."""
OF_THE_LIST = (
    "case_number",
    "line",
    "first_name",
    "last_name",
    "surgery_date",
    "start_time",
    "room",
    "cpt",
    "status",
    "add_on",
)
"""Facts that a list has and a case has not, or has in another form."""
DATES = ("surgery_date", "surgery_at", "birth_date")
SEVERAL = ("procedure", "cpt")
"""Facts that several columns may hold."""
NOT_IN_A_LIST = ("used_last_24h", "block_given", "discharge_at", "other_procedures", "remarks", "doubts")
"""Fields of a case that are known only after surgery, or that the list reader fills itself."""
LISTS = tuple(name for name in LIST_FIELDS if name not in NOT_IN_A_LIST)
TARGETS = (
    *OF_THE_LIST,
    *MEASURES,
    *(name for name in Case.model_fields if name not in (*MEASURES.values(), *MEASURES, *NOT_IN_A_LIST)),
)
REQUIRED = (
    (("procedure", "cpt"), "the operation"),
    (("surgery_date", "surgery_at"), "the date of surgery"),
    (("birth_date", "age"), "the age; plans are made for adults only"),
)
"""At least one column of each group must be there."""
