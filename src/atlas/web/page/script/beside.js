"use strict";
/* A second figure beside the first: its own map and legend, and the two in one table. No word on what one has to do with the other. */
(function (atlas) {
  /** The view of the second figure: in the period of the first when it has that, else its newest. */
  function secondView() {
    const other = atlas.indicators.get(atlas.state.beside);
    const fits = other?.views.filter((view) => view.level === atlas.state.level) || [];
    return fits.find((view) => view.period === atlas.state.period) || fits[0] || null;
  }

  function picture(view) {
    const copy = atlas.byId("drawing").cloneNode(true);
    for (const node of [copy, ...copy.querySelectorAll("[id]")]) if (node.id !== "drawn-circles" && node.id !== "circle-key") node.removeAttribute("id");
    atlas.paintDrawing(view, copy);
    for (const node of copy.querySelectorAll("[id]")) node.removeAttribute("id");
    copy.removeAttribute("aria-labelledby");
    copy.setAttribute("aria-label", `Kaart: ${atlas.indicators.get(atlas.state.beside).label}, ${view.period_label}`);
    return copy;
  }

  const told = (view, code) => {
    const value = view.values[code];
    const text = atlas.hasFigure(value) ? value.text : atlas.states.get(value.status).label.toLowerCase();
    return view.table.columns.includes("interval") ? [text, value.interval_text || "–"] : [text];
  };

  function table(first, second, indicator) {
    const name = (entry, view) => `${entry.label} (${view.period_label})`;
    const heads = [[atlas.indicator(), first], [indicator, second]].flatMap(([entry, view]) => [name(entry, view), ...(view.table.columns.includes("interval") ? [view.table.interval] : [])]);
    const rows = atlas.byValue(first).map(({ code, label }) => atlas.make("tr", { "data-code": code }, atlas.make("th", { scope: "row" }, label),
      ...[...told(first, code), ...told(second, code)].map((text) => atlas.make("td", {}, text))));
    return atlas.make("table", { class: "beside-table" }, atlas.make("caption", {}, "Beide cijfers per gebied"),
      atlas.make("thead", {}, atlas.make("tr", {}, ...[atlas.level().label, ...heads].map((text) => atlas.make("th", { scope: "col" }, text)))), atlas.make("tbody", {}, ...rows));
  }

  /** Hand out a picture of the second figure: that of the page in which it were the first. */
  function handOut(kind) {
    const kept = atlas.state;
    const drawing = atlas.byId("drawing");
    const view = secondView();
    atlas.state = { ...kept, indicator: kept.beside, period: view.period, against: "", beside: "" };
    atlas.paintDrawing(view, drawing);
    atlas.handOutPicture("liggend", kind);
    atlas.state = kept;
    atlas.paintDrawing(atlas.view(), drawing);
  }

  function button(text, kind) {
    const made = atlas.make("button", { type: "button" }, text);
    made.addEventListener("click", () => handOut(kind));
    return made;
  }

  /** Refresh the second figure. */
  atlas.drawBeside = function () {
    const section = atlas.byId("beside");
    const view = atlas.state.beside ? secondView() : null;
    section.hidden = !view;
    if (!view) return section.replaceChildren();
    const indicator = atlas.indicators.get(atlas.state.beside);
    const [classes, states] = atlas.legendRows(view);
    const caution = [indicator.caution, view.overlap_note].filter(Boolean).join(" ");
    return section.replaceChildren(atlas.make("h3", { id: "beside-title" }, indicator.label),
      atlas.make("p", { class: "scope" }, `${atlas.level().label_plural}, ${view.period_label}`),
      atlas.make("div", { class: "beside-board" }, picture(view),
        atlas.make("div", {}, atlas.make("ul", { class: "classes" }, ...classes), atlas.make("ul", { class: "classes states" }, ...states),
          atlas.make("p", { class: "method" }, view.legend.note), caution ? atlas.make("p", { class: "caution" }, atlas.make("strong", {}, "Let op"), ` ${caution}`) : "",
          atlas.make("p", { class: "method" }, `Bron: ${[indicator.source, indicator.place].filter(Boolean).join(", ")}.`),
          atlas.make("p", { class: "carry-buttons" }, button("Plaatje", "png"), button("SVG", "svg")))),
      atlas.make("p", { class: "method" }, "Twee kaarten naast elkaar zeggen niet dat het een door het ander komt. Elke kaart heeft haar eigen klassen: dezelfde kleur is niet hetzelfde cijfer."),
      table(atlas.shownView(), view, indicator));
  };

  atlas.besideView = secondView;
})(window.atlas);
