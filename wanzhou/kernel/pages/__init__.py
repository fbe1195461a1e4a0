"""What every public page shares, whichever half of the report it shows."""
