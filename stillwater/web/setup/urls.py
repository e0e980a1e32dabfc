"""Addresses of set-up."""

from django.urls import URLPattern, path

from stillwater.web.setup import before, ending, others, questions, sheet

urlpatterns: list[URLPattern] = [
    path("c/", ending.resume, name="setup"),
    path("c/a", before.seen, name="setup_seen"),
    path("c/a/b", before.elsewhere, name="setup_elsewhere"),
    path("c/b", before.traces, name="setup_traces"),
    path("c/c", before.the_page, name="setup_page"),
    path("c/d", before.waits, name="setup_waits"),
    path("c/e", before.passphrase, name="setup_passphrase"),
    path("c/f", sheet.sheet, name="setup_sheet"),
    path("c/f/a", sheet.sheet_file, name="setup_sheet_file"),
    path("c/f/b", sheet.sheet_anew, name="setup_sheet_anew"),
    path("c/g", others.who, name="setup_who"),
    path("c/g/new", others.other_new, name="setup_other_new"),
    path("c/g/b/<str:untrusted_key>", others.other, name="setup_other"),
    path("c/g/b/<str:untrusted_key>/off", others.other_off, name="setup_other_off"),
    path("c/h", questions.children, name="setup_children"),
    path("c/i", questions.orders, name="setup_orders"),
    path("c/i/a", questions.obey, name="setup_obey"),
    path("c/j", questions.shared, name="setup_shared"),
    path("c/k", questions.why, name="setup_why"),
    path("c/k/a", questions.honest, name="setup_honest"),
    path("c/l", questions.mode, name="setup_mode"),
    path("c/l/<str:untrusted_key>", questions.allow, name="setup_allow"),
    path("c/m", ending.passes, name="setup_passes"),
    path("c/n", ending.the_plan, name="setup_plan"),
    path("c/o", ending.mail, name="setup_mail"),
    path("c/p", ending.end, name="setup_end"),
]
