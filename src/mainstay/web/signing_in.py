"""Signing in and out, and the password. Guessing is slowed, attempts are in the history, no answer tells which half was wrong."""

from typing import Any

from django.contrib.auth import logout
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.contrib.auth.views import LoginView, PasswordChangeView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from mainstay.accounts import guesses, sign_ins
from mainstay.accounts.addresses import address_of
from mainstay.accounts.models import Account
from mainstay.register.history import Actor, Event, record_event
from mainstay.register.requests import PUBLIC, SIGNED_IN, actor_of, asks

FACTOR = "password"


class SignInForm(AuthenticationForm):
    """E-mail address and password, in words of our own."""

    error_messages = {
        "invalid_login": _("E-mail address and password do not belong together. Check both and try again."),
        "inactive": _("E-mail address and password do not belong together. Check both and try again."),
    }

    def clean(self) -> dict[str, Any]:
        email = self.cleaned_data.get("username", "").strip().lower()
        subjects = (f"account:{email}"[:120], f"address:{address_of(self.request)}" if self.request else "address:")
        if not guesses.may_try(FACTOR, *subjects):
            raise ValidationError(_("Too many attempts. Wait five minutes and try again; a right password waits, too."), code="too_many")
        try:
            cleaned = super().clean()
        except ValidationError:
            guesses.failed(FACTOR, *subjects)
            raise
        guesses.succeeded(FACTOR, subjects[0])
        return dict(cleaned)


class SignIn(LoginView):
    """The page for whoever is not signed in yet; `next` leads only to pages of our own."""

    permission = PUBLIC
    template_name = "web/login.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        response = super().form_valid(form)
        account = form.get_user()
        if isinstance(account, Account):
            sign_ins.began(self.request, account)
            told(self.request, "sign in", account)
        return response

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        codes = {fault.code for faults in form.errors.as_data().values() for fault in faults}
        if codes & {"invalid_login", "inactive", "too_many"}:
            told(self.request, "sign-in refused", None)
        response = super().form_invalid(form)
        response.status_code = 429 if "too_many" in codes else 422
        return response


def told(request: HttpRequest, verb: str, account: Account | None) -> None:
    """The history knows who came in and that somebody did not; never what was typed."""
    actor = Actor(account, "page", actor_of(request).request_id, "" if account else address_of(request))
    record_event(Event("accounts.account", verb[:20], account.pk if account else None), actor)


@require_POST
@asks(PUBLIC)
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session; the browser forgets what it has kept of our pages."""
    account = actor_of(request).account
    if account is not None:
        told(request, "sign out", account)
    logout(request)
    response = HttpResponseRedirect(reverse("web.login"))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


class PasswordForm(PasswordChangeForm):
    """The old password and the new one, twice; wrong old ones are counted like wrong sign-ins."""

    def clean_old_password(self) -> str:
        subject = f"change:{self.user.pk}"
        if not guesses.may_try(FACTOR, subject):
            raise ValidationError(_("Too many attempts. Wait five minutes and try again."), code="too_many")
        try:
            held = super().clean_old_password()
        except ValidationError:
            guesses.failed(FACTOR, subject)
            raise ValidationError(_("This is not your present password. Check it and try again."), code="password_incorrect") from None
        guesses.succeeded(FACTOR, subject)
        return str(held)


class ChangePassword(PasswordChangeView):
    """A new password; every other session of the account ends with the old one."""

    permission = SIGNED_IN
    template_name = "web/password.html"
    form_class = PasswordForm
    success_url = reverse_lazy("web.password_changed")

    def form_valid(self, form: Any) -> HttpResponse:
        before = self.request.session.session_key
        response = super().form_valid(form)
        account = actor_of(self.request).account
        if account is not None:
            sign_ins.moved(account, before, self.request.session.session_key)
            sign_ins.end_others(account, self.request.session.session_key)
        told(self.request, "change password", account)
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 422
        return response


@asks(SIGNED_IN)
def password_changed(request: HttpRequest) -> HttpResponse:
    from mainstay.web.views import settings_page  # views knows this module's addresses only by name

    return settings_page(
        request, notices=[{"text": _("The password is changed. Every other session has ended."), "tone": "", "url": "", "link": ""}]
    )
