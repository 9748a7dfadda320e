"use strict";
/* Layers an analyst added, and the background map, which asks nothing until the reader switches it on. */
(function (atlas) {
  let shownTiles = 0;

  const clean = (style) => ({ color: "#0b3c5d", weight: 2, ...style });

  /** What is known about a feature that is pointed at, as a small list under the map. */
  function describe(layer, texts) {
    if (!texts.length) return;
    layer.on("mouseover click", () => {
      atlas.byId("layer-feature").replaceChildren(
        ...texts.flatMap(([label, text]) => [atlas.make("dt", {}, label), atlas.make("dd", {}, text)]));
      atlas.byId("layer-feature").hidden = false;
    });
  }

  const MAKERS = {
    geojson: (part) => L.geoJSON({ type: "FeatureCollection", features: part.features }, {
      pane: "extra",
      style: (feature) => clean(feature.style),
      pointToLayer: (feature, place) => L.circleMarker(place, { radius: 6, pane: "extra", ...clean(feature.style) }),
      onEachFeature: (feature, layer) => describe(layer, feature.texts),
    }),
    circle: (part) => L.circleMarker([part.latitude, part.longitude], { ...clean(part.style), pane: "extra" }),
    image: (part) => L.imageOverlay(part.url, part.bounds, { opacity: part.opacity, pane: "extra", alt: "" }),
  };

  function checkbox(name, on, changed) {
    const box = atlas.make("input", { type: "checkbox" });
    box.checked = on;
    box.addEventListener("change", () => changed(box.checked));
    return atlas.make("label", { class: "switch" }, box, atlas.make("span", {}, name));
  }

  function addedLayer(entry) {
    const group = L.layerGroup(entry.parts.map((part) => MAKERS[part.kind](part)));
    const show = (on) => (on ? group.addTo(atlas.map) : group.remove());
    show(entry.shown);
    return checkbox(entry.name, entry.shown, show);
  }

  /** Tiles of a provider, with who is asked for what beside the switch. */
  function background(name, source) {
    const tiles = L.tileLayer(source.url, { maxZoom: source.max_zoom });
    const credit = atlas.make("p", { class: "credit", hidden: true }, source.attribution);
    const box = checkbox(name, false, (on) => {
      if (on) tiles.addTo(atlas.map);
      else tiles.remove();
      shownTiles += on ? 1 : -1;
      atlas.fadeShapes(shownTiles > 0);
      credit.hidden = !on;
    });
    const warning = atlas.make("p", { class: "request" },
      `Als u dit aanzet, vraagt uw browser kaartbeelden op bij ${source.provider} (${source.host}). `
      + "Deze aanbieder ziet dan uw IP-adres en welk deel van de kaart u bekijkt. Zolang het uit staat, gaat er niets naar buiten.");
    return atlas.make("div", { class: "background" }, box, warning, credit);
  }

  atlas.startLayers = function () {
    const { layers, basemap } = atlas.extras;
    const added = layers.filter((entry) => !entry.tiles);
    const tiled = layers.filter((entry) => entry.tiles);
    const box = atlas.byId("extra-layers");
    if (added.length) {
      box.append(atlas.make("fieldset", {}, atlas.make("legend", {}, "Extra lagen"), ...added.map(addedLayer)),
        atlas.make("dl", { id: "layer-feature", hidden: true }));
    }
    if (basemap) box.append(background("Achtergrondkaart tonen", basemap));
    box.append(...tiled.map((entry) => background(entry.name, entry.tiles)));
    box.hidden = !box.children.length;
  };
})(window.atlas);
