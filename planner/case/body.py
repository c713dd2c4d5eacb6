"""Body size and kidney function: each published formula once, with units and source."""

from typing import Literal

Sex = Literal["female", "male"]
_CM_PER_INCH = 2.54


def bmi(weight_kg: float, height_cm: float) -> float:
    """Body mass index in kg/m2 from kg and cm."""
    # In this order a BMI of exactly 30 comes out as 30, which the bands around it need.
    return weight_kg * 10_000 / height_cm**2


def body_surface_m2(weight_kg: float, height_cm: float) -> float:
    """Body surface in m2 from kg and cm. Mosteller, N Engl J Med 1987."""
    return (weight_kg * height_cm / 3600) ** 0.5


def ideal_weight_kg(height_cm: float, sex: Sex) -> float:
    """Ideal body weight in kg from cm. Devine, Drug Intell Clin Pharm 1974.

    Below 60 inches the same 2.3 kg per inch are taken off: the lower of the two usual readings.
    """
    base = 45.5 if sex == "female" else 50.0
    return base + 2.3 * (height_cm / _CM_PER_INCH - 60)


def adjusted_weight_kg(weight_kg: float, ideal_kg: float) -> float:
    """Adjusted body weight in kg: ideal weight and 0.4 of the difference from it to actual weight."""
    return ideal_kg + 0.4 * (weight_kg - ideal_kg)


def lean_weight_kg(weight_kg: float, height_cm: float, sex: Sex) -> float:
    """Lean body weight in kg from kg and cm. Janmahasatian et al., Clin Pharmacokinet 2005."""
    constant, per_bmi = (8780, 244) if sex == "female" else (6680, 216)
    return 9270 * weight_kg / (constant + per_bmi * bmi(weight_kg, height_cm))


def egfr_ckd_epi_2021(creatinine_mg_dl: float, age_years: float, sex: Sex) -> float:
    """Estimated GFR in mL/min/1.73 m2 from creatinine in mg/dL and age in years.

    CKD-EPI 2021 creatinine equation without race: Inker et al., N Engl J Med 2021.
    """
    kappa, alpha, factor = (0.7, -0.241, 1.012) if sex == "female" else (0.9, -0.302, 1.0)
    ratio = creatinine_mg_dl / kappa
    return 142 * min(ratio, 1) ** alpha * max(ratio, 1) ** -1.200 * 0.9938**age_years * factor


def creatinine_clearance(creatinine_mg_dl: float, age_years: float, weight_kg: float, sex: Sex) -> float:
    """Creatinine clearance in mL/min from mg/dL, years and kg. Cockcroft and Gault, Nephron 1976."""
    clearance = (140 - age_years) * weight_kg / (72 * creatinine_mg_dl)
    return clearance * 0.85 if sex == "female" else clearance


def clearance_weight(weight_kg: float, height_cm: float | None, sex: Sex) -> tuple[float, str]:
    """The weight in kg for Cockcroft-Gault, and its name.

    By BMI: below 18.5 actual, 18.5 to 30 ideal, above 30 adjusted; never an ideal weight above
    the actual one. Without a height the actual weight. Convention as in common clearance
    calculators; the equation itself was derived with actual weight.
    """
    if height_cm is None:
        return weight_kg, "actual weight, since height is unknown"
    index = bmi(weight_kg, height_cm)
    ideal = ideal_weight_kg(height_cm, sex)
    if index > 30:
        return adjusted_weight_kg(weight_kg, ideal), "adjusted weight"
    if index < 18.5:
        return weight_kg, "actual weight"
    return (ideal, "ideal weight") if ideal <= weight_kg else (weight_kg, "actual weight, below ideal weight")
