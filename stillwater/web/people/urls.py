"""Addresses of the pages of people."""

from django.urls import URLPattern, path

from stillwater.web.people import views

urlpatterns: list[URLPattern] = [
    path("g/", views.people, name="people"),
    path("g/new", views.new, name="person_new"),
    path("g/q/<str:untrusted_id>", views.answer, name="question_answer"),
    path("g/o/<str:untrusted_id>", views.one, name="person"),
    path("g/o/<str:untrusted_id>/a", views.handle_on, name="person_handle_on"),
    path("g/o/<str:untrusted_id>/b", views.handle_off, name="person_handle_off"),
    path("g/o/<str:untrusted_id>/c", views.names, name="person_names"),
    path("g/o/<str:untrusted_id>/d", views.relay_on, name="person_relay_on"),
    path("g/o/<str:untrusted_id>/e", views.relay_off, name="person_relay_off"),
]
