"""`bench sign` in its parts: keys, receipts that wait, rates, pyHanko beside, and the report."""
