"""Pages of planning that are no registers: the integrated plan as drawing and table, dependencies between projects, versions of a plan."""

from django.urls import URLPattern, path

from mainstay.planning.pages.dependencies import dependencies
from mainstay.planning.pages.earned import earned
from mainstay.planning.pages.findings import findings
from mainstay.planning.pages.health import health
from mainstay.planning.pages.movement import moved
from mainstay.planning.pages.programme import plan, plans
from mainstay.planning.pages.table import table
from mainstay.planning.pages.version import version

urlpatterns: list[URLPattern] = [
    path("planning/integrated/", plans, name="planning.plans"),
    path("planning/integrated/<int:pk>/", plan, name="planning.integrated"),
    path("planning/integrated/<int:pk>/table/", table, name="planning.table"),
    path("planning/integrated/<int:pk>/dependencies/", dependencies, name="planning.dependencies"),
    path("planning/versions/<int:pk>/", version, name="planning.version"),
    path("planning/versions/<int:pk>/findings/", findings, name="planning.findings"),
    path("planning/versions/<int:pk>/health/", health, name="planning.health"),
    path("planning/versions/<int:pk>/earned/", earned, name="planning.earned"),
    path("planning/versions/<int:pk>/movement/", moved, name="planning.movement"),
]
