"""Where things are: boundaries and tables as files and services give them."""
