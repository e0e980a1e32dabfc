"""Addresses of the pages of evidence."""

from django.urls import URLPattern, path

from stillwater.web.evidence import checking, views

urlpatterns: list[URLPattern] = [
    path("i/", views.evidence, name="evidence"),
    path("i/a", views.choose, name="export_choose"),
    path("i/b/<str:untrusted_id>", views.export, name="export"),
    path("i/b/<str:untrusted_id>/ask", views.ask, name="export_ask"),
    path("i/b/<str:untrusted_id>/go", views.make, name="export_make"),
    path("i/b/<str:untrusted_id>/again", views.again, name="export_again"),
    path("i/b/<str:untrusted_id>/file", views.save, name="export_file"),
    path("i/b/<str:untrusted_id>/off", views.forget, name="export_forget"),
    path("i/b/<str:untrusted_id>/look", checking.check_made, name="export_check"),
    path("i/c", checking.check_record, name="record_check"),
    path("i/d", checking.check_bundle, name="bundle_check"),
    path("i/d/<str:untrusted_form>", checking.bundle_sent, name="bundle_sent"),
]
