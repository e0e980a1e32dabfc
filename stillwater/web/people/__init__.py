"""People: the others of a plan with their handles, and whether somebody new is one of them."""
