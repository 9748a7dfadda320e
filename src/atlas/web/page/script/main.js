"use strict";
/* The choices above the map, and the one place that redraws everything when they change. */
(function (atlas) {
  let pointed = "", painted = null, brought = "", beside = "", besideOf = null, themed = null;
  const offeredBefore = {};

  const themeOf = (indicator) => indicator.theme;
  const inTheme = (theme) => [...atlas.indicators.values()].filter((entry) => themeOf(entry) === theme);
  const unique = (values) => [...new Set(values)];

  /** What can be chosen now: [id, label] for each of the four. */
  function offered() {
    const indicator = atlas.indicator();
    const used = new Set([...atlas.indicators.values()].map(themeOf));
    const atPeriod = indicator.views.filter((view) => view.period === atlas.state.period);
    const periods = unique(indicator.views.map((view) => view.period));
    return atlas.offerObjects({
      theme: [indicator.theme, atlas.payload.themes.filter((theme) => used.has(theme.id)).map((theme) => [theme.id, theme.label])],
      indicator: [indicator.id, inTheme(indicator.theme).map((entry) => [entry.id, entry.label])],
      period: [atlas.state.period, periods.map((period) =>
        [period, indicator.views.find((view) => view.period === period).period_label])],
      level: [atlas.state.level, unique(atPeriod.map((view) => view.level)).map((id) => [id, atlas.levels.get(id).label])],
    });
  }

  /** A single possibility is text: a list with one entry promises a choice that is not there. */
  function drawChoices() {
    for (const [name, [chosen, options]] of Object.entries(offered())) {
      const box = document.querySelector(`[data-choice="${name}"]`);
      const [select, text] = [box.querySelector("select"), box.querySelector("p")];
      const single = options.length < 2;
      box.classList.toggle("single", single);
      select.hidden = single;
      text.hidden = !single;
      text.textContent = single && options.length ? options[0][1] : "";
      /* a period that moves leaves what can be chosen as it was */
      if (offeredBefore[name] !== (offeredBefore[name] = `${options}`)) select.replaceChildren(...options.map(([value, label]) => atlas.make("option", { value }, label)));
      select.value = chosen;
      box.querySelector("label").htmlFor = single ? "" : select.id;
    }
  }

  /** The themes as cards: how many maps and how much in text; one without maps opens its text. */
  function drawThemes() {
    const cards = atlas.payload.themes.map(({ id, label }) => {
      const maps = inTheme(id).length;
      const text = document.querySelector(`details[data-theme="${CSS.escape(id)}"]`);
      const told = [maps && atlas.counted(maps, "kaart", "kaarten"), text && `${text.dataset.count} in tekst`].filter(Boolean).join(", ");
      const card = atlas.make("button", { type: "button", class: "theme-card", "aria-current": !atlas.state.objects && id === atlas.indicator().theme ? "true" : null }, atlas.make("b", {}, label), " ", atlas.make("span", {}, told));
      card.addEventListener("click", () => {
        if (maps) return atlas.go({ objects: "", indicator: inTheme(id)[0].id, against: "" });
        text.open = true;
        return text.querySelector("summary").focus();
      });
      return card;
    });
    const focused = [...atlas.byId("themes").children].indexOf(document.activeElement);
    atlas.byId("themes").replaceChildren(...cards);
    cards[focused]?.focus();
    /* a team goes from its objects to the figures and back by the list of themes, which holds both */
    const offered = cards.length > 1 && !atlas.hasObjects;
    atlas.byId("themes").hidden = !offered;
    document.documentElement.classList.toggle("with-themes", offered);
  }

  function startChoices() {
    const changes = {
      theme: (value) => ({ indicator: inTheme(value)[0].id, against: "" }),
      indicator: (value) => ({ indicator: value, against: "" }),
      period: (value) => ({ period: value }),
      level: (value) => ({ level: value }),
    };
    for (const [name, change] of Object.entries(changes)) {
      atlas.byId(`choice-${name}`).addEventListener("change", (event) => {
        atlas.go({ objects: "", ...(atlas.objectChoice(name, event.target.value) || change(event.target.value)) });
        if (atlas.state.objects) return;
        atlas.announce(`${atlas.indicator().label}, ${atlas.level().label_plural.toLowerCase()}, ${atlas.view().period_label}.`);
      });
    }
    atlas.byId("choose").hidden = false;
  }

  function drawTexts(indicator, view) {
    const theme = atlas.payload.themes.find((entry) => entry.id === indicator.theme);
    atlas.write("theme", theme ? theme.label : "");
    atlas.write("indicator", indicator.label);
    atlas.write("question", indicator.question);
    atlas.write("scope", `${atlas.level().label_plural}, ${view.period_label}`);
    const caution = [indicator.caution, view.overlap_note].filter(Boolean).join(" ");
    atlas.write("caution", caution, atlas.byId("caution-box"));
    const about = {
      definition: indicator.definition, base: indicator.base, interval: view.interval_note,
      source: [indicator.source, indicator.place].filter(Boolean).join(", "),
    };
    for (const [key, text] of Object.entries(about)) {
      atlas.write(`about-${key}`, text, atlas.byId(`about-${key}`).parentElement);
    }
    atlas.write("level-note", atlas.level().note);
    atlas.byId("dashed-line").hidden = !atlas.level().inferred_borders.length;
    document.title = `${indicator.label} – ${atlas.payload.title}`;
  }

  /** The areas that belong to the reader's choice, on the level that is shown. */
  atlas.chosenCodes = () => atlas.locate(atlas.state.area).codes;

  /** Mark an area everywhere for as long as it is pointed at; "" returns to the chosen one. */
  atlas.point = function (code) {
    if (code === pointed) return;
    pointed = code;
    atlas.emphasise();
  };

  /** Keep an area marked. Choosing it again lets it go, unless it was asked for by name. */
  atlas.choose = function (code, byName = false) {
    const again = !byName && atlas.state.area === code;
    atlas.go({ area: again ? "" : code }, Boolean(atlas.state.area) && !again);
    if (!again) atlas.scrollToChoice();
    if (!byName) atlas.byId("search").value = "";
    if (again) atlas.announce("Geen gebied gekozen.");
    else if (atlas.level().areas.some((area) => area.code === code)) {
      atlas.announce(`Gekozen: ${atlas.sentence(atlas.view(), atlas.areas.get(code))}`);
    }
  };

  /** Bring the map and the words about what is chosen into sight, as far as the screen is high enough for both. */
  atlas.scrollToChoice = function () {
    const words = atlas.state.objects ? ["#object-near", "#object-name"] : [".detail-body, #detail ul"];
    for (const part of ["#map-frame", ...words]) document.querySelector(part)?.scrollIntoView({ block: "nearest" });
  };

  atlas.emphasise = function () {
    const here = pointed && pointed in atlas.view().values ? pointed : "";
    const codes = here ? [here] : atlas.chosenCodes();
    atlas.outline(codes);
    for (const node of document.querySelectorAll(".plot-row[data-code], #table-rows tr")) {
      node.classList.toggle("marked", codes.includes(node.dataset.code));
    }
    atlas.markPlot(atlas.view(), codes);
    atlas.drawDetail(atlas.view(), codes);
    atlas.drawLines(codes);
  };

  /** Redraw what follows from the state; what shows figures only when they are others. */
  atlas.show = function () {
    const view = atlas.view();
    if (view !== painted) {
      painted = view;
      drawChoices();
      if (themed !== `${atlas.state.objects} ${atlas.indicator().theme}`) drawThemes();
      themed = `${atlas.state.objects} ${atlas.indicator().theme}`;
      drawTexts(atlas.indicator(), view);
      atlas.drawLegend(view);
      atlas.drawPlot(view);
      atlas.drawTable(view);
      /* the map measures itself, which lays out the page: once, when the rest stands there */
      if (!atlas.map) startMap();
      atlas.paintMap(view);
    }
    if (atlas.state.beside !== beside || view !== besideOf) atlas.drawBeside();
    [beside, besideOf] = [atlas.state.beside, view];
    atlas.drawPeriods();
    atlas.saySearch(atlas.locate(atlas.state.area).text);
    atlas.drawCarry(view);
    atlas.emphasise();
    if (atlas.state.area !== brought) atlas.bringIntoView(atlas.chosenCodes());
    brought = atlas.state.area;
    atlas.showObjects?.(drawChoices);
  };

  function startMap() {
    atlas.startMap();
    atlas.startPlaces(atlas.map);
    atlas.startLayers();
    atlas.startKeys();
  }

  atlas.startTable();
  atlas.startPlot();
  atlas.startLines();
  atlas.startPeriods();
  atlas.startSearch();
  atlas.startCarry();
  startChoices();
  atlas.startState();
  atlas.drawDetail(atlas.view(), []);
  atlas.show();
  atlas.sayMissing();
  if (atlas.state.area) atlas.scrollToChoice();
  document.documentElement.classList.add("ready");
})(window.atlas);
