"""The public log: every publication, and what differs between those that tell of the same thing."""
