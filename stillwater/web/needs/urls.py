"""Addresses of what needs the person."""

from django.urls import URLPattern, path

from stillwater.web.needs import views

urlpatterns: list[URLPattern] = [
    path("l/", views.all_of_them, name="needs"),
    path("l/c", views.call, name="call"),
    path("l/x/<str:untrusted_id>", views.one, name="need"),
    path("l/x/<str:untrusted_id>/seen", views.seen, name="need_seen"),
    path("l/x/<str:untrusted_id>/ask", views.ask, name="need_ask"),
]
