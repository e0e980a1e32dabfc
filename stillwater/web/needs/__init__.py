"""What needs the person: each notice with its facts, one at a time, and three ways on."""
