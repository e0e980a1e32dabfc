"""Set-up: from nobody to a plan, in small steps that can each be left and come back to."""
