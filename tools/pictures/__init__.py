"""The pictures of docs/images, made from the b2b demo in Chromium."""
