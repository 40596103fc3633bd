"""The JSON of interface.md: domain values in, pydantic documents out; commands and HTTP routes share them."""
