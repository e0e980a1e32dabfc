"""Addresses of the first page, and of the days."""

from django.urls import URLPattern, path

from stillwater.web.today import days, views

urlpatterns: list[URLPattern] = [
    path("b/", views.today, name="today"),
    path("b/p", days.ring_light, name="days_light"),
    path("b/q", days.ring_dark, name="days_dark"),
    path("b/d", days.days, name="days"),
    path("b/d/on", days.note, name="day_note"),
    path("b/d/off/<str:untrusted_id>", days.take_back, name="day_note_back"),
    path("b/d/not/<str:untrusted_id>", days.no_lapse, name="day_no_lapse"),
]
