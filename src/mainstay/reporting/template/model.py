"""A template: a Word, PowerPoint or Excel file with tokens, checked when it came, kept under the digest of its content."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mainstay.register.record import Record


class FileKind(models.TextChoices):
    DOCX = "docx", _("Word")
    PPTX = "pptx", _("PowerPoint")
    XLSX = "xlsx", _("Excel")


class Template(Record):
    purpose = models.TextField(_("purpose"), blank=True, help_text=_("Which report is made from it, and for whom."))
    kind = models.CharField(
        _("kind of file"), max_length=4, choices=FileKind.choices, default=FileKind.DOCX, editable=False, help_text=_("What it makes.")
    )
    edition = models.PositiveIntegerField(
        _("edition"), default=0, editable=False, help_text=_("Counts the files that have stood here; earlier ones stay in the store.")
    )
    file_name = models.CharField(_("file"), max_length=200, default="", editable=False, help_text=_("Name of the file as it came."))
    digest = models.CharField(
        _("digest"), max_length=64, default="", editable=False, help_text=_("SHA-256 of the file; it is kept under it.")
    )
    size = models.PositiveBigIntegerField(_("size"), default=0, editable=False, help_text=_("Bytes of the file."))
    names = models.JSONField(_("names"), default=list, editable=False, help_text=_("The names of the catalogue that it uses."))

    class Meta(Record.Meta):
        verbose_name = _("template of packs")
        verbose_name_plural = _("templates of packs")
