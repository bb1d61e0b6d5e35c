"""Which projects, in which variant, starting when; and why."""
