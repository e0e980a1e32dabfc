"""How a notice leaves the page: what is sent, when, on which way, and what went wrong there."""
