"use strict";
/* The payload as the core made it, unpacked from what the page carries (`page_form.py`): columns become records, and
   what follows from a figure (its texts, its class, how many are alike) is written out when it is asked for. */
(function (atlas) {
  const SHOWN = ["ok", "indicatief", "geteld"];

  /** A number in Dutch notation, rounded as the core does (which writes out what a browser rounds differently). */
  atlas.formatNumber = function (value, decimals = 0) {
    const [whole, part] = Math.abs(value).toFixed(decimals).split(".");
    const text = whole.replace(/\B(?=(\d{3})+$)/g, ".") + (part ? `,${part}` : "");
    return (value < 0 && /[1-9]/.test(text) ? "\u2212" : "") + text;
  };

  /** A figure with its unit. */
  atlas.formatValue = ({ affix: [before, behind], decimals }, value) =>
    (value === null ? "–" : before + atlas.formatNumber(value, decimals) + behind);

  const interval = (indicator, low, high) =>
    (low === null || high === null ? "" : `${atlas.formatNumber(low, indicator.decimals)}–${atlas.formatValue(indicator, high)}`);

  /** Records written as columns: what all share, what each has, which column is equal to another. */
  function records({ count, same = {}, as = {}, few = {}, most = {}, each = {} }) {
    return Array.from({ length: count }, (_, nth) => {
      const record = { ...same };
      for (const [key, [different, which]] of Object.entries(few)) record[key] = different[which[nth]];
      for (const [key, [common, others]] of Object.entries(most)) record[key] = nth in others ? others[nth] : common;
      for (const [key, column] of Object.entries(each)) record[key] = column[nth];
      for (const [key, other] of Object.entries(as)) record[key] = record[other];
      return record;
    });
  }

  /** A record with the texts that follow from its figures. */
  function told(indicator, record) {
    const { value, low, high, n } = record;
    record.text ??= atlas.formatValue(indicator, value);
    record.interval_text ??= interval(indicator, low, high);
    record.n_text ??= n === null ? "" : atlas.formatNumber(n);
    return record;
  }

  /** The class whose upper bound holds a value, as the core decides it. */
  atlas.classOf = function (breaks, value) {
    if (!breaks.length) return 0;
    let at = 1;
    while (at < breaks.length && breaks[at] < value) at += 1;
    return at - 1;
  };

  function whole(indicator, legend, record) {
    const known = record.value !== null && SHOWN.includes(record.status);
    if (record.class === undefined) record.class = known ? atlas.classOf(legend.breaks, record.value) : null;
    if (legend.circles) record.radius ??= Math.floor(100 * legend.circles.radius_of_one * Math.sqrt(record.value || 0) + 0.5) / 100;
    return told(indicator, record);
  }

  function valuesOf(indicator, { areas }, legend, packed) {
    const kinds = records(packed.kinds || packed).map((record) => whole(indicator, legend, record));
    const of = packed.of?.split(" ");
    return Object.fromEntries(areas.map((area, nth) => [area.code, kinds[of ? of[nth] : nth]]));
  }

  /** The legend with the number of areas in each class and state. */
  function countedLegend(legend, values) {
    const all = Object.values(values);
    const count = (one) => all.filter(one).length;
    const states = atlas.payload.states.filter(({ status }) => !["ok", "geteld"].includes(status))
      .map(({ status }) => ({ status, count: count((value) => value.status === status) })).filter((entry) => entry.count);
    return { ...legend, classes: legend.classes.map((entry, nth) => ({ ...entry, count: count((value) => value.class === nth) })), states };
  }

  /** The difference of two percentages and its ends, in tenths: Newcombe's method 10 from their intervals. */
  atlas.difference = function (one, other) {
    const points = one.value - other.value;
    const below = Math.sqrt((one.value - one.low) ** 2 + (other.high - other.value) ** 2);
    const above = Math.sqrt((one.high - one.value) ** 2 + (other.value - other.low) ** 2);
    return [points, points - below, points + above].map((number) => Math.floor(10 * number + 0.5));
  };

  function pairsOf(values, { all, of, shown, but }) {
    if (!of) return all || {};
    const codes = of.split(" ");
    const pairs = {};
    let nth = 0;
    codes.forEach((one, at) => codes.slice(at + 1).forEach((other) => {
      pairs[`${one} ${other}`] = `${but[nth] || atlas.difference(values[one], values[other]).join(" ")} ${shown[nth]}`;
      nth += 1;
    }));
    return pairs;
  }

  /** A property that is made the first time it is asked for. */
  function later(object, name, make) {
    let made;
    Object.defineProperty(object, name, { enumerable: true, configurable: true, get() { return (made ??= make()); } });
  }

  function unpackView(indicator, view) {
    const { values, legend, held, references, pairs, overlap } = view;
    let nth = 0;
    view.overlap_note = view.overlap_note.replace(/#/g, () => overlap[nth++]);
    later(view, "values", () => valuesOf(indicator, atlas.levels.get(view.level), legend, values));
    later(view, "legend", () => countedLegend(legend, view.values));
    later(view, "pairs", () => pairsOf(view.values, pairs));
    view.references = records(references).map((record, at) => ({ code: held[at][0], label: held[at][1], ...told(indicator, record) }));
  }

  for (const level of atlas.payload.levels) level.areas = records(level.areas);

  atlas.levels = new Map(atlas.payload.levels.map((level) => [level.id, level]));
  atlas.areas = new Map();
  for (const level of atlas.payload.levels) {
    for (const area of level.areas) atlas.areas.set(area.code, { ...area, level: level.id });
  }

  const gaps = {};
  for (const indicator of atlas.payload.indicators) {
    for (const line of indicator.timelines) line.gaps = gaps[line.level] = line.gaps ?? gaps[line.level];
    const before = {};
    indicator.views = indicator.views.map((short) => (before[short.level] = { ...before[short.level], ...short }));
    indicator.views = indicator.views.map((view) => ({ ...view }));
    for (const view of indicator.views) unpackView(indicator, view);
  }

  let lines;

  /** Lines written as steps, "x y dx dy …" in parts of a degree; as [latitude, longitude] pairs. */
  const unpacked = () => atlas.payload.lines.split(";").map((steps) => {
    const numbers = steps.split(" ");
    const line = [];
    let [x, y] = [0, 0];
    for (let at = 0; at < numbers.length; at += 2) {
      x += Number(numbers[at]);
      y += Number(numbers[at + 1]);
      line.push([y / atlas.payload.degree, x / atlas.payload.degree]);
    }
    return line;
  });

  /** A ring written as the numbers of its lines; -3 is the third line from its end to its beginning. */
  function ringOf(numbers) {
    const parts = numbers.split(" ").map((number) => (number > 0 ? lines[number - 1] : [...lines[-number - 1]].reverse()));
    return parts.flatMap((part, nth) => (nth ? part.slice(1) : part));
  }

  /** The shapes of a level by area code, as Leaflet wants a polygon of several parts. */
  atlas.shapesOf = function (level) {
    lines ??= unpacked();
    level.shapes ??= new Map(Object.entries(level.geometry).map(
      ([code, polygons]) => [code, polygons.map((rings) => rings.map(ringOf))]));
    return level.shapes;
  };

  atlas.states = new Map(atlas.payload.states.map((state) => [state.status, state]));
  atlas.indicators = new Map(
    atlas.payload.indicators.filter((entry) => entry.views.length).map((entry) => [entry.id, entry]));
})(window.atlas);
