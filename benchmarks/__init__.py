"""How fast the product is, beside hand-written code that does only the same work, in the same run."""
