"""The JSON API, version 1: what programs use; the documents are those of interface.md."""
