"""What is held: counts on request, and the deliberate pause before one original is opened."""
