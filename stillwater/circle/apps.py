from django.apps import AppConfig


class CircleConfig(AppConfig):
    name = "stillwater.circle"
    label = "circle"
