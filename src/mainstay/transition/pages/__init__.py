"""Pages of transition that are no registers: all transitions of a programme on one time line, and the run sheet of a cut-over."""

from django.urls import URLPattern, path

from mainstay.transition.pages.programme import programmes, transitions
from mainstay.transition.pages.sheet import correct, sheet, take

urlpatterns: list[URLPattern] = [
    path("transition/programmes/", programmes, name="transition.programmes"),
    path("transition/programmes/<int:pk>/", transitions, name="transition.transitions"),
    path("transition/run-sheet/<int:pk>/", sheet, name="transition.run_sheet"),
    path("transition/steps/<int:pk>/times/", correct, name="transition.correct"),
    path("transition/steps/<int:pk>/<slug:move>/", take, name="transition.take"),
]
