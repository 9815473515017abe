"""What the mechanism keeps beside the records: the history and its chain, comments, attachments, links, views, numbering."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Change(models.Model):
    """One event in the one history. Rows are only ever added; the database itself refuses anything else."""

    sequence = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=120)
    channel = models.CharField(max_length=12)
    request_id = models.CharField(max_length=36, blank=True)
    register = models.CharField(max_length=60)
    record_id = models.BigIntegerField(null=True)
    ref = models.CharField(max_length=32, blank=True)
    path = models.CharField(max_length=255, blank=True)
    verb = models.CharField(max_length=20)
    reason = models.TextField(blank=True)
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["-sequence"]
        indexes = [
            models.Index(fields=["register", "record_id", "sequence"], name="change_record"),
            models.Index(fields=["at"], name="change_at"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.verb} {self.register} {self.ref}"


class ChainHead(models.Model):
    """The last link of the chain. Locking this one row puts all writers in order."""

    sequence = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        return f"{self.sequence} {self.digest[:12]}"


class Counter(models.Model):
    """The last number given in one register below one parent."""

    register = models.CharField(max_length=60)
    parent_id = models.BigIntegerField(default=0)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["register", "parent_id"], name="counter_once")]

    def __str__(self) -> str:
        return f"{self.register} {self.parent_id}: {self.last}"


class Receipt(models.Model):
    """The effect of a request that may be sent twice: the second sending finds the first one's record."""

    key = models.CharField(max_length=80)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", null=True)
    register = models.CharField(max_length=60)
    record_id = models.BigIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "register", "key"], name="receipt_once")]

    def __str__(self) -> str:
        return f"{self.register} {self.record_id}"


class About(models.Model):
    """Something said about, or hung on, one record of any register."""

    register = models.CharField(max_length=60)
    record_id = models.BigIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField(default=timezone.now)
    is_withdrawn = models.BooleanField(default=False)

    class Meta:
        abstract = True
        ordering = ["pk"]
        indexes = [models.Index(fields=["register", "record_id"], name="%(class)s_record")]


class Comment(About):
    """A remark on a record."""

    text = models.TextField(_("comment"), max_length=4000)

    def __str__(self) -> str:
        return self.text[:60]


class Attachment(About):
    """A file on a record, kept under the digest of its content."""

    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    content_type = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.name


class Watch(About):
    """An account wants to hear of changes to this record; `seen` is the last change it was shown."""

    seen = models.BigIntegerField(default=0)

    class Meta(About.Meta):
        constraints = [models.UniqueConstraint(fields=["register", "record_id", "by"], name="watch_once")]

    def __str__(self) -> str:
        return f"{self.register} {self.record_id}"


class Relation(models.TextChoices):
    """What one record is to another; read from the first to the second."""

    THREATENS = "threatens", _("threatens")
    REALISES = "realises", _("realises")
    DELIVERS = "delivers", _("delivers")
    DEPENDS_ON = "depends on", _("depends on")
    MITIGATES = "mitigates", _("mitigates")
    EVIDENCES = "evidences", _("evidences")
    SUPERSEDES = "supersedes", _("supersedes")
    CAUSES = "causes", _("causes")
    RELATES_TO = "relates to", _("relates to")


class Link(About):
    """A typed relation between two records of any registers."""

    relation = models.CharField(max_length=20, choices=Relation.choices)
    to_register = models.CharField(max_length=60)
    to_id = models.BigIntegerField()

    class Meta(About.Meta):
        indexes = [*About.Meta.indexes, models.Index(fields=["to_register", "to_id"], name="link_target")]

    def __str__(self) -> str:
        return f"{self.register} {self.record_id} {self.relation} {self.to_register} {self.to_id}"


class SavedView(models.Model):
    """A list as somebody set it up: columns, filters, sort; for its maker alone or for all who may see the list."""

    register = models.CharField(max_length=60)
    name = models.CharField(_("name"), max_length=60)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    is_shared = models.BooleanField(_("shared"), default=False)
    path = models.CharField(max_length=255, blank=True, help_text=_("A shared view is offered to those who may see this part of the tree."))
    query = models.TextField(blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["register", "by", "name"], name="saved_view_once")]

    def __str__(self) -> str:
        return self.name


class SearchText(models.Model):
    """The words of one record, as the search finds them. The index over them belongs to the database in use."""

    register = models.CharField(max_length=60)
    record_id = models.BigIntegerField()
    path = models.CharField(max_length=255, blank=True)
    other_path = models.CharField(
        max_length=255, blank=True, help_text="The second place from which the record may be seen, where it has two."
    )
    label = models.CharField(max_length=240)
    text = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["register", "record_id"], name="search_once")]

    def __str__(self) -> str:
        return self.label
