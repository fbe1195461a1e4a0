"""The report out: from facts to one document, and from the document to Word, Excel, HTML and plain text."""
