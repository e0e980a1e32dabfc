"""Addresses of what is held, and of the pause."""

from django.urls import URLPattern, path

from stillwater.web.held import counting, opened, pause

urlpatterns: list[URLPattern] = [
    path("d/", counting.held, name="held"),
    path("d/c/<str:untrusted_half>", counting.counts, name="held_counts"),
    path("d/p/<str:untrusted_row>/<str:untrusted_half>", counting.row_light, name="row_light"),
    path("d/q/<str:untrusted_row>/<str:untrusted_half>", counting.row_dark, name="row_dark"),
    path("d/g", counting.go, name="held_go"),
    path("d/w/<str:untrusted_week>/<str:untrusted_page>", counting.week, name="held_week"),
    path("d/x/<str:untrusted_id>", pause.one, name="held_one"),
    path("d/x/<str:untrusted_id>/facts", pause.facts, name="held_facts"),
    path("d/x/<str:untrusted_id>/wait", pause.wait, name="held_wait"),
    path("d/x/<str:untrusted_id>/stop", pause.cancel, name="held_cancel"),
    path("d/x/<str:untrusted_id>/ask", pause.ask, name="held_ask"),
    path("d/x/<str:untrusted_id>/open", pause.open_now, name="held_open"),
    path("d/o", opened.original, name="opened"),
    path("d/o/close", opened.close, name="opened_close"),
    path("d/o/<str:untrusted_number>", opened.part, name="opened_part"),
]
