"""Everything that the database holds, to see that a refused page changed nothing."""

from django.apps import apps


def all_rows() -> dict[str, list[object]]:
    """Every row of every table but the browser's sessions, by the name of its model."""
    return {
        model._meta.label: [tuple(map(_plain, row)) for row in model._base_manager.values_list()]
        for model in apps.get_models()
        if model._meta.app_label != "sessions"
    }


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value
