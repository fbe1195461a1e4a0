"""The public views, one module a page: find what was published, fill the page's object, say what is around it."""
