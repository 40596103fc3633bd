"""The steps by which a database comes from an older form, or from nothing, to `storage.tables`."""
