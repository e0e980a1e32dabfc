from django.apps import AppConfig


class RecoveryConfig(AppConfig):
    name = "stillwater.recovery"
    label = "recovery"
