"""The site as a folder of files: every published page and file, with relative links, for any file server."""
