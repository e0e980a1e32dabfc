"""Addresses of the settings."""

from django.urls import URLPattern, path

from stillwater.web.settings import keys, removing, safekeeping, views

urlpatterns: list[URLPattern] = [
    path("k/", views.overview, name="settings"),
    path("k/a", views.this_page, name="this_page"),
    path("k/b", views.leaving, name="leaving"),
    path("k/c", views.waits, name="waits"),
    path("k/c/keep", views.keep_waits, name="waits_keep"),
    path("k/d", keys.passphrase, name="passphrase"),
    path("k/e", keys.sheet, name="sheet"),
    path("k/e/a", keys.sheet_file, name="sheet_file"),
    path("k/e/b", keys.sheet_kept, name="sheet_kept"),
    path("k/f", keys.sign_ins, name="sign_ins"),
    path("k/f/<str:untrusted_id>", keys.end_sign_in, name="sign_in_end"),
    path("k/g", safekeeping.backup, name="backup"),
    path("k/g/a", safekeeping.backup_file, name="backup_file"),
    path("k/g/b", safekeeping.backup_keys, name="backup_keys"),
    path("k/g/c", safekeeping.backup_kept, name="backup_kept"),
    path("k/h", safekeeping.moving, name="moving"),
    path("k/z", removing.remove, name="remove_everything"),
    path("k/z/keep", removing.keep, name="keep_everything"),
]
