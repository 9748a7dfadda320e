"use strict";
/* What the reader is looking at, kept in the address bar: #indicator=…&niveau=…&periode=…&gebied=… */
(function (atlas) {
  const KEYS = { indicator: "indicator", niveau: "level", periode: "period", gebied: "area", ...atlas.objectKeys };

  atlas.indicator = () => atlas.indicators.get(atlas.state.indicator);
  atlas.view = () => atlas.indicator().views.find(
    (view) => view.level === atlas.state.level && view.period === atlas.state.period);
  atlas.level = () => atlas.levels.get(atlas.state.level);

  /** The nearest choice that exists: a level or period at which the figure is not known is left out. */
  function settle(wanted) {
    const indicator = atlas.indicators.get(wanted.indicator) || atlas.indicators.get(atlas.payload.opening.indicator);
    const fits = (view) => (view.level === wanted.level ? 2 : 0) + (view.period === wanted.period ? 1 : 0);
    const view = indicator.views.reduce((best, other) => (fits(other) > fits(best) ? other : best));
    const area = atlas.areas.has(wanted.area) ? wanted.area : "";
    return { indicator: indicator.id, level: view.level, period: view.period, area, ...atlas.settleObjects(wanted) };
  }

  /** The parts of a hash that mean something; the rest is ignored. */
  function read(hash) {
    const found = {};
    for (const [key, value] of new URLSearchParams(hash.replace(/^#/, ""))) {
      const name = KEYS[key];
      const known = name === "indicator" ? atlas.indicators.has(value)
        : name === "level" ? atlas.levels.has(value)
        : name === "area" ? atlas.areas.has(value)
        : name in atlas.objectState ? true
        : name === "period";
      if (known) found[name] = value;
    }
    return found;
  }

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

  /** Change part of what is shown. `replace` keeps the back button for larger steps. */
  atlas.go = function (change, replace = false) {
    atlas.state = settle({ ...atlas.state, ...change });
    remember(replace);
    atlas.show();
  };

  /** What a page without a word in its address shows: a team its objects and their list, others a figure. */
  const opening = (found) => ({ ...atlas.payload.opening, area: "",
    objects: atlas.hasObjects && !found.indicator && !found.level && !found.period ? "ja" : "" });

  function follow() {
    const found = read(location.hash);
    if (location.hash.length > 1 && !Object.keys(found).length) return;
    const base = found.indicator || !location.hash ? opening(found) : atlas.state;
    atlas.state = settle({ ...base, ...found });
    atlas.show();
  }

  atlas.startState = function () {
    const found = read(location.hash);
    atlas.state = settle({ ...opening(found), ...found });
    remember(true);
    window.addEventListener("hashchange", follow);
  };
})(window.atlas);
