"""Reading: files with places, as frames with our columns and a report of every row not used."""
