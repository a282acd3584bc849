"""The shapes of what is shared, one file for each act."""
