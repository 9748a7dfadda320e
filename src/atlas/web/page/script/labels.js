"use strict";
/* Names and figures on the map. A name that would cover another label is left out; a figure stays. */
(function (atlas) {
  /** more labels of a detail level than this cover each other and the map */
  const MOST_LABELS = 60;
  /** pixels that an area must be wide and high for its label not to hide it */
  const ROOM = 34;
  /** and wide for its name to stand in it */
  const ROOM_FOR_NAME = 120;
  /** room between a circle on the drawing and the label below it */
  const BELOW_CIRCLE = 12;
  let group, markers = [], current, frame, waiting = 0;

  /** A name in lines: "Oldambt/Westerwolde" and "Gemeente Groningen" are wider than their regions. */
  const nameLines = (name) => name.split(/(?<=\/)/).flatMap((part) => {
    const blank = part.length > 14 ? part.indexOf(" ") : -1;
    return blank < 0 ? [part] : [part.slice(0, blank), part.slice(blank + 1)];
  });

  function content(view, area, named) {
    const value = view.values[area.code];
    const figure = atlas.hasFigure(value) ? atlas.make("span", { class: "figure" }, value.text) : "";
    const names = (named ? nameLines(area.label) : []).map((line) => atlas.make("span", { class: "name" }, line));
    return atlas.make("div", { class: "label-text" }, ...names, figure);
  }

  atlas.labelMap = function (view, map) {
    current = view;
    if (!group) {
      group = L.layerGroup().addTo(map);
      map.on("zoomend resize", tidyLater);
      map.on("moveend", () => (atlas.levels.get(current.level).detail ? placeLabels(map) : tidyLater()));
    }
    placeLabels(map);
  };

  /** The areas that get a label: all, or of a detail level those in sight, when there is room for them. */
  function labelled(level, map) {
    if (!level.detail) return level.areas;
    const sight = map.getBounds();
    const seen = level.areas.filter((area) => atlas.hasFigure(current.values[area.code])
      && sight.contains([area.anchor[1], area.anchor[0]]) && Math.min(...sizeOf(level, area, map)) >= ROOM);
    return seen.length > MOST_LABELS ? [] : seen;
  }

  /** How wide and high an area is drawn now, in pixels. */
  function sizeOf(level, area, map) {
    area.bounds ??= L.latLngBounds(atlas.shapesOf(level).get(area.code).flat(2));
    const [low, high] = [area.bounds.getSouthWest(), area.bounds.getNorthEast()].map((corner) => map.latLngToLayerPoint(corner));
    return [high.x - low.x, low.y - high.y];
  }

  function placeLabels(map) {
    const view = current;
    group.clearLayers();
    const level = atlas.levels.get(view.level);
    markers = labelled(level, map).map((area) => {
      const named = !level.detail || (area.name !== area.code && sizeOf(level, area, map)[0] >= ROOM_FOR_NAME);
      const html = content(view, area, named);
      const icon = L.divIcon({ html, className: `map-label level-${view.level}`, iconSize: null });
      L.marker([area.anchor[1], area.anchor[0]], { icon, interactive: false, keyboard: false }).addTo(group);
      return { html, important: view.values[area.code].value !== null, below: view.values[area.code].radius || 0 };
    });
    tidyLater();
  }

  /** Before the next frame, and once for all that moves the labels until then. */
  function tidyLater() {
    waiting ||= requestAnimationFrame(tidy);
  }

  /** Steps aside, in its own size, that a label may take to stay clear of another. */
  const ASIDE = [[0, 0], [0, 0.6], [0, -0.6], [0.3, 0], [-0.3, 0], [0.3, 0.6], [-0.3, 0.6], [0.3, -0.6], [-0.3, -0.6]];

  /** Find room for every label; areas with a figure go before the others. */
  function tidy() {
    waiting = 0;
    for (const { html } of markers) {
      html.classList.remove("without-name", "unseen");
      html.style.translate = "";
    }
    frame = atlas.byId("map").getBoundingClientRect();
    const ordered = [...markers].sort((one, other) => other.important - one.important);
    const boxes = ordered.map(({ html }) => html.getBoundingClientRect());
    const placed = ordered.flatMap(({ below }, at) => (below ? [around(boxes[at], below)] : []));
    const crowded = ordered.filter(({ html, below }, at) => !place(html, boxes[at], placed, below));
    for (const { html } of crowded) html.classList.add("without-name");
    const small = crowded.map(({ html }) => html.getBoundingClientRect());
    crowded.forEach(({ html }, at) => {
      const free = small[at].width && place(html, small[at], placed, crowded[at].below);
      if (!free && current.legend.kind !== "single") html.classList.add("unseen");
    });
  }

  /** The circle on which a label has its middle before it is moved. */
  function around({ left, right, top, bottom }, radius) {
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    return { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius };
  }

  /** `below`: the radius of a circle that the label would hide. */
  function place(html, box, placed, below) {
    const clear = below ? below + box.height / 2 + 1 : 0;
    for (const [right, down] of ASIDE) {
      const stepped = (down < 0 ? -clear : clear) + (clear && down < 0 ? 0 : down * box.height);
      const x = right * box.width + inside(box.left, box.right, frame.left, frame.right);
      const y = stepped + inside(box.top + stepped, box.bottom + stepped, frame.top, frame.bottom);
      const moved = { left: box.left + x, right: box.right + x, top: box.top + y, bottom: box.bottom + y };
      if (placed.some((other) => atlas.overlap(moved, other))) continue;
      html.style.translate = `${x}px ${y}px`;
      placed.push(moved);
      return true;
    }
    return false;
  }

  /** How far a label at the edge of the map moves to stand on it whole; one of an area out of sight stays there. */
  function inside(low, high, least, most) {
    const middle = (low + high) / 2;
    if (middle < least || middle > most) return 0;
    return Math.max(0, least - low) - Math.max(0, high - most);
  }

  atlas.overlap = (one, other) =>
    one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

  /** The same on the drawing, where the names stand already. */
  atlas.labelDrawing = function (view, drawing) {
    /* of a team the drawing shows a part of the map: its letters stay as large on paper */
    const near = drawing.classList.contains("close") ? 1 : drawing.viewBox.baseVal.width / Number(drawing.dataset.width);
    for (const group of drawing.querySelectorAll("g.drawn-labels")) {
      const chosen = group.dataset.level === view.level;
      group.setAttribute("display", chosen ? "inline" : "none");
      for (const text of chosen ? group.children : []) {
        const value = view.values[text.dataset.code];
        text.querySelector(".figure").textContent = atlas.hasFigure(value) ? value.text : "";
        const [x, y] = [text.firstElementChild.getAttribute("x"), text.getAttribute("y")];
        const steps = [near < 1 && `translate(${x} ${y}) scale(${near.toFixed(4)}) translate(${-x} ${-y})`,
          value.radius && `translate(0 ${value.radius + BELOW_CIRCLE})`].filter(Boolean);
        if (steps.length) text.setAttribute("transform", steps.join(" "));
        else text.removeAttribute("transform");
      }
    }
  };
})(window.atlas);
