"""Pages of assurance that are no registers: the plan of a programme, triage, answers, assurance map, recommendations by theme."""

from django.urls import URLPattern, path

from mainstay.assurance.pages import calendar, proposed, review, timetable
from mainstay.assurance.pages.answers import answers
from mainstay.assurance.pages.coverage import coverage
from mainstay.assurance.pages.lessons import lessons
from mainstay.assurance.pages.programme import plan, plans
from mainstay.assurance.pages.themes import themes
from mainstay.assurance.pages.triage import take, triage

urlpatterns: list[URLPattern] = [
    path("assurance/plans/", plans, name="assurance.plans"),
    path("assurance/plans/<int:pk>/", plan, name="assurance.plan"),
    path("assurance/calendars/", calendar.calendars, name="assurance.calendars"),
    path("assurance/calendars/<int:pk>/", calendar.calendar, name="assurance.calendar"),
    path("assurance/calendars/<int:pk>/propose/", calendar.propose, name="assurance.propose"),
    path("assurance/calendars/<int:pk>/reviews.ics", calendar.calendar_file, name="assurance.calendar_file"),
    path("assurance/pool/<int:pk>/reviews.ics", calendar.reviewer_file, name="assurance.reviewer_file"),
    path("assurance/proposed/<int:pk>/", proposed.proposed, name="assurance.proposed"),
    path("assurance/proposed/<int:pk>/accept/", proposed.accept, name="assurance.accept_proposed"),
    path("assurance/triage/<int:pk>/", triage, name="assurance.triage"),
    path("assurance/triage/<int:pk>/bank/", take, name="assurance.take_bank"),
    path("assurance/assessments/<int:pk>/answers/", answers, name="assurance.answers"),
    path("assurance/reviews/<int:review_id>/checklist/", review.ask, name="assurance.ask"),
    path("assurance/reviews/<int:review_id>/carry/", review.carry, name="assurance.carry"),
    path("assurance/reviews/<int:pk>/timetable/", timetable.timetable, name="assurance.timetable"),
    path("assurance/reviews/<int:review_id>/timetable/propose/", timetable.propose, name="assurance.propose_timetable"),
    path("assurance/reviews/<int:review_id>/timetable/accept/", timetable.accept, name="assurance.accept_timetable"),
    path("assurance/reviews/<int:review_id>/timetable/meetings/", timetable.meet, name="assurance.add_meetings"),
    path("assurance/reviews/<int:pk>/timetable.ics", timetable.calendar, name="assurance.timetable_calendar"),
    path("assurance/map/<int:pk>/", coverage, name="assurance.map"),
    path("assurance/lessons/<int:pk>/", lessons, name="assurance.lessons"),
    path("assurance/themes/<int:pk>/", themes, name="assurance.themes"),
]
