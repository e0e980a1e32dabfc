"""Addresses of the pages of the plan."""

from django.urls import URLPattern, path

from stillwater.web.plan import views

urlpatterns: list[URLPattern] = [
    path("f/", views.plan, name="plan"),
    path("f/a", views.withdraw, name="plan_withdraw"),
    path("f/b", views.loosen, name="plan_loosen"),
    path("f/c", views.passes, name="plan_passes"),
    path("f/d", views.as_text, name="plan_text"),
    path("f/e", views.honest, name="plan_honest"),
    path("f/o/<str:untrusted_id>", views.mode, name="plan_mode"),
    path("f/o/<str:untrusted_id>/why", views.why, name="plan_why"),
]
