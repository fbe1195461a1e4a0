"""A document as a Word file, in the form of GB/T 9704: page, type, headings, page numbers."""
