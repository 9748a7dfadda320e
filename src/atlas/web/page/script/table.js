"use strict";
/* The table: the same figures as text, sorted by any column, each area a link to its place on the map. */
(function (atlas) {
  const sorting = { key: "value", descending: true };
  /** more rows than this are shown when they are asked for: a browser takes seconds for thousands */
  const MOST_ROWS = 100;
  let whole = null;

  const SORT_KEYS = {
    area: (view, area) => area.label,
    province: (view, area) => provinceName(area),
    value: (view, area) => view.values[area.code].value,
    interval: (view, area) => view.values[area.code].low,
    n: (view, area) => view.values[area.code].n,
    status: (view, area) => atlas.payload.states.findIndex((state) => state.status === view.values[area.code].status),
  };

  const provinceName = (area) => (atlas.areas.get(area.province) || { name: "" }).name;

  /** Unknown figures stay below, whichever way the rest is sorted. */
  function compare(one, other) {
    if (one === null || other === null) return (one === null) - (other === null);
    const order = typeof one === "string" ? one.localeCompare(other, "nl") : one - other;
    return sorting.descending ? -order : order;
  }

  function sortedAreas(view) {
    const key = SORT_KEYS[sorting.key];
    return [...atlas.levels.get(view.level).areas].sort((one, other) =>
      compare(key(view, one), key(view, other)) || one.name.localeCompare(other.name, "nl"));
  }

  const small = (text) => (text ? atlas.make("small", {}, text) : "");
  const cell = (column, ...content) => atlas.make("td", { class: `column-${column}` }, ...content);

  function areaRow(view, area) {
    const value = view.values[area.code];
    const link = atlas.make("a", { href: atlas.hashOf({ ...atlas.state, area: area.code }) }, ...atlas.breakable(area.label));
    const head = atlas.make("th", { scope: "row", class: "column-area" },
      atlas.make("bdi", {}, link), small(area.inferred ? "indeling afgeleid" : ""));
    return atlas.make("tr", { "data-code": area.code }, head,
      cell("province", provinceName(area)), cell("value", value.text), cell("interval", value.interval_text || "–"),
      cell("n", value.n_text || "–"), cell("status", atlas.states.get(value.status).label, small(value.note)));
  }

  function referenceRow(entry) {
    const head = atlas.make("th", { scope: "row" }, atlas.make("bdi", {}, entry.label), small("ter vergelijking"));
    return atlas.make("tr", {}, head, cell("province"), cell("value", entry.text),
      cell("interval", entry.interval_text || "–"), cell("n", entry.n_text || "–"), cell("status"));
  }

  atlas.drawTable = function (view) {
    const level = atlas.levels.get(view.level);
    atlas.byId("table-caption").textContent =
      `${atlas.indicator().label}, ${level.label_plural.toLowerCase()}, ${view.period_label}`;
    document.querySelector("#table th[data-key='area'] button").textContent = level.label;
    for (const key of ["n", "status"]) document.querySelector(`#table th[data-key='${key}'] button`).textContent = view.table[key];
    atlas.byId("table").dataset.without = ["interval", "n"].filter((key) => !view.table.columns.includes(key)).join(" ");
    const areas = sortedAreas(view);
    const shown = whole === view ? areas : areas.slice(0, MOST_ROWS);
    atlas.byId("table-rows").replaceChildren(...shown.map((area) => areaRow(view, area)));
    drawMore(areas.length, shown.length);
    atlas.byId("table-references").replaceChildren(...view.references.map(referenceRow));
    sayOrder();
  };

  function drawMore(total, shown) {
    const all = atlas.counted(total);
    atlas.write("table-more", shown < total ? `De eerste ${shown} van ${all} staan in de tabel.` : "", atlas.byId("table-rest"));
    atlas.byId("table-all").textContent = `Toon alle ${all}`;
  }

  function sayOrder() {
    for (const head of document.querySelectorAll("#table th[data-key]")) {
      if (head.dataset.key !== sorting.key) head.removeAttribute("aria-sort");
      else head.setAttribute("aria-sort", sorting.descending ? "descending" : "ascending");
    }
  }

  function sortBy(head) {
    const { key } = head.dataset;
    sorting.descending = sorting.key === key ? !sorting.descending : ["value", "n"].includes(key);
    sorting.key = key;
    atlas.drawTable(atlas.view());
    atlas.emphasise();
    atlas.announce(`Tabel gesorteerd op ${head.textContent.toLowerCase()}, ${sorting.descending ? "aflopend" : "oplopend"}.`);
  }

  atlas.startTable = function () {
    for (const head of document.querySelectorAll("#table th[data-key]")) {
      const button = atlas.make("button", { type: "button" }, head.textContent);
      button.addEventListener("click", () => sortBy(head));
      head.replaceChildren(button);
    }
    atlas.byId("table-all").addEventListener("click", () => {
      whole = atlas.view();
      atlas.drawTable(whole);
      atlas.emphasise();
      atlas.announce("De tabel toont nu alle gebieden.");
    });
    const rows = atlas.byId("table-rows");
    const codeAt = (event) => event.target.closest("tr")?.dataset.code || "";
    rows.addEventListener("mouseover", (event) => atlas.point(codeAt(event)));
    rows.addEventListener("mouseleave", () => atlas.point(""));
    rows.addEventListener("focusin", (event) => atlas.point(codeAt(event)));
    rows.addEventListener("focusout", () => atlas.point(""));
    rows.addEventListener("click", (event) => {
      if (!event.target.closest("a") || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      atlas.choose(codeAt(event));
    });
    atlas.byId("skip").addEventListener("click", (event) => {
      event.preventDefault();
      document.querySelector("#table button").focus();
    });
  };
})(window.atlas);
