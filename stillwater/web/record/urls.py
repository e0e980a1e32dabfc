"""Addresses of the pages on which something is written down."""

from django.urls import URLPattern, path

from stillwater.web.record import reading, views

_DRAFT = "e/d/<str:untrusted_id>"
_ENTRY = "e/n/<str:untrusted_id>"

urlpatterns: list[URLPattern] = [
    path("e/", views.begin, name="record"),
    path("e/all", reading.all_of_them, name="record_all"),
    path(f"{_DRAFT}/save", views.save, name="record_save"),
    path(f"{_DRAFT}/drop", views.drop, name="record_drop"),
    # web/uploads.py knows this address too.
    path(f"{_DRAFT}/pictures", views.pictures, name="record_pictures"),
    path(
        f"{_DRAFT}/pictures/<str:untrusted_picture>", views.picture_off, name="record_picture_off"
    ),
    path(f"{_DRAFT}/s/<str:untrusted_step>", views.step, name="record_step"),
    path(_ENTRY, reading.one, name="record_entry"),
    path(f"{_ENTRY}/more", reading.add, name="record_more"),
    path(f"{_ENTRY}/author", reading.author, name="record_author"),
]
