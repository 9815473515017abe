"""Pages of risk that are no register."""

from django.urls import URLPattern

from mainstay.risk.pages import appetites, coming, heat, reviews, turned, workshops

urlpatterns: list[URLPattern] = [
    *heat.urlpatterns,
    *turned.urlpatterns,
    *appetites.urlpatterns,
    *coming.urlpatterns,
    *reviews.urlpatterns,
    *workshops.urlpatterns,
]
