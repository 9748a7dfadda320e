"use strict";
/* The periods of a figure: a slider with a button that plays them, and the period or figure to hold it against. */
(function (atlas) {
  const STEP_MS = 1200;
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let playing = 0, offered = "";

  const line = () => atlas.timelineOf(atlas.indicator(), atlas.state.level, atlas.state.period);
  const labelOf = (one, period) => atlas.viewAt(atlas.indicator(), one, period).period_label;

  function stop() {
    if (!playing) return;
    clearInterval(playing);
    playing = 0;
    atlas.byId("period-play").textContent = "▶ Speel af";
    atlas.announce(`Gestopt bij ${atlas.shownView().period_label}.`);
  }

  /** From period to period until the newest; from the newest it begins with the oldest. */
  function play() {
    if (playing) return stop();
    const { periods } = line();
    if (periods.at(-1) === atlas.state.period) atlas.go({ period: periods[0], against: "" }, true);
    atlas.byId("period-play").textContent = "◼ Stop";
    playing = setInterval(() => {
      const at = periods.indexOf(atlas.state.period);
      if (!line() || at < 0 || at === periods.length - 1) return stop();
      atlas.go({ period: periods[at + 1], against: "" }, true);
      return at + 2 === periods.length ? stop() : undefined;
    }, STEP_MS);
    return undefined;
  }

  const option = (value, label) => atlas.make("option", { value }, label);

  /** Other figures of the same level, by theme. */
  function figuresBeside() {
    const others = [...atlas.indicators.values()].filter((entry) => entry.id !== atlas.state.indicator && entry.views.some((view) => view.level === atlas.state.level));
    return atlas.payload.themes.map((theme) => [theme, others.filter((entry) => entry.theme === theme.id)]).filter(([, found]) => found.length)
      .map(([theme, found]) => atlas.make("optgroup", { label: theme.label }, ...found.map((entry) => option(entry.id, entry.label))));
  }

  /** Refresh the slider and the two choices. */
  atlas.drawPeriods = function () {
    const one = line();
    atlas.byId("period-slide").hidden = !one;
    document.documentElement.classList.toggle("with-slider", Boolean(one));
    if (one) {
      const slider = atlas.byId("period-slider");
      const at = one.periods.indexOf(atlas.state.period);
      slider.max = one.periods.length - 1;
      slider.value = at;
      slider.setAttribute("aria-valuetext", labelOf(one, atlas.state.period));
      atlas.byId("period-label").textContent = labelOf(one, atlas.state.period);
      atlas.byId("period-ends").replaceChildren(...[one.periods[0], one.periods.at(-1)].map((period) => atlas.make("span", {}, labelOf(one, period))));
      atlas.byId("choose-against").replaceChildren(option("", "Geen vergelijking"), ...one.periods.filter((period) => period !== atlas.state.period).map((period) => option(period, labelOf(one, period))));
      atlas.byId("choose-against").value = atlas.state.against;
    }
    atlas.byId("against-box").hidden = !one;
    const key = `${atlas.state.indicator} ${atlas.state.level}`;
    const choice = atlas.byId("choose-beside");
    if (offered !== key) {
      const beside = figuresBeside();
      choice.replaceChildren(option("", "Geen tweede onderwerp"), ...beside);
      atlas.byId("beside-box").hidden = !beside.length;
    }
    offered = key;
    choice.value = atlas.state.beside;
    atlas.byId("period-bar").hidden = !one && choice.length < 2;
  };

  atlas.startPeriods = function () {
    const slider = atlas.byId("period-slider");
    const move = () => {
      stop();
      const { periods } = line();
      atlas.go({ period: periods[Number(slider.value)], against: periods[Number(slider.value)] === atlas.state.against ? "" : atlas.state.against }, true);
    };
    slider.addEventListener("input", move);
    const button = atlas.byId("period-play");
    button.addEventListener("click", play);
    const calm = () => { button.hidden = still.matches; if (still.matches) stop(); };
    still.addEventListener("change", calm);
    calm();
    atlas.byId("choose-against").addEventListener("change", (event) => {
      stop();
      atlas.go({ against: event.target.value });
      atlas.announce(`${atlas.indicator().label}, ${atlas.view().period_label}.`);
    });
    atlas.byId("choose-beside").addEventListener("change", (event) => {
      atlas.go({ beside: event.target.value });
      atlas.announce(event.target.value ? `Ernaast: ${atlas.indicators.get(event.target.value).label}.` : "Geen tweede onderwerp.");
    });
  };
})(window.atlas);
