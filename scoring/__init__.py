"""What each project is worth, and how sure we are."""
