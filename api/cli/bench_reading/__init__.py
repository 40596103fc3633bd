"""What `bench read` is made of: which papers, one paper measured, figures of many, the report of them."""
