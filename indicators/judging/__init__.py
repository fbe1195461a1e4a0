"""What a target means, what an outcome says, and whether the one reaches the other. Pure; no Django, no clock."""
