"""How contact comes in, and how a channel is closed: one folder a channel."""
