"""One year's plan beside another's: the page, its words and its twins."""
