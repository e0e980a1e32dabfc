"""``stillwater feedback``: say of an item whose it is, or whose it is not."""

import click

from stillwater.cli.common import (
    json_option,
    passphrase_option,
    person_option,
    ready,
    say,
    sign_in,
    the_person,
)

SAYS = ("theirs", "not-theirs", "relay", "not-relay")
_OPPOSITE = {
    "theirs": "not-theirs",
    "not-theirs": "theirs",
    "relay": "not-relay",
    "not-relay": "relay",
}
_MEANS = {
    "theirs": (
        "Noted: theirs. From the next arrival on, what this sender sends is treated as theirs.",
        "What lies in a watched mailbox already is not looked for there; new mail goes out of "
        "sight as it comes in, wherever your plan says so.",
    ),
    "not-theirs": (
        "Noted: not theirs. You will not be asked about this sender again.",
        "A handle that your plan lists stays theirs until your plan changes. What is held stays "
        "held: stillwater vault open",
    ),
    "relay": (
        "Noted: this sender may carry word. When it looks like that, you will be asked.",
        "To have it held instead, list them in your plan: stillwater plan set PLAN.toml",
    ),
    "not-relay": (
        "Noted: this sender carries no word. You will not be asked about that again.",
        "A relay that your plan lists stays one until your plan changes.",
    ),
}


_LISTED = (
    "Noted. Your plan lists this sender otherwise, and that stays until your plan changes; "
    "what they send is weighed again like a stranger's."
)


@click.command(name="feedback")
@click.argument("item")
@click.argument("says", type=click.Choice(SAYS))
@click.option(
    "--other",
    metavar="LABEL",
    default=None,
    help="Whose, by the label in your plan. Needed where the plan has several others.",
)
@person_option
@passphrase_option
@json_option
def command(
    item: str,
    says: str,
    other: str | None,
    person_name: str | None,
    passphrase_file: str | None,
    as_json: bool,
) -> None:
    """Say whose ITEM is: it holds at once, for the sender's exact handles.

    ITEM is its id, or the beginning of it: status --open and vault list show it.
    Nothing of it is shown. Say the opposite to take it back; the last word counts.
    Your plan itself is never weakened by it. Your ledger gets an entry, without a name.
    """
    home = ready()
    from stillwater.cli.vault import the_item
    from stillwater.core.clock import SystemClock
    from stillwater.gate import feedback

    person = the_person(person_name)
    session = sign_in(person, passphrase_file)
    found = the_item(person, item)
    heard = feedback.say(
        session,
        found,
        says.replace("-", "_"),
        other,
        home=home,
        clock=SystemClock(),
        proof=feedback.Proof.PASSPHRASE,
    )
    holds = "1 address" if heard.addresses == 1 else f"{heard.addresses} addresses"
    lines = [
        *(_MEANS[says] if heard.is_learnt else [_LISTED]),
        f"It holds for {holds} of the sender. To take it back:",
        f"  stillwater feedback {found.public_id[:12]} {_OPPOSITE[says]}",
    ]
    data = {"item": heard.item, "says": heard.says, "addresses": heard.addresses}
    say(as_json, data, *lines)
