"""A meeting of a board or other forum: what stands on its agenda, who was there, and what came of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.register.record import Record


class Meeting(Record):
    forum = models.CharField(_("forum"), max_length=120, help_text=_("The board or group that meets, as its decisions name it."))
    held_on = models.DateField(_("on"), help_text=_("The day of the meeting."))
    papers_by = models.DateField(_("papers by"), null=True, blank=True, help_text=_("The day by which papers are sent out."))
    place = models.CharField(_("place"), max_length=160, blank=True, help_text=_("Where it meets, or the link to join."))
    agenda = models.TextField(_("agenda"), blank=True, help_text=_("One item on each line, marked information, discussion or decision."))
    present = models.TextField(_("present"), blank=True, help_text=_("Who was there, one name on each line."))
    apologies = models.TextField(_("apologies"), blank=True, help_text=_("Who sent apologies, one name on each line."))
    is_quorate = models.BooleanField(_("quorate"), null=True, blank=True, help_text=_("Whether enough members were there to decide."))
    minutes = models.TextField(
        _("minutes"), blank=True, help_text=_("What was said that is needed later; decisions and actions are records.")
    )

    class Meta(Record.Meta):
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
