"use strict";
/* Each area from period to period: its line with the band of its interval, broken where the area changed. */
(function (atlas) {
  /** more areas than this are no small multiples any more */
  const MOST_AREAS = 40;
  const SMALL = { width: 148, height: 60, left: 4, right: 4, top: 6, bottom: 6 };
  const LARGE = { width: 460, height: 210, left: 46, right: 14, top: 12, bottom: 26 };
  let drawn = null, moved = null;

  const number = (value) => value.toFixed(1);

  /** Places of periods and figures on a drawing. */
  function scales(line, axis, { width, height, left, right, top, bottom }) {
    const [first, last] = [Math.min(...line.at), Math.max(...line.at)];
    return {
      x: (nth) => left + ((line.at[nth] - first) / (last - first || 1)) * (width - left - right),
      y: (value) => height - bottom - ((value - axis.min) / (axis.max - axis.min)) * (height - top - bottom),
    };
  }

  /** Stretches of periods that follow each other without a gap, all of which have what is asked. */
  function stretches(line, code, has) {
    const found = [];
    let open = null;
    line.periods.forEach((period, nth) => {
      if (!has(nth)) open = null;
      else if (open && !line.gaps[code]?.[period]) open.push(nth);
      else found.push((open = [nth]));
    });
    return found;
  }

  /** The line of an area, its band and the places where it is broken. */
  function marks(indicator, line, code, axis, size) {
    const { x, y } = scales(line, axis, size);
    const values = line.periods.map((period) => atlas.viewAt(indicator, line, period).values[code]);
    const point = (nth, value) => `${number(x(nth))} ${number(y(value))}`;
    const bands = stretches(line, code, (nth) => values[nth].value !== null && values[nth].low !== null).filter((part) => part.length > 1).map((part) =>
      atlas.draw("path", { class: "line-band", d: `M${part.map((nth) => point(nth, values[nth].high)).join("L")}L${[...part].reverse().map((nth) => point(nth, values[nth].low)).join("L")}Z` }));
    const known = stretches(line, code, (nth) => atlas.hasFigure(values[nth]) && values[nth].value !== null);
    const lines = known.filter((part) => part.length > 1).map((part) => atlas.draw("path", { class: "line-path", d: `M${part.map((nth) => point(nth, values[nth].value)).join("L")}` }));
    const dots = known.flat().map((nth) => atlas.draw("circle", { class: `line-dot ${values[nth].status}${line.periods[nth] === atlas.state.period ? " now" : ""}`, "data-period": line.periods[nth], cx: number(x(nth)), cy: number(y(values[nth].value)), r: size === SMALL ? 2.2 : 4 }));
    const gaps = line.periods.flatMap((period, nth) => {
      if (!line.gaps[code]?.[period]) return [];
      const between = number((x(nth - 1) + x(nth)) / 2);
      return [atlas.draw("line", { class: "line-gap", x1: between, x2: between, y1: size.top, y2: size.height - size.bottom })];
    });
    return [...gaps, ...bands, ...lines, ...dots];
  }

  function now(line, axis, size) {
    const at = number(scales(line, axis, size).x(line.periods.indexOf(atlas.state.period)));
    return atlas.draw("line", { class: "line-now", x1: at, x2: at, y1: size.top, y2: size.height - size.bottom });
  }

  function small(indicator, line, area, axis) {
    const svg = atlas.draw("svg", { viewBox: `0 0 ${SMALL.width} ${SMALL.height}`, "aria-hidden": "true" },
      atlas.draw("line", { class: "grid", x1: 0, x2: SMALL.width, y1: SMALL.height - SMALL.bottom, y2: SMALL.height - SMALL.bottom }),
      now(line, axis, SMALL), ...marks(indicator, line, area.code, axis, SMALL));
    return atlas.make("div", { class: "multiple", "data-code": area.code }, atlas.make("span", { class: "multiple-name" }, area.label), atlas.make("b", {}), svg);
  }

  /** Bring the small lines to the period that is shown; the lines themselves stay as they are. */
  function moveTo(multiples, line, axis) {
    const { values } = atlas.shownView();
    const at = number(scales(line, axis, SMALL).x(line.periods.indexOf(atlas.state.period)));
    for (const one of multiples.children) {
      const value = values[one.dataset.code];
      one.querySelector("b").textContent = atlas.hasFigure(value) ? value.text : "–";
      const mark = one.querySelector(".line-now");
      mark.setAttribute("x1", at);
      mark.setAttribute("x2", at);
      one.querySelector(".line-dot.now")?.classList.remove("now");
      one.querySelector(`.line-dot[data-period="${CSS.escape(atlas.state.period)}"]`)?.classList.add("now");
    }
  }

  /** The large line of one area, with axes. */
  function large(indicator, line, code, axis) {
    const { x, y } = scales(line, axis, LARGE);
    const room = (LARGE.width - LARGE.left - LARGE.right) / 64;
    const every = Math.ceil(line.periods.length / room);
    const ticks = axis.ticks.flatMap((tick) => [
      atlas.draw("line", { class: "grid", x1: LARGE.left, x2: LARGE.width - LARGE.right, y1: y(tick.value), y2: y(tick.value) }),
      atlas.draw("text", { class: "line-y", x: LARGE.left - 6, y: y(tick.value) + 4 }, tick.label)]);
    const names = line.periods.flatMap((period, nth) => ((line.periods.length - 1 - nth) % every ? [] : [
      atlas.draw("text", { class: nth === line.periods.length - 1 ? "line-x last" : "line-x", x: x(nth), y: LARGE.height - 6 }, atlas.viewAt(indicator, line, period).period_label)]));
    const label = `Verloop van ${indicator.label} in ${atlas.areas.get(code).label}; de tabel ernaast geeft dezelfde cijfers.`;
    return atlas.draw("svg", { viewBox: `0 0 ${LARGE.width} ${LARGE.height}`, class: "line-large", role: "img", "aria-label": label },
      ...ticks, ...names, now(line, axis, LARGE), ...marks(indicator, line, code, axis, LARGE));
  }

  const cell = (text) => atlas.make("td", {}, text || "–");

  function table(indicator, line, code) {
    const rows = [...line.periods].reverse().map((period) => {
      const view = atlas.viewAt(indicator, line, period);
      const value = view.values[code];
      return atlas.make("tr", { class: period === atlas.state.period ? "marked" : null }, atlas.make("th", { scope: "row" }, view.period_label),
        cell(atlas.hasFigure(value) ? value.text : atlas.states.get(value.status).label.toLowerCase()), cell(value.interval_text), cell(value.n_text));
    });
    const { table: words } = atlas.shownView();
    const head = ["Periode", "Cijfer", words.interval, words.n].map((text) => atlas.make("th", { scope: "col" }, text));
    return atlas.make("table", { class: "line-table" }, atlas.make("caption", {}, `${atlas.areas.get(code).label}, alle periodes`),
      atlas.make("thead", {}, atlas.make("tr", {}, ...head)), atlas.make("tbody", {}, ...rows));
  }

  /** The areas whose lines are broken, and why. */
  function gapNotes(line, codes) {
    return [...new Set(codes.flatMap((code) => Object.values(line.gaps[code] || {}).map((note) => `${atlas.areas.get(code).label}: ${note}`)))];
  }

  /** Refresh the lines; `codes` are those that are pointed at or chosen. */
  atlas.drawLines = function (codes) {
    const indicator = atlas.indicator();
    const line = atlas.timelineOf(indicator, atlas.state.level, atlas.state.period);
    atlas.byId("lines-section").hidden = !line;
    if (!line) return;
    const { axis } = atlas.shownView();
    const { areas } = atlas.levels.get(line.level);
    const key = `${indicator.id} ${line.level} ${line.periods[0]}`;
    const multiples = atlas.byId("multiples");
    if (drawn !== key) {
      drawn = key;
      multiples.replaceChildren(...(areas.length > MOST_AREAS ? [] : areas.map((area) => small(indicator, line, area, axis))));
      multiples.setAttribute("aria-label", `Het verloop van ${indicator.label} in ${areas.length} gebieden, alle op dezelfde schaal. Kies een gebied voor zijn cijfers.`);
    }
    if (moved !== `${key} ${atlas.state.period}`) moveTo(multiples, line, axis);
    moved = `${key} ${atlas.state.period}`;
    for (const one of multiples.children) one.classList.toggle("marked", codes.includes(one.dataset.code));
    const code = codes.length === 1 ? codes[0] : "";
    atlas.byId("line-chosen").replaceChildren(...(code ? [large(indicator, line, code, axis), table(indicator, line, code)] : []));
    const hint = areas.length > MOST_AREAS ? "Kies een gebied om zijn verloop te zien." : "";
    atlas.write("line-note", [code ? "" : hint, "De band is het 95%-interval. Een onderbroken lijn: de gemeente veranderde, of er is geen cijfer.", ...gapNotes(line, code ? [code] : [])].filter(Boolean).join(" "));
  };

  atlas.startLines = function () {
    const multiples = atlas.byId("multiples");
    const codeAt = (event) => event.target.closest("[data-code]")?.dataset.code || "";
    multiples.addEventListener("mouseover", (event) => atlas.point(codeAt(event)));
    multiples.addEventListener("mouseleave", () => atlas.point(""));
    multiples.addEventListener("click", (event) => { if (codeAt(event)) atlas.choose(codeAt(event), true); });
  };
})(window.atlas);
