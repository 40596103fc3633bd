"""One file a reader: each is an `ocr.model.Reader`, or reads what is no picture (`text_layer`)."""
