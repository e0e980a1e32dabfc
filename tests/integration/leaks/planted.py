"""What must never be seen: mails whose every part holds a word that stands nowhere else.

The words are nonsense, so that one of them is found wherever it went; between them stand
plain sentences, for the runs of four words.
"""

from dataclasses import dataclass
from email.message import EmailMessage
from functools import cache

PERSON = "sam@home.example"
LABEL = "Quillonby"
OTHER = "brindlewack@mail.example"
NEW_HANDLE = "tworrelstane@newbox.example"
SERVER = "mx.home.example"

PLAN = f"""\
[you]
names = ["Sam"]
handles = ["{PERSON}"]
timezone = "Europe/Berlin"
authserv = ["{SERVER}"]

[[others]]
label = "{LABEL}"
names = ["Jordan", "Hazzlewicke"]
handles = ["{OTHER}"]
mode = "low_contact"
since = 2026-01-10
channel = "mail"
subjects = ["children", "money"]
relays = [{{ name = "Aunt", handles = ["auntplonkrish@family.example"], on_relay = "held" }}]

[[wanted]]
name = "Ana"
handles = ["ana@friends.example"]

[[always_pass]]
handle = "@court.example"
why = "court"
"""

# The person wrote these themself: their own pages may show them, and nothing else may hold them.
WRITTEN_BY_THEM = frozenset({"quillonby", "brindlewack", "hazzlewicke", "auntplonkrish"})
# In the originals, and perhaps on a page that asks whose a new handle is.
HANDLES = frozenset({"tworrelstane", "gostrimmel", "smorfeldic"})


@dataclass(frozen=True, slots=True)
class Planted:
    """One mail: what it says in plain words, and as it comes in."""

    words: tuple[str, ...]
    raw: bytes


@cache
def mails() -> list[Planted]:
    """One for every way that a mail takes through the gate."""
    return [
        _mail(OTHER, "autumn drossmirel", "The leaves are down in the park, plunkovane."),
        _mail(OTHER, "velmorquist in the autumn", "Come back to the house, dranklewort. "
              "I keep the light on for you every single night."),
        _mail(OTHER, "fremblatch threat", "If I can't have you nobody will, skelvorn. "
              "I will kill you and then myself."),
        _mail(OTHER, "plimsgrath money", "Please pay 80 EUR for the camp by 1 May, groddlewick. "
              "We were so happy by the lake that summer."),
        _mail(OTHER, "Re: wuntscherl", "You never answer me, brolsketh.\n\n"
              "> The pictures of our holidays, quastramund, are still on the wall\n"),
        _mail(OTHER, "hearing morlindrasp", "You are hereby summoned to appear before the District "
              "Court of Zwackelheim, thrunnick. Answer within 21 days of service."),
        _with_attachment(),
        _mail(NEW_HANDLE, "it's me yorvelkin", "It's me, Jordan, under a new address, haspermoult. "
              "I keep the light on for you every single night."),
        _mail("auntplonkrish@family.example", "from Jordan pexwallow", "Jordan asked me to tell "
              "you that he waits for your call, stobrendel, please be kind to him."),
        _mail("gostrimmel@else.example", "a stranger jundelwip", "I know where you live now, "
              "krolfenstab, and I will burn your house down tonight."),
        _mail("ana@friends.example", "forged drixolane", "Can you send me your new address, "
              "wembrulock? I seem to have lost it somewhere.", says="fail"),
        _mail("clerk@court.example", "claims ossagrind", "Confirm where you live now within two "
              "days, felquondary, by a reply to this.", says="fail"),
        _mail(OTHER, "ein Wort nundelquatsch", "Ich weiß nicht mehr weiter ohne dich, brummseltik. "
              "Melde dich doch bitte endlich bei mir."),
        _outgoing(),
        _broken(),
    ]  # fmt: skip


def canaries() -> frozenset[str]:
    """Every planted word, in small letters."""
    return WRITTEN_BY_THEM | HANDLES | IN_THE_ORIGINALS


_WORDS = """
velmorquist dranklewort fremblatch skelvorn plimsgrath groddlewick wuntscherl brolsketh
quastramund morlindrasp zwackelheim thrunnick yorvelkin haspermoult pexwallow stobrendel
jundelwip krolfenstab drixolane wembrulock ossagrind felquondary nundelquatsch brummseltik
nomplatrix vustrellan cheprondal shown0grimble prellastor ombrigule tafnerwoss drossmirel plunkovane
msgidwrankle
"""
IN_THE_ORIGINALS = frozenset(_WORDS.split())
# Which court is a fact, and the person is told it: on the pages of facts, and on no other.
THE_COURT = frozenset({"zwackelheim"})


def _mail(sender: str, subject: str, text: str, *, says: str = "pass") -> Planted:
    mail = _begun(sender, subject, says)
    mail.set_content(text + "\n")
    return Planted((subject, text.replace("\n> ", "\n")), mail.as_bytes())


def _begun(sender: str, subject: str, says: str = "pass") -> EmailMessage:
    mail = EmailMessage()
    domain = sender.partition("@")[2]
    mail["Received"] = f"from {domain} by {SERVER}; Tue, 24 Nov 2026 10:00:00 +0000"
    mail["Authentication-Results"] = f"{SERVER}; dmarc={says} header.from={domain}"
    mail["From"] = f'"Shown0grimble Person" <{sender}>'
    mail["To"] = PERSON
    mail["Date"] = "Tue, 24 Nov 2026 10:00:00 +0000"
    mail["Subject"] = subject
    mail["Message-ID"] = f"<{abs(hash(subject))}.msgidwrankle@mail.example>"
    mail["Reply-To"] = "smorfeldic@reply.example"
    return mail


def _with_attachment() -> Planted:
    text = "I have put the old photographs of us into this, nomplatrix."
    attached = "A list of everything that you ever promised me, vustrellan, with dates."
    mail = _begun(OTHER, "pictures prellastor")
    mail.set_content(text + "\n")
    mail.add_alternative(
        f"<p>{text}</p><p hidden>The hidden part of this letter, ombrigule.</p>", subtype="html"
    )
    mail.add_attachment(attached.encode(), "text", "plain", filename="cheprondal list.txt")
    words = (text, attached, "The hidden part of this letter, ombrigule.")
    return Planted(words, mail.as_bytes())


def _outgoing() -> Planted:
    text = "I got your letter about the camp, tafnerwoss, and the money is on its way."
    mail = EmailMessage()
    mail["From"], mail["To"] = PERSON, OTHER
    mail["Date"], mail["Subject"] = "Tue, 24 Nov 2026 11:00:00 +0000", "Re: camp"
    mail.set_content(text)
    return Planted((text,), mail.as_bytes())


def _broken() -> Planted:
    """No parser takes it apart whole, and it names the other."""
    text = "Broken on purpose so that nothing can read it, vustrellan"
    raw = (
        f"From: {OTHER}\nSubject: =?utf-8?b?/////\nContent-Type: multipart/mixed;\n"
        f" boundary*0*=x'y'{'z' * 300}\n\n--\x00\x01 {text}\n"
    ).encode()
    return Planted((text,), raw)
