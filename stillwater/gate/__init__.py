"""The one place where the stages meet and where transactions begin."""
