"use strict";
/* The keyboard on the map: one Tab stop, arrow keys go from area to area, as they lie. */
(function (atlas) {
  const DIRECTIONS = { ArrowUp: [0, 1], ArrowDown: [0, -1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
  const PAN = atlas.panKeys = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
  const ZOOM = { "+": 1, "=": 1, "-": -1, "0": 0 };
  /** how much a step aside weighs against a step ahead */
  const ASIDE = 2;
  let here = "";

  const squeeze = (latitude) => Math.cos((latitude * Math.PI) / 180);

  /** Areas in reading order: from north to south. */
  const northFirst = (areas) => [...areas].sort((one, other) => other.anchor[1] - one.anchor[1]);

  /** The area that lies next in a direction, or null at the edge. */
  atlas.neighbour = function (areas, code, [right, up]) {
    const from = areas.find((area) => area.code === code);
    let best = null;
    for (const area of areas) {
      const x = (area.anchor[0] - from.anchor[0]) * squeeze(from.anchor[1]);
      const y = area.anchor[1] - from.anchor[1];
      const ahead = x * right + y * up;
      const aside = Math.abs(x * up - y * right);
      if (area.code === code || ahead <= 0 || aside > ASIDE * ahead) continue;
      const cost = ahead + ASIDE * aside;
      if (!best || cost < best.cost) best = { area, cost };
    }
    return best && best.area;
  };

  function target(key) {
    const areas = atlas.level().areas;
    const ordered = northFirst(areas);
    if (!areas.some((area) => area.code === here)) return ordered[0];
    const at = ordered.findIndex((area) => area.code === here);
    if (key in DIRECTIONS) return atlas.neighbour(areas, here, DIRECTIONS[key]);
    if (key === "Home") return ordered[0];
    if (key === "End") return ordered.at(-1);
    return ordered[at + (key === "PageDown" ? 1 : -1)] || null;
  }

  function goTo(area) {
    if (!area) return atlas.announce("Geen gebied verder in deze richting.");
    here = area.code;
    atlas.bringIntoView([here]);
    atlas.point(here);
    return atlas.announce(atlas.sentence(atlas.view(), area));
  }

  function letGo() {
    atlas.point("");
    if (atlas.state.area) atlas.go({ area: "" });
    atlas.announce("Geen gebied gekozen.");
  }

  function pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.shiftKey && event.key in PAN) atlas.pan(PAN[event.key]);
    else if (event.key in DIRECTIONS || ["Home", "End", "PageUp", "PageDown"].includes(event.key)) goTo(target(event.key));
    else if (event.key === "Enter" || event.key === " ") { if (here) atlas.choose(here); }
    else if (event.key === "Escape") letGo();
    else if (event.key in ZOOM) atlas.zoom(ZOOM[event.key]);
    else return;
    event.preventDefault();
  }

  atlas.startKeys = function () {
    const frame = atlas.byId("map");
    atlas.byId("map-help").hidden = false;
    frame.addEventListener("keydown", pressed);
    frame.addEventListener("focus", () => {
      if (!frame.matches(":focus-visible")) return;
      const chosen = atlas.chosenCodes()[0];
      const areas = atlas.level().areas;
      goTo(areas.find((area) => area.code === (chosen || here)) || northFirst(areas)[0]);
    });
    frame.addEventListener("blur", () => atlas.point(""));
  };
})(window.atlas);
