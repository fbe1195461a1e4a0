"""What serves what: key projects and the targets that they help to reach."""
