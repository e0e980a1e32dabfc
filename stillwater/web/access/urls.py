"""Address of the record of access."""

from django.urls import URLPattern, path

from stillwater.web.access import views

urlpatterns: list[URLPattern] = [path("j/", views.access, name="access")]
