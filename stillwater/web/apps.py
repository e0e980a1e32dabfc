from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "stillwater.web"
    label = "web"
