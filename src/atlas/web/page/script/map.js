"use strict";
/* The map: shapes made once per level, painted again when the reader chooses another figure. */
(function (atlas) {
  const FILL = { stroke: false, fillOpacity: 1, noClip: true };
  const THIN = { color: "#3b4a56", weight: 0.7, opacity: 0.75, fill: false, interactive: false, noClip: true };
  const BORDER = { color: "#1b2733", weight: 1.6, fill: false, interactive: false, noClip: true };
  const DASHED = { ...BORDER, dashArray: "7 5" };
  const FINE = { ...BORDER, weight: 0.5, opacity: 0.4 };
  const THICK = { color: "#1b2733", weight: 2.4, fill: false, interactive: false, noClip: true };
  const CIRCLE = { color: "#ffffff", weight: 1, fillOpacity: 0.9, interactive: false };
  const CASING = { color: "#ffffff", weight: 7, fill: false, interactive: false };
  const MARKED = { color: "#0b3c5d", weight: 3.5, fill: false, interactive: false };
  const PANES = { shapes: 400, borders: 410, circles: 415, marked: 420, extra: 610 };
  const MOST_OUTLINES = 12, PAN_PX = 90, SMALLEST_PX = 12, NEAR_ZOOM = 13;
  const shapes = new Map();
  let map, shown, circles, marked, moved = false;

  const outlines = (level) => [...atlas.shapesOf(atlas.levels.get(level)).values()].flat();

  /** Called once; the static drawing stays for the printer. */
  atlas.startMap = function () {
    const frame = atlas.byId("map");
    frame.hidden = false;
    atlas.byId("map-frame").classList.add("with-map");
    map = L.map(frame, {
      attributionControl: false, zoomControl: false, keyboard: false, scrollWheelZoom: false,
      dragging: !L.Browser.mobile, zoomSnap: 0, zoomDelta: 0.6, fadeAnimation: false, markerZoomAnimation: false,
      zoomAnimation: false, inertia: false,
    });
    atlas.map = map;
    for (const [name, depth] of Object.entries(PANES)) map.createPane(name).style.zIndex = depth;
    map.getPane("borders").style.pointerEvents = "none";
    map.getPane("circles").style.pointerEvents = "none";
    map.getPane("marked").style.pointerEvents = "none";
    map.getPane("markerPane").setAttribute("aria-hidden", "true");
    wholeMap();
    map.setMinZoom(map.getBoundsZoom(everything()) - 1).setMaxZoom(16);
    if (atlas.levels.has("gemeente")) line(outlines("gemeente"), THIN);
    if (atlas.levels.has("provincie")) line(outlines("provincie"), THICK);
    frame.addEventListener("focus", () => map.scrollWheelZoom.enable());
    frame.addEventListener("blur", () => map.scrollWheelZoom.disable());
    map.on("dragstart", () => { moved = true; });
    map.on("click", () => { if (atlas.state.area) atlas.go({ area: "" }); });
    new ResizeObserver(resized).observe(frame);
    startMapButtons();
  };

  function line(rings, style) {
    return L.polygon(rings, { ...style, pane: "borders" }).addTo(map);
  }

  function resized() {
    const frame = atlas.byId("map");
    if (map.getSize().equals([frame.clientWidth, frame.clientHeight])) return;
    map.invalidateSize({ animate: false });
    if (!moved) wholeMap();
  }

  function wholeMap() {
    const level = atlas.level();
    const close = level.detail && level.areas.length > 0;
    const bounds = close ? L.latLngBounds(outlines(level.id).flat(2)) : ownBounds();
    moved = false;
    map.fitBounds(bounds, { padding: [10, 10], animate: false });
  }

  const everything = () => L.latLngBounds(outlines("gemeente").flat(2));

  /** The municipalities of a team fill the map; for others it holds them all. */
  function ownBounds() {
    const shapes = atlas.shapesOf(atlas.levels.get("gemeente"));
    const own = (atlas.payload.competence?.municipalities || []).flatMap((code) => shapes.get(code) || []);
    return own.length ? L.latLngBounds(own.flat(2)) : everything();
  }

  /** Zoom in (1), out (-1) or back to the whole map (0). */
  atlas.zoom = function (step) {
    if (step === 0) return wholeMap();
    moved = true;
    return step > 0 ? map.zoomIn() : map.zoomOut();
  };

  /** Move what is in sight one step to the right (1) or left (-1), and down (1) or up (-1). */
  atlas.pan = function (direction) {
    moved = true;
    map.panBy(direction.map((step) => step * PAN_PX), { animate: false });
  };

  function startMapButtons() {
    const buttons = atlas.byId("map-buttons");
    buttons.hidden = false;
    buttons.addEventListener("click", (event) => {
      const { zoom, pan } = event.target.closest("button")?.dataset || {};
      if (zoom) atlas.zoom(Number(zoom));
      else if (pan) atlas.pan(pan.split(" ").map(Number));
    });
  }

  /** Move the map so that areas of the level that is shown are wholly in sight, nearer when they are tiny. */
  atlas.bringIntoView = function (codes) {
    const rings = codes.flatMap((code) => atlas.shapesOf(atlas.level()).get(code) || []);
    if (!rings.length) return;
    const bounds = L.latLngBounds(rings.flat(2));
    const [one, other] = [bounds.getNorthWest(), bounds.getSouthEast()].map((corner) => map.latLngToContainerPoint(corner));
    const size = other.subtract(one);
    const fits = map.getSize().contains(size);
    if (map.getBounds().contains(bounds) && Math.max(size.x, size.y) >= SMALLEST_PX) return;
    moved = true;
    if (fits && Math.max(size.x, size.y) >= SMALLEST_PX) {
      for (const corner of [bounds.getNorthWest(), bounds.getSouthEast()]) map.panInside(corner, { animate: false });
    } else map.fitBounds(bounds, { padding: [40, 40], maxZoom: Math.max(map.getZoom(), NEAR_ZOOM), animate: false });
  };

  /** Shapes and borders of a level; made the first time it is shown. */
  function shapesOf(level) {
    if (!shapes.has(level.id)) {
      const group = L.layerGroup();
      const polygons = new Map();
      for (const area of level.areas) {
        const polygon = L.polygon(atlas.shapesOf(level).get(area.code), { ...FILL, pane: "shapes" });
        polygon.on("mouseover", () => atlas.point(area.code)).on("mouseout", () => atlas.point(""));
        polygon.on("click", (event) => { L.DomEvent.stopPropagation(event); atlas.choose(area.code); });
        polygons.set(area.code, polygon.addTo(group));
      }
      if (level.id !== "gemeente" && level.id !== "provincie") {
        const [solid, dashed] = atlas.bordersOnce(level);
        L.polyline(solid, { ...(level.detail ? FINE : BORDER), pane: "borders" }).addTo(group);
        L.polyline(dashed, { ...DASHED, pane: "borders" }).addTo(group);
      }
      shapes.set(level.id, { group, polygons });
    }
    return shapes.get(level.id);
  }

  /** The borders of a level, each stretch once: two dashed rings would fill each other's gaps. */
  atlas.bordersOnce = function (level) {
    const name = (start, end) => (start[0] < end[0] || (start[0] === end[0] && start[1] < end[1])
      ? `${start} ${end}` : `${end} ${start}`);
    const dashed = new Set(level.inferred_borders.map((pair) => [...pair].sort().join(" ")));
    /* stretch -> the areas it bounds */
    const owners = new Map();
    const rings = [...atlas.shapesOf(level)].flatMap(([code, polygons]) => polygons.flat().map((ring) => ({ code, ring })));
    for (const { code, ring } of rings) {
      for (let at = 1; at < ring.length; at += 1) {
        const key = name(ring[at - 1], ring[at]);
        owners.set(key, (owners.get(key) || new Set()).add(code));
      }
    }
    const result = [[], []];
    for (const { ring } of rings) {
      let last = null;
      for (let at = 1; at < ring.length; at += 1) {
        const key = name(ring[at - 1], ring[at]);
        const kind = owners.has(key) ? Number(dashed.has([...owners.get(key)].sort().join(" "))) : null;
        owners.delete(key);
        if (kind !== null && kind === last) result[kind].at(-1).push(ring[at]);
        else if (kind !== null) result[kind].push([ring[at - 1], ring[at]]);
        last = kind;
      }
    }
    return result;
  };

  /** Show the figures of a view on the map and on the drawing that is printed. */
  atlas.paintMap = function (view) {
    const level = atlas.levels.get(view.level);
    const current = shapesOf(level);
    if (shown !== current) {
      if (shown) shown.group.remove();
      shown = current;
      current.group.addTo(map);
      if (!moved) wholeMap();
    }
    for (const [code, polygon] of current.polygons) {
      polygon.setStyle({ fillColor: atlas.fillOf(view, view.values[code]) });
    }
    paintCircles(view, level);
    atlas.byId("map").setAttribute("aria-label",
      `Kaart: ${atlas.indicator().label}, ${level.label_plural.toLowerCase()}, ${view.period_label}`);
    atlas.labelMap(view, map);
    atlas.paintDrawing(view, atlas.byId("drawing"));
  };

  /** Counts lie on their areas as circles; an area is pointed at and chosen through them. */
  function paintCircles(view, level) {
    if (circles) circles.remove();
    circles = L.layerGroup(atlas.circlesOf(view, level).map(({ area, radius, colour }) =>
      L.circleMarker([area.anchor[1], area.anchor[0]], { radius, fillColor: colour, ...CIRCLE, pane: "circles" })));
    circles.addTo(map);
  }

  /** Paint a view on a drawing of its level. */
  atlas.paintDrawing = function (view, drawing) {
    atlas.fitDrawing(drawing, atlas.levels.get(view.level));
    for (const group of drawing.querySelectorAll("g.drawn-level")) {
      const filled = group.dataset.level === view.level;
      group.classList.toggle("filled", filled);
      for (const path of group.querySelectorAll("path[data-code]")) {
        path.setAttribute("fill", filled ? atlas.fillOf(view, view.values[path.dataset.code]) : "none");
      }
      if (filled) drawing.prepend(group);
    }
    atlas.drawCircles(view, drawing);
    atlas.labelDrawing(view, drawing);
  };

  /** Take the figures off the map, or put them back. */
  atlas.showFigures = (on) => { for (const layer of [shown.group, circles]) if (on) layer.addTo(map); else layer.remove(); };

  /** Let tiles or pictures show through. */
  atlas.fadeShapes = (faded) => { map.getPane("shapes").style.opacity = faded ? 0.65 : 1; };

  /** Outline areas of the level that is shown. */
  atlas.outline = function (codes) {
    /* many areas are marked by the outline of what they lie in: else the lines cover them */
    const around = codes.length > MOST_OUTLINES ? atlas.areas.get(atlas.state.area) : null;
    const shapes = atlas.shapesOf(around ? atlas.levels.get(around.level) : atlas.level());
    const rings = (around ? [around.code] : codes).flatMap((code) => shapes.get(code));
    if (!marked && !rings.length) return;
    marked ??= [CASING, MARKED].map((style) => L.polygon([], { ...style, pane: "marked" }).addTo(map));
    for (const line of marked) line.setLatLngs(rings);
  };
})(window.atlas);
