"""Every address of the page server. Paths are opaque: none says what it is about.

Each area of the pages lists its own; letters are given out here, so that none is given twice:
a mailboxes, b today and days, c set-up, d held, e record, f plan, g people, i evidence,
j record of access, k settings, l what needs the person, m the components of the pages,
o notes that leave the page, h circle, r review.
"""

from django.urls import URLPattern, path

from stillwater.web import by_words, signing_in, views
from stillwater.web.access import urls as access
from stillwater.web.circle import urls as circle
from stillwater.web.evidence import urls as evidence
from stillwater.web.held import urls as held
from stillwater.web.mailboxes import urls as mailboxes
from stillwater.web.needs import urls as needs
from stillwater.web.people import urls as people
from stillwater.web.plan import urls as plan
from stillwater.web.record import urls as record
from stillwater.web.review import urls as review
from stillwater.web.settings import urls as settings
from stillwater.web.setup import urls as setup
from stillwater.web.signals import urls as signals
from stillwater.web.today import urls as today

handler400 = handler403 = handler404 = "stillwater.web.views.refused"
handler500 = "stillwater.web.views.broken"

urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("enter/<str:untrusted_token>", views.enter, name="enter"),
    path("leave", views.leave, name="leave"),
    path("away", views.away, name="away"),
    path("in", signing_in.sign_in, name="sign_in"),
    path("in/words", by_words.sign_in_words, name="sign_in_words"),
    path("out", signing_in.lock, name="lock"),
    path("stay", signing_in.stay, name="stay"),
    path("m/", views.style, name="style"),
    *mailboxes.urlpatterns,
    *record.urlpatterns,
    *today.urlpatterns,
    *signals.urlpatterns,
    *setup.urlpatterns,
    *plan.urlpatterns,
    *people.urlpatterns,
    *evidence.urlpatterns,
    *access.urlpatterns,
    *settings.urlpatterns,
    *circle.urlpatterns,
    *review.urlpatterns,
    *held.urlpatterns,
    *needs.urlpatterns,
]
