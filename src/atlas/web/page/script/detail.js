"use strict";
/* One area in words: figure, interval, respondents, and its province's figure beside it, without a verdict. */
(function (atlas) {
  /** more areas than this are counted, not named */
  const MOST_NAMES = 12;
  let width = 0, tallest = 0;

  const fact = (label, text, className) => (text
    ? [atlas.make("div", { class: className }, atlas.make("dt", {}, label), atlas.make("dd", {}, text))] : []);

  function figureText(entry) {
    const details = [entry.interval_text && `interval ${entry.interval_text}`, entry.n_text && (atlas.indicator().denominator ? atlas.denominator(entry) : `n = ${entry.n_text}`)];
    return [entry.text, ...details].filter(Boolean).join(", ").replaceAll(" ", "\u00a0").replaceAll(",\u00a0", ", ");
  }

  function references(view, entries) {
    return entries.flatMap((entry) => fact(entry.label, figureText(entry), "reference"));
  }

  function one(view, area) {
    const value = view.values[area.code];
    const state = atlas.states.get(value.status);
    const known = atlas.hasFigure(value);
    const remarks = [
      ["ok", "geteld"].includes(value.status) ? "" : `${state.label}. ${state.explanation}`.trim(), value.note, area.inferred ? area.note : ""];
    return [
      atlas.make("h3", {}, area.label),
      atlas.make("div", { class: "detail-body" },
        atlas.make("p", { class: known ? "figure" : "figure none" }, known ? [value.text, view.line?.change.unit].filter(Boolean).join(" ") : state.label),
        atlas.make("dl", {}, ...fact(view.table.interval.startsWith("95%") ? view.table.interval : "Door afronding", value.interval_text), ...fact(atlas.indicator().denominator ? view.table.n : "Respondenten", value.n_text),
          ...references(view, atlas.referencesOf(view, area)))),
      ...remarks.filter(Boolean).map((text) => atlas.make("p", { class: "remark" }, text)),
    ];
  }

  function several(view, codes) {
    const rest = codes.length - MOST_NAMES;
    const figure = (code) => view.values[code].value ?? -Infinity;
    const ordered = rest > 0 ? [...codes].sort((one, other) => figure(other) - figure(one)) : codes;
    const names = ordered.slice(0, MOST_NAMES).map((code) => {
      const value = view.values[code];
      const text = atlas.hasFigure(value) ? value.text : atlas.states.get(value.status).label.toLowerCase();
      return atlas.make("li", {}, `${atlas.areas.get(code).label}: ${text}`);
    });
    const more = rest > 0 ? [atlas.make("li", { class: "hint" }, `en nog ${atlas.counted(rest)}; alle staan in de tabel`)] : [];
    return [atlas.make("h3", {}, atlas.areas.get(atlas.state.area).label), atlas.make("ul", {}, ...names, ...more)];
  }

  function nothing(view) {
    return [
      atlas.make("p", { class: "hint" }, `Wijs een gebied aan voor het cijfer en ${atlas.indicator().measure === "telling" ? "wat er is vastgelegd" : "hoe zeker het is"}.`),
      atlas.make("dl", {}, ...references(view, view.references)),
    ];
  }

  /** Never lower than before at this width: else the row under the mouse moves away, and back. */
  function keepHeight(detail) {
    if (detail.clientWidth !== width) tallest = 0;
    width = detail.clientWidth;
    detail.style.minHeight = "";
    tallest = Math.max(tallest, detail.offsetHeight);
    detail.style.minHeight = `${tallest}px`;
  }

  atlas.drawDetail = function (view, codes) {
    const content = codes.length > 1 ? several(view, codes)
      : codes.length ? one(view, atlas.areas.get(codes[0])) : nothing(view);
    const detail = atlas.byId("detail");
    detail.hidden = false;
    detail.replaceChildren(...content);
    if (codes.length) keepHeight(detail);
  };
})(window.atlas);
