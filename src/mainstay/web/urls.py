"""Addresses of the web face; those of the registers and of the functions' own pages stand beside them."""

from django.urls import URLPattern, path

from mainstay.web import channels, display, home, jobs, messages, sign_ins, signing_in, taking, tokens, views

urlpatterns: list[URLPattern] = [
    path("", home.home, name="web.home"),
    path("sign-in/", signing_in.SignIn.as_view(), name="web.login"),
    path("sign-out/", signing_in.sign_out, name="web.logout"),
    path("search/", views.find, name="web.search"),
    path("settings/", views.settings, name="web.settings"),
    path("settings/display/", display.choose, name="web.display"),
    path("settings/tokens/", tokens.own_tokens, name="web.tokens"),
    path("settings/tokens/<int:pk>/revoke/", tokens.revoke, name="web.revoke_token"),
    path("settings/sign-ins/", sign_ins.own_sign_ins, name="web.sign_ins"),
    path("settings/sign-ins/end-others/", sign_ins.end_others, name="web.end_other_sign_ins"),
    path("settings/sign-ins/<int:pk>/end/", sign_ins.end, name="web.end_sign_in"),
    path("settings/password/", signing_in.ChangePassword.as_view(), name="web.password"),
    path("settings/password/changed/", signing_in.password_changed, name="web.password_changed"),
    path("taken/", taking.taken, name="web.taken"),
    path("keys/", views.keys, name="web.keys"),
    path("guides/", views.guides, name="web.guides"),
    path("accessibility/", views.accessibility, name="web.accessibility"),
    path("components/", views.components, name="web.components"),
    path("messages/", messages.messages, name="web.messages"),
    path("messages/<int:pk>/again/", messages.try_again, name="web.try_message"),
    path("messages/channels/", channels.all_channels, name="web.channels"),
    path("messages/channels/<int:pk>/", channels.one_channel, name="web.channel"),
    path("messages/channels/<int:pk>/try/", channels.try_channel, name="web.try_channel"),
    path("messages/channels/<int:pk>/remove/", channels.remove_channel, name="web.remove_channel"),
    path("jobs/", jobs.jobs, name="web.jobs"),
    path("jobs/<int:pk>/", jobs.job, name="web.job"),
    path("jobs/<int:pk>/status/", jobs.job_status, name="web.job_status"),
    path("jobs/<int:pk>/cancel/", jobs.job_cancel, name="web.job_cancel"),
]
