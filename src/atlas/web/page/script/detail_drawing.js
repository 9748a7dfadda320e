"use strict";
/* The drawing that is printed: areas of a detail level are drawn when they are asked for, and fill the paper. */
(function (atlas) {
  const MARGIN = 12;
  let whole;

  /** Latitude and longitude to the units of the drawing, as the page was made with. */
  function projection(drawing) {
    const [west, north, scale, squeeze, margin] = drawing.dataset.projection.split(" ").map(Number);
    return ([latitude, longitude]) => [(longitude - west) * squeeze * scale + margin, (north - latitude) * scale + margin];
  }

  const line = (points) => `M${points.map((point) => point.map((unit) => unit.toFixed(1)).join(" ")).join("L")}z`;

  function groupOf(drawing, level) {
    const project = projection(drawing);
    const paths = level.areas.map((area) => atlas.draw("path", { "data-code": area.code,
      d: atlas.shapesOf(level).get(area.code).flat().map((ring) => line(ring.map(project))).join("") }));
    return atlas.draw("g", { class: `drawn-level level-${level.id}`, "data-level": level.id }, ...paths);
  }

  /** West, north, width and height of the areas of a level, in units of the drawing. */
  function frameOf(drawing, level) {
    const points = [...atlas.shapesOf(level).values()].flat(2).map((ring) => ring.map(projection(drawing))).flat();
    const ends = (axis) => points.reduce(([low, high], point) =>
      [Math.min(low, point[axis]), Math.max(high, point[axis])], [Infinity, -Infinity]);
    const [[west, east], [north, south]] = [ends(0), ends(1)];
    return [west - MARGIN, north - MARGIN, east - west + 2 * MARGIN, south - north + 2 * MARGIN].map(Math.round).join(" ");
  }

  /** Make the drawing hold a level: one of the atlas as a whole, a detail level as large as fits. */
  atlas.fitDrawing = function (drawing, level) {
    whole ??= drawing.getAttribute("viewBox");
    const close = level.detail && level.areas.length > 0;
    if (close && !drawing.querySelector(`g[data-level="${level.id}"]`)) drawing.prepend(groupOf(drawing, level));
    drawing.setAttribute("viewBox", close ? frameOf(drawing, level) : whole);
    drawing.classList.toggle("close", close);
  };
})(window.atlas);
