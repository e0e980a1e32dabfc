"""The shape of contact over time: storms, the silence after them, new ways in."""
