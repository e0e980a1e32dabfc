"""The words of set-up that are chosen from: waits, relations, what is shared, what to protect."""

from django.utils.translation import gettext_lazy as _

# Hours, as a form sends them, and what is said of each.
WAITS = (
    ("1", _("An hour")),
    ("24", _("A day: what pulls tonight may look different tomorrow")),
    ("72", _("Three days")),
    ("168", _("A week")),
    ("0", _("No wait: it opens at once, on hard days too")),
)
DELAYS = (
    ("1", _("An hour")),
    ("24", _("A day")),
    ("72", _("Three days")),
    ("168", _("A week")),
    ("0", _("No wait: it is loosened at once, on hard days too")),
)
IN_HOURS = tuple(hours for hours, _said in WAITS)

RELATIONS = (
    ("partner", _("Partner or former partner")),
    ("co_parent", _("The other parent of a child of mine")),
    ("parent", _("A parent of mine")),
    ("sibling", _("Brother or sister")),
    ("family", _("Somebody else of the family")),
    ("boss", _("Boss, or somebody at work")),
    ("friend", _("A former friend")),
    ("someone", _("Somebody else")),
)
CHILDREN = (("yes", _("Yes")), ("no", _("No")))
ORDERS = (
    ("protects_me", _("An order protects me from them")),
    ("about_children", _("A court decided about children, or about contact")),
    ("against_me", _("An order says that I may not contact them")),
    ("unsure", _("I am not sure")),
    ("none", _("None of these")),
)
SHARED = (
    ("home", _("A home, or a lease")),
    ("money", _("Money: an account, debts, a business, support that is paid")),
    ("unsure", _("I am not sure")),
    ("nothing", _("None of these")),
)
# Why the mode is watch, said after "because".
WHY_WATCH = {
    "children": _("there are children"),
    "protects_me": _("there is a court order"),
    "about_children": _("a court decided about contact"),
    "against_me": _("an order says that you may not contact them"),
    "home": _("there is a home that you share"),
    "money": _("there is money that you share"),
    "unsure": _("something is not sure yet"),
    "open": _("a question before this one was left open"),
}
PROTECTS = (
    ("safety", _("My safety")),
    ("calm", _("My calm, and my sleep")),
    ("children", _("My children")),
    ("others", _("People close to me")),
    ("work", _("My work, or my studies")),
    ("myself", _("Becoming myself again")),
)
WANTS = (
    ("back", _("I hope that it makes them come back, or change")),
    ("punish", _("I want them to feel what it is like")),
    ("get", _("There is something that I want to get from them")),
)
MODES = (
    ("no_contact", _("No contact"), _("What they send is sealed unread, and kept.")),
    (
        "low_contact",
        _("Low contact"),
        _("The same, and the facts of some subjects reach you at a time that you set."),
    ),
    ("watch", _("Watch"), _("All is recorded and dated. Nothing is hidden from you.")),
)
