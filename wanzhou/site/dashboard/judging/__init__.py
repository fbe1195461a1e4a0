"""How the page of the rules speaks: words and cases that stand beside the rules, each proved by judging itself."""
