"use strict";
/* What one may say of a figure, and of two side by side; the words and the verdicts are the core's. */
(function (atlas) {
  const fill = (pattern, known) => pattern.replace(/\{(\w+)\}/g, (_, name) => known[name]);
  const said = (name, known) => fill(atlas.payload.sentences[name], known);
  const bare = (text) => text.trim().replace(/\.$/, "");
  const tenths = (number) => (number / 10).toLocaleString("nl-NL", { minimumFractionDigits: 1 }).replace("-", "\u2212");

  function howSure(value) {
    const { denominator, measure } = atlas.indicator();
    const parts = [
      value.interval_text && said(measure === "telling" ? "rounded" : "interval", { interval: value.interval_text }),
      value.n_text && said(denominator ? "counted" : "respondents", { n: value.n_text, denominator }),
      value.status === "indicatief" && said("indicative", {}),
    ].filter(Boolean);
    return parts.length ? said("sure", { parts: parts.join("; ") }) : "";
  }

  /** Whether there is a figure of an area to pass on. */
  atlas.isShown = (view, code) => atlas.hasFigure(view.values[code]) && view.values[code].value !== null;

  /** What not to conclude from a view. */
  atlas.cautionOf = (view) => [atlas.indicator().caution, view.overlap_note].filter(Boolean).join(" ");

  /** Source of a figure, and the place in it. */
  atlas.cited = () => [atlas.indicator().source, atlas.indicator().place].filter(Boolean).join(", ");

  /** Among whom, what not to conclude, and the source: behind a sentence about a figure. */
  const about = (view) => Object.entries({ base: atlas.indicator().base, caution: atlas.cautionOf(view), source: atlas.cited() })
    .map(([name, text]) => text && said(name, { [name]: bare(text) })).join("");

  /** The figure of an area as sentences; of one that is withheld, that it is. */
  atlas.sentenceOf = function (view, code) {
    const [indicator, area, value] = [atlas.indicator(), atlas.areas.get(code).label, view.values[code]];
    if (!atlas.isShown(view, code)) {
      const { label, explanation } = atlas.states.get(value.status);
      return said("withheld", { area, state: label.toLowerCase(), explanation });
    }
    const figure = said("figure", { label: indicator.label, text: value.text, area, period: view.period_label, sure: howSure(value) });
    return figure + about(view);
  };

  function verdict(view, first, second) {
    if (atlas.indicator().measure === "telling") return said("counts", {});
    if (`${second} ${first}` in view.pairs) [first, second] = [second, first];
    const pair = view.pairs[`${first} ${second}`];
    if (!pair) {
      const known = [first, second].every((code) => view.values[code].interval_text);
      return said(known ? "no_ground" : "no_interval", {});
    }
    let [points, low, high, shown] = pair.split(" ").map(Number);
    if (points < 0) [first, second, points, low, high] = [second, first, -points, -high, -low];
    const label = (code) => atlas.areas.get(code).label;
    return said(shown ? "higher" : "not_shown", { higher: label(first), lower: label(second), points: tenths(points),
      low: tenths(low), high: tenths(high), pairs: atlas.counted(Object.keys(view.pairs).length) });
  }

  /** What one may say of an area in two periods. */
  atlas.changeSentence = function (view, code) {
    const { earlier, later, line } = view;
    const [value, first, second] = [view, earlier, later].map((one) => one.values[code]);
    const known = { label: atlas.indicator().label, area: atlas.areas.get(code).label, earlier: earlier.period_label, later: later.period_label };
    if (value.status === "geen_twee_cijfers") return atlas.sentenceOf(atlas.isShown(earlier, code) ? later : earlier, code);
    const figures = said("change", { ...known, first: first.text + howSure(first), second: second.text + howSure(second) });
    const [points, low, high] = [value.value, value.low, value.high].map((number) => number && atlas.formatNumber(number, line.change.decimals));
    const [higher, lower] = value.value > 0 ? [known.later, known.earlier] : [known.earlier, known.later];
    const turned = value.value < 0 && value.status === "verschil"
      ? { points: atlas.formatNumber(-value.value, 1), low: atlas.formatNumber(-value.high, 1), high: atlas.formatNumber(-value.low, 1) } : { points: points || "0", low, high };
    const verdicts = {
      verschil: () => said("changed", { higher, lower, ...turned }),
      geen_verschil: () => said("not_changed", { ...turned, areas: atlas.counted(Object.values(view.values).filter((one) => one.low !== null).length) }),
      geteld: () => said("change_counted", { points: [value.text, line.change.unit].filter(Boolean).join(" ") }),
      ander_gebied: () => said("other_area", { note: value.note }),
      geen_oordeel: () => said("change_unknown", {}),
    };
    return `${figures} ${verdicts[value.status]()}${about(view)}`;
  };

  /** Two areas: a line for each, what may be said of them together, and what the figure is. */
  atlas.compared = function (view, first, second) {
    const withheld = [first, second].filter((code) => !atlas.isShown(view, code));
    if (withheld.length) return withheld.map((code) => atlas.sentenceOf(view, code));
    const short = (code) => `${atlas.areas.get(code).label}: ${view.values[code].text}${howSure(view.values[code])}`;
    return [short(first), short(second), verdict(view, first, second),
      said("about", { label: atlas.indicator().label, period: view.period_label }) + about(view)];
  };
})(window.atlas);
