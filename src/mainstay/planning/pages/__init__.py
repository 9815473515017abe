"""Pages of planning that are no registers: the integrated plan as drawing and table, dependencies between projects, versions of a plan."""

from django.urls import URLPattern, path

from mainstay.planning.pages.bars import bars
from mainstay.planning.pages.dependencies import dependencies
from mainstay.planning.pages.earned import earned
from mainstay.planning.pages.findings import findings
from mainstay.planning.pages.health import health
from mainstay.planning.pages.levelling import level, levelling, moves_file, plan_file, proposal
from mainstay.planning.pages.movement import moved, say_same
from mainstay.planning.pages.paper import paper
from mainstay.planning.pages.programme import plan, plans
from mainstay.planning.pages.scenario import scenario, scenario_data
from mainstay.planning.pages.table import table
from mainstay.planning.pages.version import version
from mainstay.planning.promises import link_pages, link_panel

urlpatterns: list[URLPattern] = [
    path("planning/integrated/", plans, name="planning.plans"),
    path("planning/integrated/<int:pk>/", plan, name="planning.integrated"),
    path("planning/integrated/<int:pk>/bars.json", bars, name="planning.bars"),
    *(
        path(f"planning/integrated/<int:pk>/paper/{form}", paper, {"form": form}, name=f"planning.paper_{form.partition('.')[0]}")
        for form in ("a3.pdf", "a4.pdf", "slides.pptx")
    ),
    path("planning/integrated/<int:pk>/scenario/", scenario, name="planning.scenario"),
    path("planning/integrated/<int:pk>/scenario.json", scenario_data, name="planning.scenario_data"),
    path("planning/integrated/<int:pk>/table/", table, name="planning.table"),
    path("planning/integrated/<int:pk>/dependencies/", dependencies, name="planning.dependencies"),
    path("planning/integrated/<int:pk>/levelling/", levelling, name="planning.levelling"),
    path("planning/integrated/<int:pk>/level/", level, name="planning.level"),
    path("planning/proposals/<int:pk>/", proposal, name="planning.proposal"),
    path("planning/proposals/<int:pk>/moves.csv", moves_file, name="planning.proposal_moves"),
    path("planning/proposals/<int:pk>/plan/<str:code>/", plan_file, name="planning.proposal_plan"),
    path("planning/versions/<int:pk>/", version, name="planning.version"),
    path("planning/versions/<int:pk>/findings/", findings, name="planning.findings"),
    path("planning/versions/<int:pk>/health/", health, name="planning.health"),
    path("planning/versions/<int:pk>/earned/", earned, name="planning.earned"),
    path("planning/versions/<int:pk>/movement/", moved, name="planning.movement"),
    path("planning/versions/<int:pk>/movement/same/", say_same, name="planning.say_same"),
    *link_pages.urlpatterns,
    *link_panel.urlpatterns,
]
