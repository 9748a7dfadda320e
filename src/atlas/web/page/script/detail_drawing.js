"use strict";
/* The drawing that is printed: the areas of a level are drawn when it is asked for; those of a detail level fill the paper. */
(function (atlas) {
  const MARGIN = 12;
  /** the key of the circles: from the corner, between examples, and the width of a digit */
  const KEY = { margin: 10, gap: 6, letter: 10 };
  let whole;

  /** Latitude and longitude to the units of the drawing, as the page was made with. */
  function projection(drawing) {
    const [west, north, scale, squeeze, margin] = drawing.dataset.projection.split(" ").map(Number);
    return ([latitude, longitude]) => [(longitude - west) * squeeze * scale + margin, (north - latitude) * scale + margin];
  }

  const line = (points) => `M${points.map((point) => point.map((unit) => unit.toFixed(1)).join(" ")).join("L")}`;

  function groupOf(drawing, level) {
    const project = projection(drawing);
    const paths = level.areas.map((area) => atlas.draw("path", { "data-code": area.code,
      d: atlas.shapesOf(level).get(area.code).flat().map((ring) => `${line(ring.map(project))}z`).join("") }));
    const kinds = level.inferred_borders.length ? atlas.bordersOnce(level) : [];
    const borders = kinds.map((lines, inferred) => atlas.draw("path", { class: inferred ? "border inferred" : "border", fill: "none",
      d: lines.map((points) => line(points.map(project))).join("") }));
    return atlas.draw("g", { class: `drawn-level level-${level.id}`, "data-level": level.id }, ...paths, ...borders);
  }

  /** West, north, width and height of the areas of a level, in units of the drawing. */
  function frameOf(drawing, level) {
    const points = [...atlas.shapesOf(level).values()].flat(2).map((ring) => ring.map(projection(drawing))).flat();
    const ends = (axis) => points.reduce(([low, high], point) =>
      [Math.min(low, point[axis]), Math.max(high, point[axis])], [Infinity, -Infinity]);
    const [[west, east], [north, south]] = [ends(0), ends(1)];
    return [west - MARGIN, north - MARGIN, east - west + 2 * MARGIN, south - north + 2 * MARGIN].map(Math.round).join(" ");
  }

  /** The counts of a view as circles, large ones first so that none hides another; none for a fill. */
  atlas.circlesOf = function (view, level) {
    const key = view.legend.circles;
    if (!key) return [];
    return level.areas.map((area) => ({ area, radius: view.values[area.code].radius, colour: key.colour }))
      .filter(({ radius }) => radius).sort((one, other) => other.radius - one.radius);
  };

  /** The same on the drawing, as large on paper whatever part of the map it shows. */
  atlas.drawCircles = function (view, drawing) {
    const project = projection(drawing);
    const [unit, of] = [drawing.viewBox.baseVal.width, Number(drawing.dataset.width)];
    atlas.byId("drawn-circles").replaceChildren(...atlas.circlesOf(view, atlas.levels.get(view.level)).map(({ area, radius, colour }) => {
      const [cx, cy] = project([area.anchor[1], area.anchor[0]]).map(Math.round);
      return atlas.draw("circle", { cx, cy, r: (radius * unit / of).toFixed(2), fill: colour });
    }));
    drawKey(view, drawing.viewBox.baseVal, unit / of);
  };

  /** The example circles in the lower left corner: as large as those on the drawing, whatever its scale. */
  function drawKey(view, { x: west, y: north, height }, scale) {
    let x = KEY.margin;
    const drawn = (view.legend.circles?.examples || []).flatMap(({ label, radius }) => {
      const circle = atlas.draw("circle", { cx: x + radius, cy: -KEY.margin - radius, r: radius });
      x += 2 * radius + KEY.gap;
      const text = atlas.draw("text", { x, y: -KEY.margin - 2 }, label);
      x += KEY.letter * label.length + 2 * KEY.gap;
      return [circle, text];
    });
    const key = atlas.byId("circle-key");
    key.setAttribute("transform", `translate(${west} ${north + height}) scale(${scale})`);
    key.replaceChildren(...drawn);
  }

  /** Make the drawing hold a level: one of the atlas as a whole, a detail level as large as fits. */
  atlas.fitDrawing = function (drawing, level) {
    whole ??= drawing.getAttribute("viewBox");
    const close = level.detail && level.areas.length > 0;
    const group = drawing.querySelector(`g.drawn-level[data-level="${level.id}"]`);
    if (!group?.querySelector("path[data-code]") && level.areas.length) {
      group?.remove();
      drawing.prepend(groupOf(drawing, level));
    }
    drawing.setAttribute("viewBox", close ? frameOf(drawing, level) : whole);
    drawing.classList.toggle("close", close);
  };
})(window.atlas);
