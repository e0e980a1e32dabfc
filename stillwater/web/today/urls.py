"""Addresses of the first page."""

from django.urls import URLPattern, path

from stillwater.web.today import views

urlpatterns: list[URLPattern] = [path("b/", views.today, name="today")]
