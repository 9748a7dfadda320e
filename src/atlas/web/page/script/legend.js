"use strict";
/* The legend: classes and states with the number of areas in each. */
(function (atlas) {
  function row(fill, label, count, explanation) {
    const swatch = atlas.draw("svg", { class: "swatch", width: 28, height: 18, viewBox: "0 0 28 18", "aria-hidden": "true" },
      atlas.draw("rect", { x: 0.5, y: 0.5, width: 27, height: 17, fill }));
    return atlas.make("li", { class: count ? null : "absent" }, swatch, atlas.make("span", {}, label),
      atlas.make("span", { class: "count" }, atlas.counted(count)), explanation ? atlas.make("small", {}, explanation) : "");
  }

  /** A circle of a round number, as large as on the map; all in boxes of one width. */
  function example({ colour, examples }, { label, radius }) {
    const [width, height] = [Math.ceil(2 * examples[0].radius) + 4, Math.max(Math.ceil(2 * radius) + 4, 18)];
    return atlas.make("li", { class: "example" },
      atlas.draw("svg", { class: "swatch circle", width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" },
        atlas.draw("circle", { cx: width / 2, cy: height / 2, r: radius, fill: colour })), atlas.make("span", {}, label));
  }

  /** The lines of a legend: of its classes, and of its states. */
  atlas.legendRows = function (view) {
    const counts = new Map(view.legend.states.map((entry) => [entry.status, entry.count]));
    return [[
      ...(view.legend.circles?.examples || []).map((entry) => example(view.legend.circles, entry)),
      ...view.legend.classes.map((entry) => row(entry.colour, entry.label, entry.count)),
    ], view.legend.offered.map((status) => atlas.states.get(status)).map((state) => row(
      atlas.fillOf(view, { status: state.status, class: 0 }),
      state.status === "indicatief" ? `waarvan ${state.label.toLowerCase()}` : state.label,
      counts.get(state.status) || 0, counts.get(state.status) ? state.explanation : ""))];
  };

  atlas.drawLegend = function (view) {
    const [classes, states] = atlas.legendRows(view);
    atlas.byId("legend-classes").replaceChildren(...classes);
    atlas.byId("legend-states").replaceChildren(...states);
    atlas.write("legend-method", `Indeling: ${view.legend.method_label}.`);
    atlas.write("legend-note", view.legend.note);
  };
})(window.atlas);
