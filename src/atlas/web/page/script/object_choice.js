"use strict";
/* Which objects the reader looks at: filters and the chosen one, part of the state in the address bar. */
(function (atlas) {
  const THEME = "buitengebied", ENTRY = "objecten";
  /** name in the address -> name in the state */
  atlas.objectKeys = atlas.hasObjects ? {
    objecten: "objects", conclusie: "conclusion", status: "status", gemeente: "municipality", bewijs: "evidence",
    zeker: "certain", adres: "address", teken: "symbol", volgorde: "order", object: "object",
  } : {};
  atlas.objectState = Object.fromEntries(Object.values(atlas.objectKeys).map((name) => [name, ""]));
  /** filter -> the column it looks at */
  atlas.objectFilters = {
    conclusion: "conclusie", status: "status", municipality: "gemeente_code", evidence: "bewijs", certain: "gemeente_zeker",
  };
  atlas.objectOrders = {
    "": "Gemeente en adres", prioriteit: "Prioriteit", conclusie: "Conclusie, leeg eerst", peildatum: "Peildatum, oudste eerst",
  };

  /** [code, label] of a filter; evidence also has "none". */
  atlas.filterOptions = (name) => {
    const options = atlas.objects().lists[atlas.objectFilters[name]] || [];
    return name === "evidence" ? [...options, ["geen", "Geen bewijs"]] : options;
  };

  /** The codes of a filter that are switched on; none means all. */
  atlas.filterCodes = (state, name) => (state[name] ? state[name].split(".") : []);

  function knownCodes(state, name) {
    const wanted = new Set(atlas.filterCodes(state, name));
    return atlas.filterOptions(name).map(([code]) => code).filter((code) => wanted.has(code)).join(".");
  }

  /** The part of the state about objects, with what does not exist left out. */
  atlas.settleObjects = function (wanted) {
    if (wanted.objects !== "ja") return { ...atlas.objectState };
    const settled = { ...atlas.objectState, objects: "ja", address: (wanted.address || "").slice(0, 80) };
    for (const name of Object.keys(atlas.objectFilters)) settled[name] = knownCodes(wanted, name);
    if (wanted.symbol === "status") settled.symbol = "status";
    if (Object.hasOwn(atlas.objectOrders, wanted.order)) settled.order = wanted.order;
    if (/^[0-9a-f-]{36}$/.test(wanted.object) && atlas.objects().indexOf(wanted.object) >= 0) settled.object = wanted.object;
    return settled;
  };

  /** What a link asked for about objects and did not get. */
  atlas.missingObjects = function (wanted) {
    const codes = Object.keys(atlas.objectFilters).flatMap((name) => {
      const known = new Set(atlas.filterCodes(atlas.state, name));
      return atlas.filterCodes(wanted, name).filter((code) => !known.has(code));
    });
    const filters = codes.length ? [`een filter dat dit bestand niet heeft: “${codes.join(", ").slice(0, 40)}”`] : [];
    return wanted.object && !atlas.state.object ? [...filters, "een object dat niet in dit bestand staat"] : filters;
  };

  /** Add the objects to what can be chosen above the map: the first subject of their theme. */
  atlas.offerObjects = function (choices) {
    if (!atlas.hasObjects) return choices;
    const on = Boolean(atlas.state.objects);
    const [theme, themes] = choices.theme;
    const known = themes.some(([id]) => id === THEME) ? themes : [...themes, [THEME, "Buitengebied"]];
    if (!on && theme !== THEME) return { ...choices, theme: [theme, known] };
    const figures = [...atlas.indicators.values()].filter((entry) => entry.theme === THEME);
    const subjects = [[ENTRY, "Objecten: kaart en lijst"], ...figures.map((entry) => [entry.id, entry.label])];
    if (!on) return { ...choices, theme: [theme, known], indicator: [choices.indicator[0], subjects] };
    return { theme: [THEME, known], indicator: [ENTRY, subjects], period: ["", []], level: ["", []] };
  };

  /** What changes when the reader chooses the objects; null for any other choice. */
  atlas.objectChoice = function (name, value) {
    const chosen = (name === "theme" && value === THEME) || (name === "indicator" && value === ENTRY);
    return atlas.hasObjects && chosen ? { objects: "ja" } : null;
  };

  /** For each value of each filter whether it is let through. */
  function gates(state) {
    return Object.keys(atlas.objectFilters).map((name) => {
      const wanted = new Set(atlas.filterCodes(state, name));
      const options = atlas.filterOptions(name);
      const open = new Uint8Array(256).fill(wanted.size ? 0 : 1);
      options.forEach(([code], nth) => { if (wanted.has(code)) open[nth] = 1; });
      const bits = options.reduce((sum, _, nth) => (open[nth] ? sum | (1 << nth) : sum), 0);
      return { name, open, bits, counts: new Int32Array(256) };
    });
  }

  /** Which objects pass every filter, and for each value how many would when its own filter is left aside. */
  atlas.selectObjects = function (state) {
    const objects = atlas.objects();
    const all = gates(state);
    const term = state.address.trim().toLowerCase();
    const passed = new Int32Array(objects.count);
    let shown = 0;
    for (let nth = 0; nth < objects.count; nth += 1) {
      if (term && !objects.text("adres", nth).toLowerCase().includes(term)) continue;
      let failed = null, fails = 0;
      for (const gate of all) {
        const open = gate.name === "evidence" ? objects.kinds[nth] & gate.bits
          : gate.open[objects.columns[atlas.objectFilters[gate.name]]?.[nth] ?? 255];
        if (!open) { fails += 1; failed = gate; }
      }
      if (fails > 1) continue;
      if (!fails) { passed[shown] = nth; shown += 1; }
      for (const gate of fails ? [failed] : all) count(gate, objects, nth);
    }
    return { shown: ordered(passed.slice(0, shown), state.order), counts: Object.fromEntries(all.map((gate) => [gate.name, gate.counts])) };
  };

  function count(gate, objects, nth) {
    if (gate.name !== "evidence") {
      gate.counts[objects.columns[atlas.objectFilters[gate.name]]?.[nth] ?? 255] += 1;
      return;
    }
    for (let bit = 0; bit < 8; bit += 1) if (objects.kinds[nth] & (1 << bit)) gate.counts[bit] += 1;
  }

  /** Empty first: the order in which conclusions ask for attention, not that of their list. */
  const ATTENTION = ["leeg", "gedeeltelijk_leeg", "onbekend", "in_gebruik"];

  function ordered(shown, order) {
    const objects = atlas.objects();
    const ranks = {
      prioriteit: (nth) => objects.columns.prioriteit[nth],
      conclusie: (nth) => ATTENTION.indexOf(objects.code("conclusie", nth)),
      peildatum: (nth) => objects.days("peildatum", nth) || 0,
    };
    if (!(order in ranks)) return shown;
    const rank = new Int32Array(objects.count);
    for (const nth of shown) rank[nth] = ranks[order](nth);
    return shown.sort((one, other) => rank[one] - rank[other] || one - other);
  }
})(window.atlas);
