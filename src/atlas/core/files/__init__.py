"""Files: what comes with the atlas, whole new files, the gate for every path, limits of what is read."""
