"""`bench match` in its parts: people, servers, loads, questions, and the report of what was measured."""
