"""What several tests of the page share."""

from __future__ import annotations

#: id of an invented figure for every municipality, with every state and two periods
TRIAL = "proef_per_gemeente"
#: what must stay text wherever it stands
HOSTILE = (
    "</script><script>window.hacked=1</script>\"'{{7*7}}$title\u202e\u2028 "
    "<img src=x onerror=window.hacked=1> 🐄"
)
