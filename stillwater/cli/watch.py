"""``stillwater watch``: the watcher alone, in the foreground."""

import click

from stillwater.cli.common import ready


@click.command()
def command() -> None:
    """Watch the mailboxes of everyone here until Ctrl-C.

    What it finds is said on your ways out (stillwater notify).
    ./start does the same beside its page. Two at once do no harm: each mail is
    sealed once.
    """
    home = ready()
    from stillwater.core.clock import SystemClock
    from stillwater.workers.signals import Outgoing
    from stillwater.workers.watcher import watch_until_told

    click.echo("Watching. Ctrl-C stops it.", err=True)
    outgoing = Outgoing(home, SystemClock())
    outgoing.start()
    try:
        watch_until_told(home)
    finally:
        outgoing.stop()
    click.echo("Nobody watches now, unless ./start runs.", err=True)
