"""Addresses of the person's pages about their circle."""

from django.urls import URLPattern, path

from stillwater.web.circle import files, views

urlpatterns: list[URLPattern] = [
    path("h/", views.circle, name="circle"),
    path("h/n", views.add, name="circle_add"),
    path("h/p", views.passed_on, name="circle_passed_on"),
    path("h/m/<str:untrusted_id>", views.one, name="member"),
    path("h/m/<str:untrusted_id>/ask", views.invite, name="member_invite"),
    path("h/m/<str:untrusted_id>/key", views.key, name="member_key"),
    path("h/m/<str:untrusted_id>/same", views.same, name="member_same"),
    path("h/m/<str:untrusted_id>/thanks", views.thanks, name="member_thanks"),
    path("h/m/<str:untrusted_id>/off", views.remove, name="member_remove"),
    path("h/m/<str:untrusted_id>/out", files.prepare, name="member_file"),
    path("h/m/<str:untrusted_id>/back", files.answer, name="member_answer"),
]
