"""Rows, objects and jobs: takes a database URL or a folder, gives what `verification.ports` asks for."""
