"""All addresses: the faces' own, then every register's."""

from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("mainstay.api.urls")),
    path("", include("mainstay.web.urls")),
]

handler400 = "mainstay.web.errors.bad_request"
handler403 = "mainstay.web.errors.forbidden"
handler404 = "mainstay.web.errors.not_found"
handler500 = "mainstay.web.errors.server_error"
