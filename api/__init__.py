"""The edge: HTTP, documents, files, the command line. It calls `domain`; `domain` never calls it."""
