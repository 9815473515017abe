"""The Django app of outgoing messages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PostConfig(AppConfig):
    name = "mainstay.post"
    label = "post"
    verbose_name = _("Messages")
