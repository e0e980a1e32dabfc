"""Every address of the page server. Paths are opaque: none says what it is about."""

from django.urls import URLPattern, path

from stillwater.web import adding, mailbox_views, signing_in, views

handler400 = handler403 = handler404 = "stillwater.web.views.refused"
handler500 = "stillwater.web.views.broken"

urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("enter/<str:untrusted_token>", views.enter, name="enter"),
    path("leave", views.leave, name="leave"),
    path("away", views.away, name="away"),
    path("a/in", signing_in.sign_in, name="sign_in"),
    path("a/out", signing_in.lock, name="lock"),
    path("a/", mailbox_views.all_of_them, name="mailboxes"),
    path("a/b/<str:untrusted_id>", mailbox_views.one, name="mailbox"),
    path("a/b/<str:untrusted_id>/look", mailbox_views.look, name="mailbox_look"),
    path("a/b/<str:untrusted_id>/key", mailbox_views.password, name="mailbox_password"),
    path("a/b/<str:untrusted_id>/again", adding.permission, name="mailbox_permission"),
    path("a/b/<str:untrusted_id>/off", mailbox_views.remove, name="mailbox_remove"),
    path("a/b/<str:untrusted_id>/on", mailbox_views.keep, name="mailbox_keep"),
    path("a/c", adding.begin, name="draft_begin"),
    path("a/c/<str:untrusted_key>", adding.step, name="draft"),
    path("a/c/<str:untrusted_key>/key", adding.password, name="draft_password"),
    path("a/c/<str:untrusted_key>/code", adding.code, name="draft_code"),
    path("a/c/<str:untrusted_key>/typed", adding.code_typed, name="draft_code_typed"),
    path("a/c/<str:untrusted_key>/add", adding.add, name="draft_add"),
    path("a/c/<str:untrusted_key>/stop", adding.cancel, name="draft_cancel"),
]
