"use strict";
/* One object in words: what is concluded, why, and on what evidence. */
(function (atlas) {
  const UNSURE = "De gemeente is niet zeker: het object ligt te dicht bij een gemeentegrens. Bevestig eerst in welke gemeente het ligt.";

  const facts = (pairs) => atlas.make("dl", { class: "object-facts" }, ...pairs.filter(([, text]) => text).map(
    ([label, text]) => atlas.make("div", {}, atlas.make("dt", {}, label), atlas.make("dd", {}, text))));

  const section = (title, ...content) => [atlas.make("h4", {}, title), ...content];

  function evidenceTable(pieces) {
    const head = ["Soort", "Wat het zegt", "Peildatum"].map((text) => atlas.make("th", { scope: "col" }, text));
    const rows = pieces.map(({ label, value, day }) => atlas.make("tr", {},
      atlas.make("th", { scope: "row" }, label), atlas.make("td", {}, value), atlas.make("td", {}, day)));
    return atlas.make("table", { class: "evidence" }, atlas.make("caption", { class: "visually-hidden" }, "Bewijs over dit object"),
      atlas.make("thead", {}, atlas.make("tr", {}, ...head)), atlas.make("tbody", {}, ...rows));
  }

  function buttons(nth) {
    const near = atlas.make("button", { type: "button", class: "plain-button", id: "object-near" }, "Zoom naar dit object");
    near.disabled = Number.isNaN(atlas.objects().latitude[nth]);
    near.addEventListener("click", () => atlas.goToObject(nth, true));
    const close = atlas.make("button", { type: "button", class: "plain-button", id: "object-close" }, "Sluit");
    close.addEventListener("click", () => { atlas.chooseObject(-1); atlas.byId("object-list").focus(); });
    return atlas.make("p", { class: "object-buttons" }, near, close);
  }

  function content(nth) {
    const objects = atlas.objects();
    const { labels } = objects;
    const label = (field) => [labels[field], objects.label(field, nth)];
    const day = (field) => [labels[field], objects.day(field, nth)];
    const reasons = objects.lines("redenen", nth);
    const pieces = objects.evidence(nth);
    const note = objects.text("toelichting", nth);
    const unsure = objects.code("gemeente_zeker", nth) === "nee";
    return [
      atlas.make("h3", { id: "object-name" }, objects.name(nth)),
      atlas.make("p", { class: "object-conclusion" }, atlas.symbolMark("conclusie", objects.code("conclusie", nth)),
        atlas.make("strong", {}, objects.label("conclusie", nth))),
      atlas.make("p", { class: "object-reliability" }, `Betrouwbaarheid: ${objects.label("betrouwbaarheid", nth).replace(": ", ", ").toLowerCase()}.`),
      buttons(nth),
      ...section("Waarom", reasons.length
        ? atlas.make("ul", { class: "reasons" }, ...reasons.map((reason) => atlas.make("li", {}, reason)))
        : atlas.make("p", {}, "Er is nog geen bewijs over dit object.")),
      ...(pieces.length ? section("Bewijs", evidenceTable(pieces)) : []),
      ...(note ? section(labels.toelichting, atlas.make("p", { class: "object-note" }, note)) : []),
      ...section("Gegevens", facts([
        label("status"), label("prioriteit"), label("soort"), label("gebruiksklasse"), label("vab"),
        [labels.vab_stopjaar, objects.text("vab_stopjaar", nth)], label("gemeente_code"),
        day("conclusie_sinds"), day("conclusie_geldig_tot"), day("peildatum"),
        [labels.bron, objects.text("bron", nth)], [labels.uuid, objects.uuid(nth)],
      ])),
      unsure ? atlas.make("p", { class: "remark" }, UNSURE) : "",
      Number.isNaN(objects.latitude[nth]) ? atlas.make("p", { class: "remark" }, "Van dit object is de plaats niet bekend; het staat niet op de kaart.") : "",
    ];
  }

  /** Show an object, or with -1 how to choose one. */
  atlas.drawPanel = function (nth) {
    const panel = atlas.byId("object-panel");
    panel.replaceChildren();
    panel.classList.toggle("empty", nth < 0);
    if (nth < 0) panel.append(atlas.make("p", { class: "hint" }, "Kies een object op de kaart of in de lijst voor de conclusie, de redenen en het bewijs."));
    else panel.append(...content(nth).filter((part) => part !== ""));
  };
})(window.atlas);
