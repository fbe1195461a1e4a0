"""Evidence (佐证材料): files that show where a fact comes from, kept by their content and recognised by it."""
