"""What helps the person hold: days, and what they say of them. docs/front/today.md."""
