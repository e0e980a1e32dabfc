"""Addresses of the pages of mailboxes."""

from django.urls import URLPattern, path

from stillwater.web.mailboxes import adding, views

urlpatterns: list[URLPattern] = [
    path("a/", views.all_of_them, name="mailboxes"),
    path("a/b/<str:untrusted_id>", views.one, name="mailbox"),
    path("a/b/<str:untrusted_id>/look", views.look, name="mailbox_look"),
    path("a/b/<str:untrusted_id>/key", views.password, name="mailbox_password"),
    path("a/b/<str:untrusted_id>/again", adding.permission, name="mailbox_permission"),
    path("a/b/<str:untrusted_id>/off", views.remove, name="mailbox_remove"),
    path("a/b/<str:untrusted_id>/on", views.keep, name="mailbox_keep"),
    path("a/c", adding.begin, name="draft_begin"),
    path("a/c/<str:untrusted_key>", adding.step, name="draft"),
    path("a/c/<str:untrusted_key>/key", adding.password, name="draft_password"),
    path("a/c/<str:untrusted_key>/code", adding.code, name="draft_code"),
    path("a/c/<str:untrusted_key>/typed", adding.code_typed, name="draft_code_typed"),
    path("a/c/<str:untrusted_key>/instead", adding.permission_instead, name="draft_instead"),
    path("a/c/<str:untrusted_key>/ask", adding.google, name="draft_google"),
    path("a/c/<str:untrusted_key>/asked", adding.google_said, name="draft_google_said"),
    path("a/c/<str:untrusted_key>/add", adding.add, name="draft_add"),
    path("a/c/<str:untrusted_key>/stop", adding.cancel, name="draft_cancel"),
]
