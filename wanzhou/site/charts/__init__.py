"""Charts as plain geometry: positions, words and rows of figures, drawn by `components/charts.html`. Pure."""
