"use strict";
/* Names of places on the map, once the reader is near enough: from this file, nobody is asked. */
(function (atlas) {
  const FROM_ZOOM = 10;
  /** more names in sight than this cover the map */
  const MOST_NAMES = 40;
  let group, places;

  /** [name, longitude, latitude], those with most inhabitants first. */
  const unpacked = () => atlas.extras.places.split(";").map((text) => {
    const [name, east, north] = text.split(",");
    return { name, at: [52 + north / 1e3, 6 + east / 1e3] };
  });

  atlas.startPlaces = function (map) {
    const pane = map.createPane("places");
    pane.style.zIndex = 430;
    pane.style.pointerEvents = "none";
    pane.setAttribute("aria-hidden", "true");
    group = L.layerGroup().addTo(map);
    /* after the labels of areas have found their room */
    map.on("moveend resize", () => requestAnimationFrame(() => requestAnimationFrame(() => namePlaces(map))));
  };

  function namePlaces(map) {
    group.clearLayers();
    if (map.getZoom() < FROM_ZOOM) return;
    places ??= unpacked();
    const sight = map.getBounds();
    const labels = [...document.querySelectorAll("#map .map-label .label-text:not(.unseen)")]
      .map((label) => ({ name: [...label.querySelectorAll(".name")].map((line) => line.textContent).join(" "), box: label.getBoundingClientRect() }))
      .filter(({ box }) => box.width).concat(atlas.drawnNames?.() || []);
    const taken = labels.map(({ box }) => box);
    /* a town and the municipality called after it: one name stands on the map */
    const told = new Set(labels.map(({ name }) => name));
    let named = 0;
    for (const { name, at } of places) {
      if (named === MOST_NAMES) break;
      if (told.has(name) || !sight.contains(at)) continue;
      const html = atlas.make("div", {}, name);
      const icon = L.divIcon({ html, className: "place-name", iconSize: null });
      const marker = L.marker(at, { icon, pane: "places", interactive: false, keyboard: false }).addTo(group);
      const box = html.getBoundingClientRect();
      if (taken.some((other) => atlas.overlap(box, other))) {
        group.removeLayer(marker);
        continue;
      }
      taken.push(box);
      named += 1;
    }
  }
})(window.atlas);
