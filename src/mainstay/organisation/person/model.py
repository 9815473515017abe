"""A person the office deals with, with or without a sign-in."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mainstay.register.record import Entry


class Person(Entry):
    email = models.EmailField(_("e-mail address"), blank=True, help_text=_("Where returns and reminders are sent."))
    post = models.CharField(_("post"), max_length=120, blank=True, help_text=_("What the person does, in the organisation's words."))
    body = models.CharField(_("organisation"), max_length=120, blank=True, help_text=_("Department, agency or supplier."))
    left_on = models.DateField(
        _("left on"), null=True, blank=True, help_text=_("From this day on, what the person owns needs a new owner.")
    )
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="person"
    )

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["email"],
                condition=~models.Q(email=""),
                name="person_email_once",
                violation_error_message=_("Somebody else has this e-mail address."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def has_left(self) -> bool:
        return self.left_on is not None and self.left_on <= timezone.localdate()
