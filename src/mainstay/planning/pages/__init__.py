"""Pages of planning that are no registers: the integrated plan as a drawing and as a table, and the dependencies between projects."""

from django.urls import URLPattern, path

from mainstay.planning.pages.dependencies import dependencies
from mainstay.planning.pages.programme import plan, plans
from mainstay.planning.pages.table import table

urlpatterns: list[URLPattern] = [
    path("planning/integrated/", plans, name="planning.plans"),
    path("planning/integrated/<int:pk>/", plan, name="planning.integrated"),
    path("planning/integrated/<int:pk>/table/", table, name="planning.table"),
    path("planning/integrated/<int:pk>/dependencies/", dependencies, name="planning.dependencies"),
]
