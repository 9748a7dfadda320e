"""The printed atlas: a layout with a page for each municipality."""
