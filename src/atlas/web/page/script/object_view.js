"use strict";
/* The view of the objects: switches it on and off, keeps map, list and panel together, and prints. */
(function (atlas) {
  const PRINTED = 2000;
  const PARTS = ["objects-heading", "objects-filters", "objects-side", "objects-map-notes"];
  let started = false, mode = false, selected = "", shown = new Int32Array(0), chosen = -1, pointed = -1, tip;

  /** How many objects of how many are shown. */
  atlas.objectsSentence = function () {
    const all = atlas.objects().count;
    if (shown.length === all) return `${all === 1 ? "" : "Alle "}${atlas.counted(all, "object staat", "objecten staan")} op de kaart en in de lijst.`;
    return `${atlas.counted(shown.length)} van ${atlas.counted(all, "object", "objecten")} ${shown.length === 1 ? "past" : "passen"} bij de filters.`;
  };

  atlas.chosenObject = () => chosen;

  /** Choose an object; -1, or the same one again, lets it go. */
  atlas.chooseObject = function (nth) {
    const again = nth < 0 || nth === chosen;
    atlas.go({ object: again ? "" : atlas.objects().uuid(nth) }, chosen >= 0 && !again);
    if (!again) atlas.scrollToChoice();
    if (again) return atlas.announce("Geen object gekozen.");
    const objects = atlas.objects();
    return atlas.announce(`Gekozen: ${objects.name(nth)}, ${objects.label("conclusie", nth)}. Toelichting onder de lijst.`);
  };

  /** Mark an object for as long as it is pointed at; `place` is where, when that is on the map. */
  atlas.pointObject = function (nth, place) {
    if (nth === pointed) return;
    pointed = nth;
    atlas.markObjects(chosen, pointed);
    atlas.lightRow(nth);
    if (tip) tip.remove();
    if (nth < 0 || !place) return;
    const objects = atlas.objects();
    tip = L.tooltip({ direction: "top", offset: [0, -10], className: "object-tip" })
      .setLatLng([objects.latitude[nth], objects.longitude[nth]])
      .setContent(atlas.make("span", {}, `${objects.name(nth)}: ${objects.label("conclusie", nth).split(" (")[0].toLowerCase()}`))
      .addTo(atlas.map);
  };

  function drawTexts() {
    const objects = atlas.objects();
    atlas.write("objects-count", atlas.objectsSentence());
    atlas.write("objects-uncertain", objects.uncertain
      ? `Van ${atlas.counted(objects.uncertain, "object is niet zeker in welke gemeente het ligt: het ligt", "objecten is niet zeker in welke gemeente ze liggen: ze liggen")} te dicht bij een gemeentegrens. Elke gemeente mag alleen haar eigen objecten zien; echte objecten waarvan dit niet zeker is, worden niet uitgegeven.` : "");
    atlas.write("objects-withheld", objects.withheld
      ? `${atlas.counted(objects.withheld, "object staat niet in dit bestand, omdat niet zeker is dat het in deze gemeente ligt: het ligt", "objecten staan niet in dit bestand, omdat niet zeker is dat ze in deze gemeente liggen: ze liggen")} te dicht bij de grens. Bevestig de gemeente in het dossier; dan ${objects.withheld === 1 ? "gaat het" : "gaan ze"} mee.` : "");
  }

  function select() {
    const key = JSON.stringify({ ...atlas.state, object: "" });
    if (key === selected) return atlas.paintObjects(null, true);
    selected = key;
    const selection = atlas.selectObjects(atlas.state);
    shown = selection.shown;
    atlas.paintObjects(shown, true);
    atlas.drawList(shown);
    return atlas.drawFilters(selection.counts);
  }

  function showChosen() {
    const nth = atlas.state.object ? atlas.objects().indexOf(atlas.state.object) : -1;
    if (nth !== chosen) {
      chosen = nth;
      atlas.drawPanel(nth);
      if (nth >= 0) atlas.goToObject(nth, false);
      if (nth >= 0) atlas.showRow(nth);
    }
    atlas.markObjects(chosen, pointed);
    atlas.lightRow(pointed);
  }

  function switchTo(on, drawChoices) {
    mode = on;
    if (on && !started) start();
    document.documentElement.classList.toggle("objects-mode", on);
    for (const id of PARTS) { const part = atlas.byId(id); if (part) part.hidden = !on; }
    drawChoices();
    const map = atlas.byId("map");
    map.setAttribute("aria-describedby", on ? "objects-map-help" : "map-help");
    map.closest("article").setAttribute("aria-labelledby", on ? "objects-title" : "indicator");
    atlas.write("skip", on ? "Naar de lijst met objecten" : "Naar de tabel met alle cijfers");
    atlas.zoom(0);
  }

  /** Follow the state; called after the figures have been drawn. */
  atlas.showObjects = function (drawChoices) {
    if (!atlas.hasObjects) return;
    const on = Boolean(atlas.state.objects);
    if (on !== mode) switchTo(on, drawChoices);
    if (!on) {
      if (started) {
        atlas.paintObjects(null, false);
        atlas.showFigures(true);
      }
      document.title = `${atlas.indicator().label} – ${atlas.payload.title}`;
      return;
    }
    atlas.showFigures(false);
    select();
    drawTexts();
    showChosen();
    atlas.byId("map").setAttribute("aria-label", "Kaart: objecten in het dossier");
    document.title = `Objecten – ${atlas.payload.title}`;
  };

  /* ---- the map ---- */

  function mapNotes() {
    const fit = atlas.make("button", { type: "button", class: "plain-button" }, "Zoom naar wat er is gevonden");
    fit.addEventListener("click", atlas.goToObjects);
    return atlas.make("div", { id: "objects-map-notes", class: "objects-map-notes" }, fit,
      atlas.make("p", { id: "objects-withheld", class: "doubt" }), atlas.make("p", { id: "objects-uncertain", class: "doubt" }),
      atlas.make("p", { id: "circles-note" }, "Een cirkel met een getal is een groep objecten. Kies de cirkel of zoom in om ze apart te zien."),
      atlas.make("div", { id: "objects-map-help" },
        atlas.make("p", { class: "by-touch" }, "Tik op een teken of een cirkel, of kies in de lijst. De knoppen zoomen en verschuiven de kaart, zonder slepen; met twee vingers kan het ook."),
        atlas.make("p", { class: "by-keys" }, "Met het toetsenbord: pijltjes verschuiven de kaart, + en − zoomen, 0 toont de hele kaart. Objecten kiest u in de lijst. De knoppen doen dat ook, zonder slepen.")),
      ...pictures());
  }

  /** Pictures of surfaces under the objects, each with its switch, its classes and how it was made. */
  function pictures() {
    const { images } = atlas.objects();
    if (!images.length) return [];
    atlas.map.createPane("pictures").style.zIndex = 405;
    atlas.map.getPane("pictures").style.pointerEvents = "none";
    return [atlas.make("fieldset", { class: "pictures-choice" }, atlas.make("legend", {}, "Vlakken onder de objecten"), ...images.map(picture))];
  }

  function picture({ name, uri, bounds: [west, south, east, north], legend = [], method = "" }) {
    const layer = L.imageOverlay(uri, [[south, west], [north, east]], { pane: "pictures", opacity: 0.75, alt: "" });
    const box = atlas.make("input", { type: "checkbox" });
    const rows = legend.map(({ colour, label }) => atlas.make("li", {},
      atlas.draw("svg", { class: "swatch", width: 28, height: 18, viewBox: "0 0 28 18", "aria-hidden": "true" },
        atlas.draw("rect", { x: 0.5, y: 0.5, width: 27, height: 17, fill: colour || "#ffffff" })), atlas.make("span", {}, label)));
    const about = atlas.make("div", { class: "picture-legend", hidden: true },
      atlas.make("ul", { class: "classes" }, ...rows), atlas.make("p", {}, method));
    box.addEventListener("change", () => {
      if (box.checked) layer.addTo(atlas.map);
      else layer.remove();
      about.hidden = !box.checked;
    });
    return atlas.make("div", {}, atlas.make("label", { class: "switch" }, box, atlas.make("span", {}, name)), about);
  }

  function pressed(event) {
    if (!atlas.state.objects || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in atlas.panKeys) atlas.pan(atlas.panKeys[event.key]);
    else if (!["Home", "End", "PageUp", "PageDown", "Enter", " ", "Escape"].includes(event.key)) return;
    event.stopImmediatePropagation();
    if (event.key in atlas.panKeys) event.preventDefault();
  }

  /* ---- paper ---- */

  /** What the signs of the printed map mean, with how many of each are listed. */
  function printedLegend() {
    const objects = atlas.objects();
    const field = atlas.state.symbol || "conclusie";
    const counts = new Map();
    for (const nth of shown) counts.set(objects.code(field, nth), (counts.get(objects.code(field, nth)) || 0) + 1);
    const rows = [...objects.lists[field], ["", "Niet ingevuld"]].filter(([code]) => counts.has(code)).map(([code, label]) =>
      atlas.make("li", {}, atlas.symbolMark(field, code), atlas.make("span", {}, label), atlas.make("span", {}, atlas.counted(counts.get(code)))));
    return atlas.make("div", {}, atlas.make("h3", {}, `Legenda: ${objects.labels[field].toLowerCase()}`), atlas.make("ul", {}, ...rows),
      atlas.make("p", {}, "Een cirkel met een getal is een groep objecten. De kaart toont het deel dat op het scherm stond."),
      chosen < 0 ? "" : atlas.make("p", {}, `Met een ring: ${objects.name(chosen)}.`));
  }

  function printList() {
    if (!atlas.state.objects) return;
    const objects = atlas.objects();
    const part = [...shown.subarray(0, PRINTED)];
    const filters = atlas.chosenFilters().map(([title, text]) => `${title}: ${text}`).join("; ");
    const columns = ["Adres", "Gemeente", "Conclusie", "Betrouwbaarheid", "Status", "Peildatum"];
    const rows = part.map((nth) => [
      objects.name(nth), objects.label("gemeente_code", nth), objects.label("conclusie", nth).split(" (")[0],
      objects.label("betrouwbaarheid", nth).split(":")[0], objects.label("status", nth), objects.day("peildatum", nth)]);
    const left = shown.length - part.length;
    atlas.byId("objects-print").replaceChildren(
      atlas.make("div", { class: "printed-map" }, atlas.objectPicture(), printedLegend()),
      atlas.make("p", {}, `Filters: ${filters || "geen"}. ${atlas.objectsSentence()}`
        + (left ? ` Op papier staan de eerste ${atlas.counted(PRINTED)}; ${atlas.counted(left, "staat", "staan")} er niet op.` : "")),
      ...["objects-withheld", "objects-uncertain"].map((id) => atlas.make("p", {}, atlas.byId(id).textContent)),
      atlas.make("table", {}, atlas.make("thead", {}, atlas.make("tr", {}, ...columns.map((text) => atlas.make("th", { scope: "col" }, text)))),
        atlas.make("tbody", {}, ...rows.map((cells) => atlas.make("tr", {}, ...cells.map((text) => atlas.make("td", {}, text)))))));
  }

  function start() {
    started = true;
    atlas.startObjectMap();
    atlas.byId("map-help").after(mapNotes());
    const watermark = document.querySelector(".watermark");
    if (watermark) atlas.byId("map-frame").append(atlas.make("p", { class: "map-mark", "aria-hidden": "true" }, watermark.textContent));
    atlas.startFilters();
    atlas.startList();
    atlas.drawPanel(-1);
    const frame = atlas.byId("map");
    frame.addEventListener("keydown", pressed, true);
    frame.addEventListener("focus", (event) => { if (atlas.state.objects) { event.stopImmediatePropagation(); atlas.map.scrollWheelZoom.enable(); } }, true);
    atlas.byId("skip").addEventListener("click", (event) => {
      if (!atlas.state.objects) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      atlas.byId("object-list").focus();
    }, true);
    window.addEventListener("beforeprint", printList);
  }
})(window.atlas);
