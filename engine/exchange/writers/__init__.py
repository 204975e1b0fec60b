"""One module per file format; see `engine.exchange.writer`."""
