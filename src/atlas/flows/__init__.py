"""The jobs, one module each: a readable sequence of steps through the rooms."""
