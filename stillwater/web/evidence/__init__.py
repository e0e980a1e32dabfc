"""Evidence: what goes along is chosen, counted, waited for, handed over and checked."""
