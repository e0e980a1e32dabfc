from tests.refusals.kinds import ANYBODY, BOTH, GET, LINK, PERSON, POST, Page

PAGES = {
    "home": Page(GET, "/", LINK),
    "enter": Page(GET, "/enter/" + "0" * 32, ANYBODY),
    "leave": Page(POST, "/leave", ANYBODY),
    "away": Page(GET, "/away", ANYBODY),
    "sign_in": Page(BOTH, "/in", LINK),
    "lock": Page(POST, "/out", LINK),
    "stay": Page(POST, "/stay", LINK),
    "style": Page(GET, "/m/", ANYBODY),
    "today": Page(GET, "/b/", PERSON),
}
