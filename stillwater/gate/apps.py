from django.apps import AppConfig


class GateConfig(AppConfig):
    name = "stillwater.gate"
    label = "gate"
