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
    low: (view, area) => view.values[area.code].low,
    high: (view, area) => view.values[area.code].high,
    n: (view, area) => view.values[area.code].n,
    status: (view, area) => [...atlas.states.keys()].indexOf(view.values[area.code].status),
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
  /* roles: on a narrow screen the style takes the cells out of the form of a table */
  const cell = (column, ...content) => atlas.make("td", { role: "cell", class: `column-${column}` }, ...content);
  const head = (column, ...content) => atlas.make("th", { role: "rowheader", scope: "row", class: column && `column-${column}` }, ...content);

  /** The ends of an interval, each with its unit: "18–25%" is "18%" and "25%". */
  function ends(text) {
    const [low, high] = (text || "–").split(/–| tot /);
    return high ? [high.replace(/−?[\d.,]+/, low), high] : ["", ""];
  }

  const figures = (entry) => {
    const [low, high] = ends(entry.interval_text);
    return [cell("value", entry.text), cell("low", low || "–"), cell("high", high || "–"), cell("n", entry.n_text || "–")];
  };

  function areaRow(view, area) {
    const value = view.values[area.code];
    const link = atlas.make("a", { href: atlas.hashOf({ ...atlas.state, area: area.code }) }, ...atlas.breakable(area.label));
    return atlas.make("tr", { role: "row", "data-code": area.code },
      head("area", atlas.make("bdi", {}, link), small(area.inferred ? "indeling afgeleid" : "")),
      cell("province", provinceName(area)), ...figures(value), cell("status", atlas.states.get(value.status).label, small(value.note)));
  }

  function referenceRow(entry) {
    return atlas.make("tr", { role: "row" }, head("area", atlas.make("bdi", {}, entry.label), small("ter vergelijking")),
      cell("province"), ...figures(entry), cell("status"));
  }

  atlas.drawTable = function (view) {
    const level = atlas.levels.get(view.level);
    atlas.byId("table-caption").replaceChildren(
      atlas.make("bdi", {}, atlas.indicator().label), `, ${level.label_plural.toLowerCase()}, ${view.period_label}`);
    document.querySelector("#table th[data-key='area'] button").textContent = level.label;
    const [low, high] = view.table.interval.startsWith("95%") ? ["95% van", "95% tot"] : ["Van", "Tot"];
    for (const [key, label] of Object.entries({ value: view.table.value || "Cijfer", low, high, n: view.table.n, status: view.table.status })) {
      document.querySelector(`#table th[data-key='${key}'] button`).textContent = label;
    }
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

  /** What a cell is in a sheet: a formula stays text, a dash is no figure, a number has no points. */
  function plain(node) {
    const text = [...node.childNodes].filter((child) => child.nodeName !== "SMALL").map((child) => child.textContent).join("").trim();
    if (text === "–") return "";
    if (/column-(value|low|high|n)/.test(node.className)) return text.replace(/(?<=\d)\.(?=\d{3})/g, "");
    return text.replace(/\s+/g, " ").replace(/^(?=[=+@-])/, "'");
  }

  /** The rows of the table as lines with a tab between cells: of a selection those that it touches, with the heading. */
  function copyRows(event) {
    const selection = getSelection();
    const table = atlas.byId("table");
    if (selection.isCollapsed || !selection.rangeCount) return;
    const [from, to] = [selection.anchorNode, selection.focusNode];
    const cellOf = (node) => (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("td, th");
    if (!table.contains(from) || !table.contains(to) || (cellOf(from) && cellOf(from) === cellOf(to))) return;
    const rows = [...table.rows].filter((row) => selection.containsNode(row, true));
    const without = table.dataset.without.split(" ").flatMap((name) => (name === "interval" ? ["low", "high"] : [name]));
    const kept = (row) => [...row.cells].filter((one) => !without.some((name) => one.classList.contains(`column-${name}`)));
    const lines = [table.tHead.rows[0], ...rows.filter((row) => row.parentElement !== table.tHead)];
    event.clipboardData.setData("text/plain", `${lines.map((row) => kept(row).map(plain).join("\t")).join("\n")}\n`);
    event.preventDefault();
  }

  function copyAll() {
    getSelection().selectAllChildren(atlas.byId("table"));
    const done = document.execCommand("copy");
    getSelection().removeAllRanges();
    atlas.byId("table-copy").focus();
    atlas.announce(done ? "De tabel is gekopieerd." : "Kopiëren lukt niet in deze browser: selecteer de tabel en kopieer haar.");
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
    atlas.byId("table").setAttribute("role", "table");
    for (const group of document.querySelectorAll("#table thead, #table tbody")) group.setAttribute("role", "rowgroup");
    document.querySelector("#table thead tr").setAttribute("role", "row");
    document.addEventListener("copy", copyRows);
    atlas.byId("table-copy").addEventListener("click", copyAll);
    for (const head of document.querySelectorAll("#table th[data-key]")) {
      head.setAttribute("role", "columnheader");
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
