"""What a person may do: one function an act, one permission, one transaction."""
