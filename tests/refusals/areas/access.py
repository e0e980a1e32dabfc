from tests.refusals.kinds import GET, PERSON, Page

PAGES = {"access": Page(GET, "/j/", PERSON)}
