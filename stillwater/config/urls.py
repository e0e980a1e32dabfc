"""Every address of the page server. Paths are opaque: none says what it is about."""

from django.urls import URLPattern, path

from stillwater.web import views

handler400 = handler403 = handler404 = "stillwater.web.views.refused"
handler500 = "stillwater.web.views.broken"

urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("enter/<str:untrusted_token>", views.enter, name="enter"),
    path("leave", views.leave, name="leave"),
    path("away", views.away, name="away"),
]
