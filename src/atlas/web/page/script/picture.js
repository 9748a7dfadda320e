"use strict";
/* The map as one picture for a memo: title, legend, caution, source and dates are in it, whatever happens to it next. */
(function (atlas) {
  const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, Arial, sans-serif";
  const INK = "#17232d", SOFT = "#4c5a66", CARE = "#7a4b00", GROUND = "#fdf5e6", MARGIN = 48;
  const SIZES = { liggend: [1600, 900], staand: [1080, 1350] };
  /** tried one after another until all words fit beside the map */
  const SCALES = [1, 0.92, 0.85, 0.78, 0.7, 0.62, 0.55];
  /** what an element of the drawing looks like by the style of the page, which a picture has not */
  const LOOKS = ["stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "fill-opacity", "stroke-opacity"];
  const measure = document.createElement("canvas").getContext("2d");

  /** A text as lines no wider than `width`. */
  function wrap(text, size, width, weight = 400) {
    measure.font = `${weight} ${size}px ${FONT}`;
    const lines = [""];
    for (const word of text.split(/\s+/).flatMap((one) => one.split(/(?<=[/-])(?=\p{L})/u).map((part, nth) => (nth ? part : ` ${part}`)))) {
      const longer = (lines.at(-1) + word).trimStart();
      if (lines.at(-1) && measure.measureText(longer).width > width) lines.push(word.trimStart());
      else lines[lines.length - 1] = longer;
    }
    return lines;
  }

  /** Where the next thing goes, and what was drawn until then. */
  function column(x, y, width) {
    const parts = [];
    return {
      parts, x, width,
      get y() { return y; },
      skip(room) { y += room; },
      text(content, size, { weight = 400, colour = INK, inset = 0 } = {}) {
        if (!content) return;
        for (const line of wrap(content, size, width - inset, weight)) {
          y += size * 1.3;
          parts.push(atlas.draw("text", { x: x + inset, y: y - size * 0.3, "font-size": size, "font-weight": weight, fill: colour }, line));
        }
      },
      add(...drawn) { parts.push(...drawn); },
    };
  }

  /** How to read the lines. */
  function linesLegend(at, _view, scale) {
    const [size, inset] = [20 * scale, 44 * scale];
    at.text(`Verloop, ${atlas.indicator().unit_label}`, 21 * scale, { weight: 700 });
    const { axis } = atlas.shownView();
    for (const text of [`Elke schaal loopt van ${axis.ticks[0].label} tot ${axis.ticks.at(-1).label}.`, "De band om de lijn is het 95%-interval.",
      "Een stippellijn: de gemeente veranderde; de lijn is onderbroken.", "Een open stip: indicatief."]) {
      at.text(text, size, { inset: 0 });
      at.skip(inset / 8);
    }
    at.skip(18 * scale);
  }

  /** The lines of all areas in a grid, with what the style of the page gives them written into them. */
  function drawnLines(_view, { x, y, width, height }) {
    const areas = [...atlas.byId("multiples").children];
    const columns = Math.ceil(Math.sqrt((areas.length * width) / height / 1.9));
    const [wide, high] = [width / columns, height / Math.ceil(areas.length / columns)];
    return atlas.draw("g", {}, ...areas.flatMap((area, nth) => {
      const [left, top] = [x + (nth % columns) * wide, y + Math.floor(nth / columns) * high];
      const svg = area.querySelector("svg");
      const copy = svg.cloneNode(true);
      const [from, to] = [svg, copy].map((one) => [...one.querySelectorAll("*")]);
      from.forEach((node, at) => {
        const style = getComputedStyle(node);
        for (const name of [...LOOKS, "fill"]) to[at].setAttribute(name, style[name]);
        to[at].removeAttribute("class");
      });
      for (const [name, value] of Object.entries({ x: left, y: top + 22, width: wide - 14, height: high - 30 })) copy.setAttribute(name, value);
      const size = Math.min(15, wide / 13);
      return [copy, atlas.draw("text", { x: left + 2, y: top + 16, "font-size": size, fill: INK }, `${area.querySelector(".multiple-name").textContent} `,
        atlas.draw("tspan", { "font-weight": 700 }, area.querySelector("b").textContent))];
    }));
  }

  function legend(at, view, scale) {
    const size = 20 * scale;
    at.text(`Legenda, ${view.line?.change.unit || atlas.indicator().unit_label}`, 21 * scale, { weight: 700 });
    at.skip(6 * scale);
    const states = view.legend.states.map(({ status }) => atlas.states.get(status));
    const entries = [
      ...view.legend.classes.map((entry) => [entry.colour, entry.label]),
      ...states.map((state) => [atlas.fillOf(view, { status: state.status, class: 0 }), state.label]),
    ];
    for (const { label, radius } of view.legend.circles?.examples || []) {
      at.add(atlas.draw("circle", { cx: at.x + radius + 2, cy: at.y + radius + 2, r: radius, fill: view.legend.circles.colour, "fill-opacity": 0.9 }),
        atlas.draw("text", { x: at.x + 2 * view.legend.circles.examples[0].radius + 14, y: at.y + radius + size / 3, "font-size": size, fill: INK }, label));
      at.skip(Math.max(2 * radius + 6, size * 1.3));
    }
    for (const [fill, label] of entries) {
      at.add(atlas.draw("rect", { x: at.x, y: at.y + 3 * scale, width: 32 * scale, height: 20 * scale, fill, stroke: SOFT, "stroke-width": 0.8 }));
      at.text(label, size, { inset: 44 * scale });
      at.skip(5 * scale);
    }
    if (atlas.level().inferred_borders.length) {
      const y = at.y + 13 * scale;
      at.add(atlas.draw("line", { x1: at.x, x2: at.x + 32 * scale, y1: y, y2: y, stroke: INK, "stroke-width": 2, "stroke-dasharray": "8 6" }));
      at.text("Regio-indeling afgeleid", size, { inset: 44 * scale });
    }
    at.skip(18 * scale);
  }

  function caution(at, view, scale) {
    const text = atlas.cautionOf(view);
    if (!text) return;
    const inside = column(at.x + 18 * scale, at.y + 10 * scale, at.width - 36 * scale);
    inside.text("Let op", 20 * scale, { weight: 700, colour: CARE });
    inside.text(text, 19 * scale);
    const height = inside.y - at.y + 12 * scale;
    at.add(atlas.draw("rect", { x: at.x, y: at.y, width: at.width, height, fill: GROUND }),
      atlas.draw("rect", { x: at.x, y: at.y, width: 5, height, fill: "#b97700" }), ...inside.parts);
    at.skip(height + 18 * scale);
  }

  function words(at, view, scale, key) {
    key(at, view, scale);
    caution(at, view, scale);
    const { base, question } = atlas.indicator();
    for (const [label, text] of [["Vraag", question], ["Onder wie", base], ["Onzekerheid", view.interval_note]]) {
      if (!text) continue;
      at.text(label, 17 * scale, { weight: 700, colour: SOFT });
      at.text(text, 17 * scale, { colour: SOFT });
      at.skip(8 * scale);
    }
  }

  /** The drawing that is printed, with what the style of the page gives it written into it. */
  function drawnMap(view, box) {
    const drawing = atlas.byId("drawing");
    const copy = drawing.cloneNode(true);
    const [from, to] = [drawing, copy].map((one) => [...one.querySelectorAll("*")]);
    from.forEach((node, nth) => {
      const style = getComputedStyle(node);
      if (style.display === "none" && !node.closest("text")) to[nth].setAttribute("display", "none");
      for (const name of LOOKS) if (/^(path|circle)$/.test(node.tagName)) to[nth].setAttribute(name, style[name]);
      if (drawing.classList.contains("close") && node.tagName === "path") to[nth].setAttribute("vector-effect", "non-scaling-stroke");
    });
    const { width, height } = drawing.viewBox.baseVal;
    /* letters and circles of one size on the picture, however large the map is drawn on it */
    const part = width / Number(drawing.dataset.width);
    const pixel = Math.max(width / box.width, height / box.height) / (drawing.classList.contains("close") ? 1 : part);
    const size = (view.level === "gemeente" ? (box.height > 700 ? 10 : 8.8) : 11.5) * pixel;
    copy.querySelector("#circle-key").remove();
    const larger = Math.max(width / box.width, height / box.height) / part;
    for (const circle of copy.querySelectorAll("#drawn-circles circle")) circle.setAttribute("r", (circle.getAttribute("r") * larger).toFixed(2));
    for (const text of copy.querySelectorAll(".drawn-labels text[transform]")) {
      text.setAttribute("transform", text.getAttribute("transform").replace(/translate\(0 ([\d.]+)\)$/, (_, down) => `translate(0 ${(down * larger).toFixed(1)})`));
    }
    for (const text of copy.querySelectorAll("text")) {
      for (const [name, value] of Object.entries({ "text-anchor": "middle", "font-size": size.toFixed(1), "font-weight": 600,
        fill: INK, stroke: "#fff", "stroke-width": (3.5 * pixel).toFixed(1), "stroke-linejoin": "round", "paint-order": "stroke" })) text.setAttribute(name, value);
      for (const figure of text.querySelectorAll(".figure")) figure.setAttribute("font-size", (size * 1.4).toFixed(1));
    }
    for (const node of copy.querySelectorAll("[class], [data-code], [id]")) for (const name of ["class", "data-code", "id"]) node.removeAttribute(name);
    for (const group of copy.querySelectorAll("[display='none']")) group.remove();
    return atlas.draw("svg", { viewBox: drawing.getAttribute("viewBox"), preserveAspectRatio: "xMidYMid meet", ...box }, ...copy.childNodes);
  }

  function notices() {
    const { fictitious, audience, audience_label: label, competence } = atlas.payload;
    const trial = document.querySelector(".notice.trial");
    return [fictitious && "FICTIEF: deze gegevens zijn verzonnen.", audience !== "openbaar" && `${label}. Geef dit niet verder door.`,
      competence && document.querySelector(".notice.competence")?.textContent, trial?.textContent].filter(Boolean).join(" ");
  }

  function foot(width, height) {
    const parts = [
      `Bron: ${atlas.cited()}.`, atlas.payload.boundary_source, atlas.madeFacts().filter(([, text]) => text).map(([label, text]) => `${label}: ${text}`).join(" · "),
      atlas.payload.notes[0],
    ];
    const size = 15;
    const lines = parts.filter(Boolean).flatMap((part) => wrap(part, size, width - 2 * MARGIN));
    const top = height - MARGIN / 2 - lines.length * size * 1.3;
    return [top, [atlas.draw("line", { x1: MARGIN, x2: width - MARGIN, y1: top - 8, y2: top - 8, stroke: "#d3dbe1" }),
      ...lines.map((line, nth) => atlas.draw("text", { x: MARGIN, y: top + (nth + 0.9) * size * 1.3, "font-size": size, fill: SOFT }, line))]];
  }

  /** The words in a column beside the map. */
  function besideMap(view, scale, width, top, bottom, key) {
    const at = column(width - MARGIN - 560, top, 560);
    words(at, view, scale, key);
    return { parts: at.parts, fits: at.y <= bottom, room: { x: MARGIN, y: top, width: width - 2 * MARGIN - 600, height: bottom - top } };
  }

  /** The legend and the rest in two columns below the map, which gets the room they leave. */
  function belowMap(view, scale, width, top, bottom, key) {
    const draw = (y) => {
      const [left, right] = [column(MARGIN, y, 400), column(MARGIN + 440, y, width - 2 * MARGIN - 440)];
      key(left, view, scale);
      caution(right, view, scale);
      for (const [label, text] of [["Onder wie", atlas.indicator().base], ["Onzekerheid", view.interval_note]]) {
        if (text) right.text(`${label}: ${text}`, 16 * scale, { colour: SOFT });
        right.skip(6 * scale);
      }
      return { parts: [...left.parts, ...right.parts], end: Math.max(left.y, right.y) };
    };
    const needed = draw(0).end;
    const { parts } = draw(bottom - needed);
    return { parts, fits: needed <= (bottom - top) * 0.45, room: { x: MARGIN, y: top, width: width - 2 * MARGIN, height: bottom - needed - top - 16 } };
  }

  /** The picture as an SVG element that stands alone. */
  atlas.picture = function (shape, lines) {
    const [width, height] = SIZES[shape];
    const view = lines ? atlas.shownView() : atlas.view();
    const [key, draw] = lines ? [linesLegend, drawnLines] : [legend, drawnMap];
    const when = lines ? `verloop tot en met ${atlas.byId("period-ends").lastChild.textContent}` : view.period_label;
    const head = column(MARGIN, MARGIN * 0.6, width - 2 * MARGIN);
    head.text(notices(), 17, { weight: 700, colour: "#7a1220" });
    head.text(atlas.indicator().label, shape === "liggend" ? 36 : 34, { weight: 700 });
    head.text(`${atlas.level().label_plural}, ${when}`, 22, { colour: SOFT });
    const top = head.y + 16;
    const [bottom, footParts] = foot(width, height);
    const layOut = shape === "liggend" ? besideMap : belowMap;
    let placed;
    for (const scale of SCALES) {
      placed = layOut(view, scale, width, top, bottom - 12, key);
      if (placed.fits) break;
    }
    const { room, parts } = placed;
    const mark = atlas.payload.fictitious ? [atlas.draw("text", { x: room.x + room.width / 2, y: room.y + room.height / 2, "font-size": 110, "font-weight": 800, fill: "#7a1220",
      "fill-opacity": 0.14, "text-anchor": "middle", transform: `rotate(-28 ${room.x + room.width / 2} ${room.y + room.height / 2})` }, "FICTIEF")] : [];
    return atlas.draw("svg", { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}`, "font-family": FONT, role: "img" },
      atlas.draw("title", {}, `${atlas.indicator().label}, ${atlas.level().label_plural.toLowerCase()}, ${when}`),
      atlas.byId("patterns").querySelector("defs").cloneNode(true),
      atlas.draw("rect", { width, height, fill: "#fff" }), ...head.parts, draw(view, room), ...mark, ...parts, ...footParts);
  };

  /** Hand the picture out as "svg" or "png"; the browser draws the PNG itself. */
  atlas.handOutPicture = function (shape, kind, lines = "") {
    const text = new XMLSerializer().serializeToString(atlas.picture(shape, lines));
    const name = atlas.fileName(`${lines && "-verloop"}-${shape}.${kind}`);
    if (kind === "svg") return atlas.handOut(name, new Blob([text], { type: "image/svg+xml" }));
    const [width, height] = SIZES[shape];
    const image = new Image(width, height);
    image.addEventListener("load", () => {
      const canvas = atlas.make("canvas", { width, height });
      canvas.getContext("2d").drawImage(image, 0, 0, width, height);
      canvas.toBlob((content) => atlas.handOut(name, content), "image/png");
    });
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
    return undefined;
  };
})(window.atlas);
