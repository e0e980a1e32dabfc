"""Addresses of the pages of notes that leave the page."""

from django.urls import URLPattern, path

from stillwater.web.signals import views, ways

urlpatterns: list[URLPattern] = [
    path("o/", views.overview, name="signals"),
    path("o/a", ways.add, name="signal_add"),
    path("o/g", ways.agree, name="signal_agree"),
    path("o/t", views.sentences, name="signal_texts"),
    path("o/p", views.pace, name="signal_pace"),
    path("o/q", views.quiet, name="signal_quiet"),
    path("o/w/<str:untrusted_id>/test", ways.test, name="signal_test"),
    path("o/w/<str:untrusted_id>/off", ways.remove, name="signal_remove"),
    path("o/w/<str:untrusted_id>/on", ways.keep, name="signal_keep"),
]
