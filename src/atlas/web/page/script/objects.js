"use strict";
/* The objects of a team, read from their columns (core/objects_payload.py) when they are first asked for. */
(function (atlas) {
  const DAY_MS = 86400000, DAY_SIGNS = 3, UUID_SIGNS = 22, PIECE_SIGNS = 5;
  const block = atlas.byId("atlas-objects");
  let held;

  atlas.hasObjects = block !== null;
  atlas.objects = () => (held ??= read(JSON.parse(block.textContent)));

  const number = (signs) => parseInt(signs, 36);
  const sayDay = (days) => new Date(days * DAY_MS).toLocaleDateString(
    "nl-NL", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

  /** A column of one sign for each object as positions in its list; 255 for no code. */
  function codes(signs) {
    const column = new Uint8Array(signs.length);
    for (let nth = 0; nth < signs.length; nth += 1) column[nth] = signs[nth] === "-" ? 255 : number(signs[nth]);
    return column;
  }

  /** Steps of `x y dx dy …` as degrees, and as parts of the world's side in web mercator, for drawing. */
  function places(packed, degree) {
    const steps = packed ? packed.split(" ") : [];
    const count = steps.length / 2;
    const [longitude, latitude, x, y] = [1, 2, 3, 4].map(() => new Float64Array(count));
    let [east, north] = [0, 0];
    for (let nth = 0; nth < count; nth += 1) {
      if (steps[2 * nth] === ".") {
        longitude[nth] = latitude[nth] = x[nth] = y[nth] = NaN;
        continue;
      }
      east += Number(steps[2 * nth]);
      north += Number(steps[2 * nth + 1]);
      longitude[nth] = east / degree;
      latitude[nth] = north / degree;
      const sine = Math.sin((latitude[nth] * Math.PI) / 180);
      x[nth] = longitude[nth] / 360 + 0.5;
      y[nth] = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
    }
    return { longitude, latitude, x, y };
  }

  /** Texts by number: a pattern with its numbers put back. */
  function textReader({ patterns, entries }) {
    const list = entries.split(";");
    return (nth) => {
      const [pattern, ...taken] = list[nth].split(" ");
      return patterns[number(pattern)].replace(/#/g, () => taken.shift());
    };
  }

  /** For each object a sign for each kind of evidence it has (bit = place in the list); last bit: none. */
  function evidenceKinds(pieces, count, none) {
    const kinds = new Uint8Array(count);
    for (let nth = 0; nth < count; nth += 1) {
      const piece = pieces[nth] || "";
      for (let at = 0; at < piece.length; at += PIECE_SIGNS) kinds[nth] |= 1 << number(piece[at]);
      if (!kinds[nth]) kinds[nth] = 1 << none;
    }
    return kinds;
  }

  function uuidOf(short) {
    const bytes = atob(short.replace(/-/g, "+").replace(/_/g, "/"));
    const hex = [...bytes].map((byte) => byte.charCodeAt(0).toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  function shortOf(uuid) {
    const bytes = uuid.replace(/-/g, "").match(/../g) || [];
    return btoa(String.fromCharCode(...bytes.map((byte) => parseInt(byte, 16))))
      .replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
  }

  function read(packed) {
    const { count, lists, labels, symbols, images } = packed;
    const columns = Object.fromEntries(Object.entries(packed.codes).map(([field, signs]) => [field, codes(signs)]));
    const textOf = textReader(packed.texts);
    const texts = Object.fromEntries(
      Object.entries(packed.texts.of).map(([field, numbers]) => [field, numbers.split(" ")]));
    const pieces = packed.evidence ? packed.evidence.split(" ") : [];
    const lines = (field, nth) => (texts[field] && texts[field][nth]
      ? texts[field][nth].split(",").map((place) => textOf(number(place))) : []);
    const short = (nth) => packed.uuid.slice(nth * UUID_SIGNS, (nth + 1) * UUID_SIGNS);
    return {
      count, lists, labels, symbols, images, columns, lines,
      uncertain: packed.uncertain,
      withheld: packed.withheld,
      ...places(packed.places, packed.degree),
      kinds: evidenceKinds(pieces, count, lists.bewijs.length),
      text: (field, nth) => lines(field, nth)[0] || "",
      code: (field, nth) => (columns[field] && columns[field][nth] !== 255 ? lists[field][columns[field][nth]][0] : ""),
      label: (field, nth) => (columns[field] && columns[field][nth] !== 255 ? lists[field][columns[field][nth]][1] : ""),
      days: (field, nth) => number((packed.days[field] || "").slice(nth * DAY_SIGNS, (nth + 1) * DAY_SIGNS)),
      day(field, nth) {
        const days = this.days(field, nth);
        return Number.isNaN(days) ? "" : sayDay(days);
      },
      evidence: (nth) => (pieces[nth] || "").match(/.{5}/g)?.map((piece) => {
        const [, label, values] = lists.bewijs[number(piece[0])];
        return { label, value: values[number(piece[1])][1], day: sayDay(number(piece.slice(2))) };
      }) || [],
      uuid: (nth) => uuidOf(short(nth)),
      indexOf(uuid) {
        const wanted = shortOf(uuid);
        for (let nth = 0; wanted && nth < count; nth += 1) if (short(nth) === wanted) return nth;
        return -1;
      },
      /** Address, or what it is when it has none. */
      name(nth) {
        return this.text("adres", nth) || `Zonder adres (${this.label("soort", nth).toLowerCase() || "object"})`;
      },
    };
  }
})(window.atlas);
