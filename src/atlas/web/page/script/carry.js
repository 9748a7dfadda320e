"use strict";
/* What goes into a memo: a sentence, two areas side by side, a picture, the table. */
(function (atlas) {
  const CHOOSE = "Kies een gebied op de kaart, in de grafiek of in de tabel.";
  const COPIED = "Gekopieerd: plak de zin in uw stuk.";
  const BY_HAND = "Kopiëren lukt niet in deze browser: selecteer de zin en kopieer haar.";
  let drawn = null, other = "", first = "";

  const say = (text) => { atlas.byId("carry-said").textContent = text; };

  /** The one area that is chosen on the level that is shown, or nothing. */
  function chosen() {
    const codes = atlas.chosenCodes();
    return codes.length === 1 ? codes[0] : "";
  }

  function drawSentence(view) {
    const code = chosen();
    const say = view.earlier ? atlas.changeSentence : atlas.sentenceOf;
    atlas.byId("carry-sentence").textContent = code ? say(view, code) : CHOOSE;
    atlas.byId("carry-copy").disabled = !code || ![view.earlier || view, view.later || view].every((one) => atlas.isShown(one, code));
  }

  function drawOptions(view) {
    const areas = [...atlas.levels.get(view.level).areas].sort((one, two) => one.label.localeCompare(two.label, "nl"));
    for (const id of ["compare-first", "compare-second"]) {
      atlas.byId(id).replaceChildren(atlas.make("option", { value: "" }, "Kies een gebied"),
        ...areas.map((area) => atlas.make("option", { value: area.code }, area.label)));
    }
  }

  function drawComparison(view) {
    atlas.byId("compare-first").value = first;
    atlas.byId("compare-second").value = other;
    const both = Boolean(first && other && first !== other);
    const lines = both ? atlas.compared(view, first, other) : [first && first === other ? "Kies twee verschillende gebieden." : ""];
    atlas.byId("compare-text").replaceChildren(...lines.filter(Boolean).map((line) => atlas.make("span", {}, line)));
    atlas.byId("compare-text").hidden = !lines[0];
    atlas.byId("compare-copy").disabled = !both || ![first, other].every((code) => atlas.isShown(view, code));
  }

  /** Refresh what can be taken along. */
  atlas.drawCarry = function (view) {
    if (view !== drawn) drawOptions(view);
    const code = chosen();
    if (view !== drawn || code) first = code;
    if (!(other in view.values)) other = "";
    if (view !== drawn) say("");
    drawn = view;
    drawSentence(view);
    atlas.byId("compare-areas").hidden = Boolean(view.earlier);
    drawComparison(view);
    for (const id of ["carry-periods", "carry-lines"]) atlas.byId(id).hidden = !atlas.timelineOf(atlas.indicator(), atlas.state.level, atlas.state.period);
  };

  /** Put the text of an element on the clipboard: by a selection, which asks for no right and works from disk. */
  function copy(node) {
    const selection = getSelection();
    const lines = node.children.length ? [...node.children].map((line) => line.textContent) : [node.textContent];
    const put = (event) => {
      event.clipboardData.setData("text/plain", lines.join("\n"));
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    document.addEventListener("copy", put, { capture: true, once: true });
    selection.selectAllChildren(node);
    const done = document.execCommand("copy");
    document.removeEventListener("copy", put, { capture: true });
    if (done) selection.removeAllRanges();
    say(done ? COPIED : BY_HAND);
  }

  /** Hand a file to the reader; it is made here and asked of nobody. */
  atlas.handOut = function (name, content) {
    const address = URL.createObjectURL(content);
    atlas.make("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
    say(`Bewaard: ${name}.`);
  };

  /** The name of a file of what is shown. */
  atlas.fileName = (ending) => `${[atlas.state.indicator, atlas.state.level, atlas.state.period, atlas.state.against, atlas.state.beside].filter(Boolean).join("-").replace(/[^\w.-]+/g, "_").slice(0, 150)}${ending}`;

  /** Who made it, whom to ask, when, and how new the data are. */
  atlas.madeFacts = function () {
    const { maker, made_on_label: madeOn, date_label: newest } = atlas.payload;
    const none = "niet ingevuld";
    return [["Gemaakt door", maker.name || none], ["Vragen aan", maker.contact || none], ["Gemaakt op", madeOn || none], ["Nieuwste gegevens", newest]];
  };

  /** One line of text that no spreadsheet takes for a formula. */
  function harmless(text) {
    const line = text.replace(/[\p{C}\u2028\u2029]/gu, " ").trim().replace(/\s+/g, " ");
    return /^[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(line) ? `'${line}` : line;
  }

  function cell(content) {
    if (content === null) return "";
    const text = typeof content === "number" ? String(content).replace(".", ",") : harmless(content);
    return /[;"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }

  /** The figures of a view for a spreadsheet, with their source and caution in every row. */
  function rowsOf(indicator, view) {
    const level = atlas.levels.get(view.level);
    const unit = view.line ? view.line.change.unit || indicator.unit_label : indicator.unit_label;
    const subject = [indicator.label + (view.line ? " (verschil)" : ""), level.label_plural.toLowerCase(), view.period_label, unit];
    const cited = [indicator.source, indicator.place].filter(Boolean).join(", ");
    const same = [indicator.base, [indicator.caution, view.overlap_note].filter(Boolean).join(" "), cited, ...atlas.madeFacts().map(([, text]) => text), atlas.payload.audience_label];
    const row = (label, code, province, value, remark) => [label, code, province, ...subject,
      value.value, value.low, value.high, value.n, atlas.states.get(value.status).label, remark, ...same];
    const rows = level.areas.map((area) => {
      const value = view.values[area.code];
      const remark = [area.inferred && area.note, value.note, value.value !== null && view.interval_note].filter(Boolean).join(" ");
      return row(area.label, area.code, (atlas.areas.get(area.province) || { name: "" }).name, value, remark);
    });
    const compared = view.line ? [] : view.references.map((entry) => row(entry.label, entry.code, "", entry, "ter vergelijking"));
    return [...rows, ...compared];
  }

  const written = (rows) => `\ufeff${[atlas.payload.columns, ...rows].map((line) => line.map(cell).join(";")).join("\r\n")}\r\n`;

  /** What is shown: of two periods both and their difference, of two figures the second below the first. */
  atlas.tableText = function (view) {
    const indicator = atlas.indicator();
    const views = [...(view.earlier ? [view.earlier, view.later] : []), view].map((one) => [indicator, one]);
    const second = atlas.besideView();
    if (second) views.push([atlas.indicators.get(atlas.state.beside), second]);
    return written(views.flatMap(([entry, one]) => rowsOf(entry, one)));
  };

  /** Every period of the figure at this level. */
  atlas.periodsText = function () {
    const line = atlas.timelineOf(atlas.indicator(), atlas.state.level, atlas.state.period);
    return written(line.periods.flatMap((period) => rowsOf(atlas.indicator(), atlas.viewAt(atlas.indicator(), line, period))));
  };

  atlas.startCarry = function () {
    atlas.byId("carry").hidden = false;
    atlas.byId("carry-copy").addEventListener("click", () => copy(atlas.byId("carry-sentence")));
    atlas.byId("compare-copy").addEventListener("click", () => copy(atlas.byId("compare-text")));
    atlas.byId("carry-table").addEventListener("click", () =>
      atlas.handOut(atlas.fileName(".csv"), new Blob([atlas.tableText(atlas.view())], { type: "text/csv;charset=utf-8" })));
    atlas.byId("carry-periods").addEventListener("click", () =>
      atlas.handOut(atlas.fileName("-alle-periodes.csv"), new Blob([atlas.periodsText()], { type: "text/csv;charset=utf-8" })));
    atlas.byId("compare-first").addEventListener("change", (event) => { first = event.target.value; drawComparison(atlas.view()); });
    atlas.byId("compare-second").addEventListener("change", (event) => { other = event.target.value; drawComparison(atlas.view()); });
    for (const button of document.querySelectorAll("[data-picture]")) {
      button.addEventListener("click", () => atlas.handOutPicture(...button.dataset.picture.split(" ")));
    }
  };
})(window.atlas);
