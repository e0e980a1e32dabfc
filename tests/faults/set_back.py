"""Imports one mailbox under a clock that stands in the past."""

import sys
from datetime import UTC, datetime
from pathlib import Path


def main() -> None:
    import django

    django.setup()
    from django.conf import settings

    from stillwater.core.clock import SetClock
    from stillwater.gate.importing import import_paths
    from stillwater.gate.opening import open_gate
    from stillwater.people.models import Person

    clock = SetClock(datetime(2020, 1, 1, tzinfo=UTC))
    with open_gate(settings.HOME, Person.objects.get(), clock=clock) as intake:
        import_paths(intake, [Path(sys.argv[1])])


if __name__ == "__main__":
    main()
