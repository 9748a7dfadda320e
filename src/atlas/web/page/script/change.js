"use strict";
/* Two periods of one figure as one view: the difference of each area, with the verdict that the core gave or none. Map,
   legend, plot, table and picture draw it as they draw any other view. */
(function (atlas) {
  const made = new Map();
  const SIDE = 3;
  const NONE = "-", SHOWN = "1";

  /** The periods of which a figure is one line: those of a level that may be held against each other. */
  atlas.timelineOf = (indicator, level, period) =>
    indicator.timelines.find((line) => line.level === level && line.periods.includes(period)) || null;

  /** The view of a figure in a period of a timeline. */
  atlas.viewAt = (indicator, line, period) =>
    indicator.views.find((view) => view.level === line.level && view.period === period);

  const signed = (change, points) => (points > 0 ? "+" : "") + atlas.formatNumber(points, change.decimals);

  /** A difference as it is told: rounded once, and a half always up. */
  const rounded = (change, points) => Math.floor(points * 10 ** change.decimals + 0.5) / 10 ** change.decimals;

  function classOf({ breaks, classes }, points) {
    if (!breaks.length) return 0;
    if (!points) return SIDE;
    const nth = Math.min(SIDE, Math.ceil(Number((Math.abs(points) / breaks.at(-1) * SIDE).toFixed(9))));
    return points > 0 ? classes.length - SIDE - 1 + nth : SIDE - nth;
  }

  const withhold = (status, note = "") => ({ value: null, low: null, high: null, n: null, text: "–", interval_text: "", n_text: "", status, class: null, note });

  const sure = (value) => value.text + (value.interval_text ? ` (${value.interval_text})` : "");

  /** One area: its difference, or why there is none. */
  function areaChange(change, verdict, broken, earlier, later) {
    if (earlier.value === null || later.value === null) return withhold("geen_twee_cijfers");
    if (broken) return withhold("ander_gebied", broken);
    const both = `${sure(earlier)} en daarna ${sure(later)}`;
    if (change.kind !== "geteld" && verdict === NONE) return withhold("geen_oordeel", both);
    const value = rounded(change, later.value - earlier.value);
    const known = { ...withhold("", both), value, text: signed(change, value) };
    if (change.kind === "geteld") return { ...known, status: "geteld", class: classOf(change, value) };
    const [, low, high] = atlas.difference(later, earlier).map((tenths) => tenths / 10);
    const shown = verdict === SHOWN;
    return { ...known, low, high, interval_text: [low, high].map((end) => atlas.formatNumber(end, change.decimals)).join(" tot "),
      status: shown ? "verschil" : "geen_verschil", class: shown ? classOf(change, value) : null };
  }

  /** The sentences why the areas changed between two periods. */
  const brokenBetween = (line, from, to, code) => line.periods.slice(from + 1, to + 1).map((period) => line.gaps[code]?.[period]).filter(Boolean).join(" ");

  function legendOf(change, values) {
    const all = Object.values(values);
    const count = (one) => all.filter(one).length;
    const classes = change.classes.length ? change.classes : change.kind === "geteld" ? [{ label: "Verschil staat op de kaart", colour: atlas.payload.change_states[0].colour }] : [];
    const states = atlas.payload.change_states.slice(1).map(({ status }) => ({ status, count: count((value) => value.status === status) })).filter((entry) => entry.count);
    return { kind: change.breaks.length ? "classes" : "single", offered: states.map((entry) => entry.status), method: "", breaks: change.breaks,
      method_label: "gelijke stappen aan weerszijden van geen verschil", note: change.classes.length ? change.note : "",
      classes: classes.map((entry, nth) => ({ ...entry, count: count((value) => value.class === nth) })), states };
  }

  /** An axis with no difference in its middle. */
  function axisOf(change, values) {
    const ends = Object.values(values).flatMap(({ value, low, high }) => [value, low, high]).filter((end) => end !== null).map(Math.abs);
    const largest = Math.max(...ends, 10 ** -change.decimals);
    const power = 10 ** Math.floor(Math.log10(largest / 2));
    const step = [1, 2, 5, 10].map((part) => part * power).find((one) => one >= (largest / 2) * (1 - 1e-9));
    return { min: -2 * step, max: 2 * step, ticks: [-2, -1, 0, 1, 2].map((nth) => ({ value: nth * step, label: signed(change, nth * step) })) };
  }

  const NOTES = {
    beoordeeld: "Het interval is dat van het verschil (Newcombe). Wie twee keer antwoordde, is niet verrekend: het interval is eerder te breed dan te smal. Of een verschil is aangetoond, is beslist over alle gebieden samen (Holm).",
    geteld: "Het zijn aantallen, geen steekproef, en waar dat staat een schatting: een verschil kan ook komen doordat er meer of anders is gekeken.",
    zonder_oordeel: "Of een verschil echt is, valt niet te zeggen: daarvoor zijn de antwoorden per persoon nodig, of een ontwerpeffect dat de bron zelf publiceert. Vergelijk de intervallen.",
  };

  /** The change of a figure between two periods of a timeline, the earlier first. */
  atlas.changeView = function (indicator, line, one, other) {
    const [from, to] = [line.periods.indexOf(one), line.periods.indexOf(other)].sort((first, second) => first - second);
    const key = `${indicator.id} ${line.level} ${line.periods[0]} ${from} ${to}`;
    if (!made.has(key)) made.set(key, madeView(indicator, line, from, to));
    return made.get(key);
  };

  function madeView(indicator, line, from, to) {
    const { change } = line;
    const [earlier, later] = [from, to].map((nth) => atlas.viewAt(indicator, line, line.periods[nth]));
    const verdicts = change.verdicts[`${from} ${to}`] || "";
    const values = Object.fromEntries(atlas.levels.get(line.level).areas.map(({ code }, nth) =>
      [code, areaChange(change, verdicts[nth] || NONE, brokenBetween(line, from, to, code), earlier.values[code], later.values[code])]));
    const references = earlier.references.flatMap((entry) => later.references.filter(({ code }) => code === entry.code).map((then) => (
      { ...withhold("", ""), code: entry.code, label: entry.label, text: `${entry.text} → ${then.text}` })));
    const measured = change.kind === "beoordeeld";
    return { level: line.level, period: `${earlier.period} ${later.period}`, period_label: `van ${earlier.period_label} naar ${later.period_label}`,
      earlier, later, line, values, references, pairs: {}, legend: legendOf(change, values), axis: axisOf(change, values),
      table: { columns: measured ? ["value", "interval", "status"] : ["value", "status"], value: ["Verschil", change.unit && `(${change.unit})`].filter(Boolean).join(" "), interval: "95%-interval", n: "n", status: "Oordeel" },
      interval_note: NOTES[change.kind], overlap_note: "" };
  }

  for (const state of atlas.payload.change_states) atlas.states.set(state.status, state);
})(window.atlas);
