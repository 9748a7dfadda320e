"use strict";
/* The filters, which are the legend as well: a sign, a name and a number for each value. */
(function (atlas) {
  const GROUPS = [
    { name: "conclusion", title: "Conclusie", open: true },
    { name: "status", title: "Status", open: matchMedia("(min-width: 48rem)").matches },
    { name: "evidence", title: "Bewijs uit", open: false },
    { name: "municipality", title: "Gemeente", open: false },
    { name: "certain", title: "Gemeente zeker", open: false },
  ];
  const SYMBOL_OF = { conclusion: "conclusie", status: "status" };
  const WAIT_MS = 200;
  const rows = new Map();

  const shortLabel = (label) => label.split(" (")[0];

  function row(group, code, label) {
    const box = atlas.make("input", { type: "checkbox", id: `filter-${group.name}-${code}` });
    const number = atlas.make("span", { class: "count" });
    const sign = atlas.make("span", { class: "sign" });
    box.addEventListener("change", () => toggle(group.name, code, box.checked));
    rows.set(`${group.name} ${code}`, { box, number, sign });
    return atlas.make("label", { class: "filter" }, box, sign, atlas.make("span", {}, shortLabel(label)), number);
  }

  function toggle(name, code, wanted) {
    const others = atlas.filterCodes(atlas.state, name).filter((other) => other !== code);
    atlas.go({ [name]: (wanted ? [...others, code] : others).join(".") });
    atlas.announce(atlas.objectsSentence());
  }

  function group(entry) {
    const options = atlas.filterOptions(entry.name);
    const list = atlas.make("div", { role: "group", "aria-label": entry.title },
      ...options.map(([code, label]) => row(entry, code, label)));
    const box = atlas.make("details", { class: "filter-group", open: entry.open, "data-filter": entry.name },
      atlas.make("summary", {}, entry.title), list);
    return options.length > 1 && (entry.name !== "certain" || atlas.objects().uncertain) ? [box] : [];
  }

  function addressBox() {
    const input = atlas.make("input", { type: "search", id: "filter-address", autocomplete: "off", spellcheck: "false" });
    let waiting = 0;
    input.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        /* the letters of one search are one step back */
        atlas.go({ address: input.value }, Boolean(atlas.state.address && input.value));
        atlas.announce(atlas.objectsSentence());
      }, WAIT_MS);
    });
    return atlas.make("div", { class: "choice" }, atlas.make("label", { for: input.id }, "Zoek een adres"), input);
  }

  function symbolChoice() {
    const radio = (value, label) => {
      const input = atlas.make("input", { type: "radio", name: "symbol", value, id: `symbol-${value || "conclusie"}` });
      input.addEventListener("change", () => atlas.go({ symbol: value }));
      return atlas.make("label", { class: "filter" }, input, atlas.make("span", {}, label));
    };
    return atlas.make("fieldset", { class: "symbol-choice" }, atlas.make("legend", {}, "Tekens op de kaart naar"),
      radio("", "conclusie"), radio("status", "status"));
  }

  const NOTHING = Object.fromEntries(["address", ...GROUPS.map(({ name }) => name)].map((name) => [name, ""]));

  /** The filters that are on, as text: [title, labels]. */
  atlas.chosenFilters = function () {
    const chosen = GROUPS.flatMap(({ name, title }) => {
      const codes = atlas.filterCodes(atlas.state, name);
      const labels = atlas.filterOptions(name).filter(([code]) => codes.includes(code)).map(([, label]) => shortLabel(label));
      return labels.length ? [[title, labels.join(", ")]] : [];
    });
    return atlas.state.address ? [...chosen, ["Adres bevat", atlas.state.address]] : chosen;
  };

  /** Set every box and number to the state. */
  atlas.drawFilters = function (counts) {
    const shownBy = atlas.state.symbol || "conclusie";
    for (const { name } of GROUPS) {
      const on = new Set(atlas.filterCodes(atlas.state, name));
      atlas.filterOptions(name).forEach(([code], nth) => {
        const { box, number, sign } = rows.get(`${name} ${code}`);
        box.checked = on.has(code);
        number.textContent = atlas.counted(counts[name][nth]);
        sign.replaceChildren(...(SYMBOL_OF[name] === shownBy ? [atlas.symbolMark(shownBy, code)] : []));
      });
    }
    for (const radio of document.querySelectorAll("[name='symbol']")) radio.checked = radio.value === atlas.state.symbol;
    const address = atlas.byId("filter-address");
    if (address !== document.activeElement) address.value = atlas.state.address;
    atlas.byId("filters-clear").hidden = !atlas.chosenFilters().length;
  };

  atlas.startFilters = function () {
    const clear = atlas.make("button", { type: "button", id: "filters-clear", class: "plain-button", hidden: true }, "Alle filters uit");
    clear.addEventListener("click", () => {
      atlas.byId("filter-address").value = "";
      atlas.go({ ...NOTHING });
      atlas.byId("filters-title").focus();
      atlas.announce(atlas.objectsSentence());
    });
    atlas.byId("filters-title").tabIndex = -1;
    atlas.byId("object-filters").append(addressBox(), ...GROUPS.flatMap(group), clear, symbolChoice());
    for (const { name } of GROUPS) atlas.filterOptions(name).forEach(([code, label]) => {
      if (!rows.has(`${name} ${code}`)) row({ name }, code, label);
    });
  };
})(window.atlas);
