"use strict";
/* The dot plot: every area with its figure and interval on one axis, highest first. */
(function (atlas) {
  const MIDDLE = "50%";
  /** more areas than this are drawn as one distribution, with the highest below it */
  const MOST_ROWS = 40, HIGHEST = 15;
  /** bars of a distribution, over the whole axis */
  const BARS = 48;
  /** more signs than this don't fit in the column of figures */
  const MOST_SIGNS = 7;
  /** pixels of a sign of the axis */
  const SIGN_PX = 7;
  let rest = null, plotWidth = 0;

  function scale(axis) {
    return (value) => `${(((value - axis.min) / (axis.max - axis.min)) * 96 + 2).toFixed(2)}%`;
  }

  function gridLines(axis, x) {
    return axis.ticks.map((tick) =>
      atlas.draw("line", { x1: x(tick.value), x2: x(tick.value), y1: 0, y2: "100%", class: "grid" }));
  }

  function marks(figure, x, colour, className) {
    if (figure.value === null) return [];
    const dot = atlas.draw("circle", { cx: x(figure.value), cy: MIDDLE, r: 5.5, fill: colour, class: className });
    if (figure.low === null || figure.high === null) return [dot];
    const line = { x1: x(figure.low), x2: x(figure.high), y1: MIDDLE, y2: MIDDLE, class: "interval" };
    return [atlas.draw("line", line), dot];
  }

  const nameOf = (label) => atlas.make("span", { class: "plot-name" }, ...atlas.breakable(label));

  function row(label, text, drawn, className, code) {
    const graph = atlas.draw("svg", { width: "100%", height: "100%" }, ...drawn);
    return atlas.make("div", { class: `plot-row ${className}`, "data-code": code }, nameOf(label), graph, atlas.make("span", { class: "plot-figure" }, text));
  }

  function areaRow(view, area, x) {
    const value = view.values[area.code];
    const known = atlas.hasFigure(value);
    const full = view.legend.circles ? view.legend.circles.colour : known && atlas.colourOf(view, value);
    const colour = known && atlas.isFull(value) ? full : "#ffffff";
    if (known) {
      return row(area.label, value.value === null ? "–" : value.text,
        [...gridLines(view.axis, x), ...marks(value, x, colour, `dot ${value.status}`)], "", area.code);
    }
    return atlas.make("div", { class: "plot-row unknown", "data-code": area.code }, nameOf(area.label),
      atlas.make("span", { class: "missing" }, atlas.states.get(value.status).label.toLowerCase()));
  }

  function axisRow(axis, x) {
    const labels = axis.ticks.map((tick) => atlas.draw("text", { x: x(tick.value), y: 14 }, tick.label));
    thin(labels);
    return row("", "", labels, "axis", null);
  }

  /** Leave out labels of the axis that would touch their neighbour: every second, third … stays. */
  function thin(labels) {
    if (!plotWidth) return;
    const longest = Math.max(...labels.map((label) => label.textContent.length));
    const apart = (plotWidth * 0.96) / Math.max(1, labels.length - 1);
    const step = Math.ceil((longest * SIGN_PX + SIGN_PX) / apart);
    labels.forEach((label, nth) => label.toggleAttribute("hidden", nth % step > 0));
  }

  /** How many areas have which figure: a bar for each part of the axis. */
  function distribution(view, level, x) {
    const { min, max } = view.axis;
    const bars = new Array(BARS + 1).fill(0);
    for (const value of Object.values(view.values)) {
      if (value.value !== null) bars[Math.round((value.value - min) / (max - min) * BARS)] += 1;
    }
    const most = Math.max(...bars, 1);
    /* the root: one area stays visible beside a thousand */
    const height = (count) => 100 * Math.sqrt(count / most);
    const drawn = bars.map((count, nth) => count && atlas.draw("rect", { class: "bar",
      x: x(min + ((nth - 0.5) / BARS) * (max - min)), y: `${100 - height(count)}%`, width: `${96 / BARS}%`, height: `${height(count)}%` }));
    const name = `Alle ${atlas.counted(level.areas.length)} ${level.label_plural.toLowerCase()}`;
    return row(name, "", [...gridLines(view.axis, x), ...drawn.filter(Boolean)], "distribution", null);
  }

  /** The highest of many areas, and room for the one that is pointed at. */
  function manyRows(view, level, x) {
    const ordered = atlas.byValue(view);
    const highest = ordered.slice(0, HIGHEST);
    const slot = row("", "", gridLines(view.axis, x), "slot", null);
    rest = { slot, x, shown: new Set(highest.map((area) => area.code)) };
    return [distribution(view, level, x), ...highest.map((area) => areaRow(view, area, x)), slot];
  }

  /** Show an area that has no row of its own in the row kept for it. */
  atlas.markPlot = function (view, codes) {
    if (!rest) return;
    const code = codes.length === 1 && !rest.shown.has(codes[0]) ? codes[0] : "";
    const drawn = code ? areaRow(view, atlas.areas.get(code), rest.x) : row("", "", gridLines(view.axis, rest.x), "", null);
    drawn.classList.add("slot");
    drawn.classList.toggle("marked", Boolean(code));
    rest.slot.replaceWith(drawn);
    rest.slot = drawn;
  };

  atlas.drawPlot = function (view) {
    const plot = atlas.byId("plot");
    const level = atlas.levels.get(view.level);
    const many = level.areas.length > MOST_ROWS;
    const x = scale(view.axis);
    rest = null;
    /* "ongeveer 15" needs more room than a number; every row has the same, so that the axes stay one */
    const longest = Math.max(...[...Object.values(view.values), ...view.references].map((entry) => entry.text.length));
    plot.classList.toggle("wordy", longest > MOST_SIGNS);
    const references = view.references.map((entry) =>
      row(entry.label, entry.text, [...gridLines(view.axis, x), ...marks(entry, x, "#1b2733", "dot reference")],
        "reference", null));
    plot.replaceChildren(
      ...(many ? manyRows(view, level, x) : atlas.byValue(view).map((area) => areaRow(view, area, x))),
      ...references, axisRow(view.axis, x));
    const of = `${atlas.counted(level.areas.length)} ${level.label_plural.toLowerCase()}`;
    atlas.write("plot-note", many
      ? `De verdeling over ${of}, en de ${HIGHEST} hoogste. Hoe hoger een balk, hoe meer gebieden met dat cijfer.` : "");
    const withInterval = Object.values(view.values).some((value) => value.interval_text);
    const figure = view.earlier ? "Verschil" : "Cijfer";
    const what = withInterval ? `${figure} en ${view.table.interval.startsWith("95%") ? view.table.interval : "ruimte door afronding"} per gebied` : `${figure} per gebied`;
    atlas.write("plot-title", what);
    plot.setAttribute("aria-label",
      `Puntengrafiek van ${atlas.indicator().label}. ${what}, ${view.legend.unordered ? "op naam" : "hoogste bovenaan"}. De tabel onder de kaart geeft dezelfde cijfers.`);
  };

  atlas.startPlot = function () {
    const plot = atlas.byId("plot");
    atlas.byId("plot-section").hidden = false;
    new ResizeObserver(() => {
      plotWidth = plot.querySelector(".axis svg")?.clientWidth || 0;
      thin([...plot.querySelectorAll(".axis text")]);
    }).observe(plot);
    const codeAt = (event) => event.target.closest("[data-code]")?.dataset.code || "";
    plot.addEventListener("mouseover", (event) => atlas.point(codeAt(event)));
    plot.addEventListener("mouseleave", () => atlas.point(""));
    plot.addEventListener("click", (event) => { if (codeAt(event)) atlas.choose(codeAt(event)); });
  };
})(window.atlas);
