"""One module per kind of view; see `engine.forms.view_kind`."""
