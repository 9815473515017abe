"""Guessing is slowed: at most ten wrong answers in five minutes, per account and per address, for each factor."""

from datetime import timedelta

from django.utils import timezone

from mainstay.accounts.models import Guess

MOST = 10
WINDOW = timedelta(minutes=5)


def may_try(factor: str, *subjects: str) -> bool:
    since = timezone.now() - WINDOW
    return all(Guess.objects.filter(factor=factor, subject=subject, at__gt=since).count() < MOST for subject in subjects)


def failed(factor: str, *subjects: str) -> None:
    Guess.objects.filter(at__lt=timezone.now() - WINDOW).delete()
    Guess.objects.bulk_create(Guess(factor=factor, subject=subject[:120]) for subject in subjects)


def succeeded(factor: str, *subjects: str) -> None:
    Guess.objects.filter(factor=factor, subject__in=subjects).delete()
