"""The program as a library: everything a command does is one call here."""

from planner.api.auditing import audit_of
from planner.api.cases import count_morphine, read_case_file, read_case_options, read_lines
from planner.api.edition_report import comparison_summary, render_comparison
from planner.api.editions import case_files, compare_editions, open_editions
from planner.api.going_home import GoingHome, going_home
from planner.api.opening import check_site, clock, describe_site, open_library, open_site, own_protocols_of
from planner.api.printing import handout_notice, make_plans, render_handout, render_plan
from planner.api.releasing import check_protocols, release_of
from planner.api.writing import write_whole

__all__ = [
    "GoingHome",
    "audit_of",
    "case_files",
    "check_protocols",
    "check_site",
    "clock",
    "compare_editions",
    "comparison_summary",
    "count_morphine",
    "describe_site",
    "going_home",
    "handout_notice",
    "make_plans",
    "open_editions",
    "open_library",
    "open_site",
    "own_protocols_of",
    "read_case_file",
    "read_case_options",
    "read_lines",
    "release_of",
    "render_comparison",
    "render_handout",
    "render_plan",
    "write_whole",
]
