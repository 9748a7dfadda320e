"use strict";
/* What the reader is looking at, kept in the address bar: #indicator=…&niveau=…&periode=…&gebied=… */
(function (atlas) {
  const KEYS = { indicator: "indicator", niveau: "level", periode: "period", gebied: "area", met: "against", naast: "beside", ...atlas.objectKeys };

  atlas.indicator = () => atlas.indicators.get(atlas.state.indicator);
  /** The figures of the chosen period; `view` is the change since another one when that was asked for. */
  atlas.shownView = () => atlas.indicator().views.find(
    (view) => view.level === atlas.state.level && view.period === atlas.state.period);
  atlas.view = function () {
    const { level, period, against } = atlas.state;
    return against ? atlas.changeView(atlas.indicator(), atlas.timelineOf(atlas.indicator(), level, period), period, against) : atlas.shownView();
  };
  atlas.level = () => atlas.levels.get(atlas.state.level);

  /** what a link can name -> [how it is called, whether there is such a thing] */
  const NAMED = {
    indicator: ["een onderwerp dat", (value) => atlas.indicators.has(value)],
    level: ["een niveau dat", (value) => atlas.levels.has(value)],
    period: ["een periode die", (value) => [...atlas.indicators.values()].some((entry) => entry.views.some((view) => view.period === value))],
    area: ["een gebied dat", (value) => atlas.areas.has(value)],
    against: ["een periode om mee te vergelijken die", (value) => NAMED.period[1](value)],
    beside: ["een tweede onderwerp dat", (value) => atlas.indicators.has(value)],
  };
  const MOST_SIGNS = 40;
  /** the link with which the page was opened */
  let arrived;

  /** The nearest choice that exists: a level or period at which the figure is not known is left out. */
  function settle(wanted) {
    const indicator = atlas.indicators.get(wanted.indicator) || atlas.indicators.get(atlas.payload.opening.indicator);
    const fits = (view) => (view.level === wanted.level ? 2 : 0) + (view.period === wanted.period ? 1 : 0);
    const view = indicator.views.reduce((best, other) => (fits(other) > fits(best) ? other : best));
    const area = atlas.areas.has(wanted.area) ? wanted.area : "";
    const line = atlas.timelineOf(indicator, view.level, view.period);
    const against = line?.periods.includes(wanted.against) && wanted.against !== view.period ? wanted.against : "";
    const other = wanted.beside !== indicator.id && atlas.indicators.get(wanted.beside);
    const beside = other && other.views.some(({ level }) => level === view.level) ? other.id : "";
    return { indicator: indicator.id, level: view.level, period: view.period, area, against, beside, ...atlas.settleObjects(wanted) };
  }

  const quoted = (text) => `“${text.length > MOST_SIGNS ? text.slice(0, MOST_SIGNS).concat("…") : text}”`;

  /** The parts of a hash that mean something, and sentences about the others. */
  function read(hash) {
    const found = {}, missing = [];
    for (const [key, value] of new URLSearchParams(hash.replace(/^#/, ""))) {
      const name = Object.hasOwn(KEYS, key) ? KEYS[key] : "";
      const [what, exists] = NAMED[name] || [];
      if (what ? exists(value) : name) found[name] = value;
      else missing.push(what ? `${what} deze atlas niet heeft: ${quoted(value)}` : `iets wat deze atlas niet kent: ${quoted(key)}`);
    }
    return { found, missing };
  }

  /** What a link asked for and did not get, as far as each exists by itself. */
  function notTogether(wanted) {
    const { state } = atlas;
    if (state.objects) return atlas.missingObjects(wanted);
    const level = wanted.level && wanted.level !== state.level
      ? [`dit onderwerp op een niveau waarop het niet bekend is: ${quoted(atlas.levels.get(wanted.level).label.toLowerCase())}`] : [];
    const period = wanted.period && wanted.period !== state.period
      ? [`dit onderwerp in een periode waarvoor het niet bekend is: ${quoted(wanted.period)}`] : [];
    const together = [["against", "met een periode waarmee het niet te vergelijken is"], ["beside", "met een onderwerp dat er niet naast kan"]]
      .filter(([name]) => wanted[name] && !state[name]).map(([name, words]) => `dit onderwerp ${words}: ${quoted(wanted[name])}`);
    return [...level, ...period, ...together];
  }

  /** Say which part of a link isn't there, and what is shown instead. */
  atlas.sayMissing = function ({ found, missing } = arrived) {
    const all = [...missing, ...notTogether(found)];
    const what = atlas.state.objects ? "de objecten" : `${atlas.indicator().label}, ${atlas.level().label_plural.toLowerCase()}, ${atlas.view().period_label}`;
    atlas.write("link-note", all.length ? `De link noemt ${all.join("; en ")}. U ziet nu: ${what}.` : "");
    if (all.length) atlas.announce(atlas.byId("link-note").textContent);
  };

  /** The address of a state, as it stands behind the # sign. */
  atlas.hashOf = function (state) {
    const parts = new URLSearchParams();
    for (const [key, name] of Object.entries(KEYS)) if (state[name]) parts.set(key, state[name]);
    return `#${parts}`;
  };

  function remember(replace) {
    const hash = atlas.hashOf(atlas.state);
    if (hash === location.hash) return;
    try {
      history[replace ? "replaceState" : "pushState"](null, "", hash);
    } catch (refused) {
      /* a page inside a notebook may not change its address; the choice itself works */
    }
  }

  /** Change part of what is shown. The back button undoes it, unless `replace` takes the place of the last step. */
  atlas.go = function (change, replace = false) {
    atlas.state = settle({ ...atlas.state, ...change });
    atlas.write("link-note", "");
    remember(replace);
    atlas.show();
  };

  /** What a page without a word in its address shows: a team its objects and their list, others a figure. */
  const opening = (found) => ({ ...atlas.payload.opening, area: "", against: "", beside: "",
    objects: atlas.hasObjects && !["indicator", "level", "period", "area"].some((name) => found[name]) ? "ja" : "" });

  function follow() {
    const link = read(location.hash);
    const nothing = location.hash.length > 1 && !Object.keys(link.found).length;
    const base = link.found.indicator || !location.hash ? opening(link.found) : atlas.state;
    if (!nothing) atlas.state = settle({ ...base, ...link.found });
    remember(true);
    atlas.show();
    atlas.sayMissing(link);
  }

  atlas.startState = function () {
    arrived = read(location.hash);
    atlas.state = settle({ ...opening(arrived.found), ...arrived.found });
    remember(true);
    window.addEventListener("hashchange", follow);
  };
})(window.atlas);
