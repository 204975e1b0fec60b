"""Records out to files and in from them."""
