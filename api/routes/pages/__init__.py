"""Pages: a request of a browser in, a view drawn as HTML out."""
