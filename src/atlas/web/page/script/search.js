"use strict";
/* Find an area by any spelling; what may be several areas is asked, never guessed. */
(function (atlas) {
  const MOST = 8;
  let options = [], at = -1, entries = null;

  /** The spelling under which names are compared: no capitals, accents or signs. */
  const normalise = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ").trim();

  const levelLabel = (area) => atlas.levels.get(area.level).label.toLowerCase();
  const known = (codes) => codes.filter((code) => atlas.areas.has(code));

  /** [spelling, codes] of every name; those of a detail level stand with its areas. */
  function spellings() {
    const details = atlas.payload.levels.filter((level) => level.detail).flatMap((level) => level.areas);
    const terms = Object.entries(atlas.payload.search)
      .flatMap(([codes, texts]) => texts.split("|").map((text) => [text, codes.split(" ")]));
    return [...terms, ...details.map((area) => [area.name, [area.code]])]
      .map(([spelling, codes]) => [normalise(spelling), known(codes)]);
  }

  /** Codes of every spelling that is, begins with, or holds the text; the nearest first. */
  function find(text) {
    const wanted = normalise(text);
    if (!wanted) return { exact: [], near: [] };
    const near = new Set();
    const exact = new Set();
    entries ??= spellings();
    for (const [spelling, codes] of entries) if (spelling === wanted) codes.forEach((code) => exact.add(code));
    for (const fits of [(s) => s.startsWith(wanted), (s) => s.includes(` ${wanted}`)]) {
      for (const [spelling, codes] of entries) if (fits(spelling)) codes.forEach((code) => near.add(code));
    }
    return { exact: [...exact], near: [...new Set([...exact, ...near])] };
  }

  function say(text) {
    atlas.write("search-result", text);
    if (text) atlas.announce(text);
  }

  function list(codes) {
    const box = atlas.byId("search-list");
    options = codes.slice(0, MOST);
    at = -1;
    box.replaceChildren(...options.map((code, nth) => {
      const area = atlas.areas.get(code);
      return atlas.make("li", { role: "option", id: `search-option-${nth}`, "aria-selected": "false" },
        area.label, atlas.make("small", {}, levelLabel(area)));
    }));
    box.hidden = !options.length;
    atlas.byId("search").setAttribute("aria-expanded", String(options.length > 0));
    mark(-1);
  }

  function mark(position) {
    const input = atlas.byId("search");
    at = position;
    [...atlas.byId("search-list").children].forEach((option, nth) =>
      option.setAttribute("aria-selected", String(nth === at)));
    if (at < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", `search-option-${at}`);
  }

  function take(code) {
    list([]);
    atlas.byId("search").value = atlas.areas.get(code).label;
    atlas.choose(code, true);
  }

  function decide(text) {
    const { exact, near } = find(text);
    if (!normalise(text)) return;
    if (exact.length === 1) take(exact[0]);
    else if (near.length === 1 && !exact.length) take(near[0]);
    else if (near.length) {
      list(exact.length ? exact : near);
      say(`“${text.trim()}” kan meer dan één gebied zijn. Kies uit de lijst.`);
    } else say(`Geen gebied gevonden met de naam “${text.trim()}”.`);
  }

  function pressed(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && options.length) mark((at + step + options.length) % options.length);
    else if (event.key === "Enter") { if (at >= 0) take(options[at]); else decide(event.target.value); }
    else if (event.key === "Escape") { event.target.value = ""; list([]); say(""); }
    else return;
    event.preventDefault();
  }

  /** Whether an area lies wholly in another: by its municipalities, or in an area of a detail level. */
  function holds(whole, part) {
    if (atlas.levels.get(whole.level || atlas.state.level).detail) return part.inside.includes(whole.code);
    return part.members.every((member) => whole.members.includes(member));
  }

  /** Which areas of the level that is shown an area is, lies in, or is made of; and how to say so. */
  atlas.locate = function (code) {
    const area = atlas.areas.get(code);
    const level = atlas.level();
    if (!area || area.level === level.id) return { codes: area ? [code] : [], text: "" };
    const around = level.areas.find((other) => holds(other, area));
    if (around) {
      const doubt = around.inferred ? " Onze tekst noemt de gemeenten van deze regio niet; de indeling is afgeleid." : "";
      return { codes: [around.code], text:
        `${area.label} valt in ${around.label} (${level.label.toLowerCase()}). Het cijfer geldt voor dat hele gebied.${doubt}` };
    }
    const parts = level.areas.filter((other) => holds(area, other));
    if (level.detail) {
      return { codes: parts.map((part) => part.code), text: parts.length
        ? `In ${area.label} liggen op deze kaart ${atlas.counted(parts.length)} ${level.label_plural.toLowerCase()}.` : "" };
    }
    const names = parts.map((part) => part.label).join(", ");
    return { codes: parts.map((part) => part.code), text: parts.length
      ? `${area.label} bestaat op deze kaart uit ${level.label_plural.toLowerCase()}: ${names}.` : "" };
  };

  /** The sentence that belongs to the chosen area; "" takes an older one away. */
  atlas.saySearch = say;

  atlas.startSearch = function () {
    const input = atlas.byId("search");
    const box = atlas.byId("search-list");
    input.addEventListener("input", () => { say(""); list(find(input.value).near); });
    input.addEventListener("keydown", pressed);
    input.addEventListener("blur", () => list([]));
    box.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const option = event.target.closest("[role='option']");
      if (option) take(options[[...box.children].indexOf(option)]);
    });
  };
})(window.atlas);
