"use strict";
/* The data of this page and the small tools every other part uses.
   Text from the data reaches the page as text or as an attribute, never as markup. */
window.atlas = {};
document.documentElement.classList.add("with-script");
(function (atlas) {
  const SVG = "http://www.w3.org/2000/svg";

  atlas.byId = (id) => document.getElementById(id);
  atlas.payload = JSON.parse(atlas.byId("atlas-payload").textContent);
  atlas.extras = JSON.parse(atlas.byId("atlas-extras").textContent);

  function fill(node, attributes, children) {
    for (const [name, value] of Object.entries(attributes)) {
      if (value === true) node.setAttribute(name, "");
      else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value);
    }
    node.append(...children.filter((child) => child !== "" && child !== null));
    return node;
  }

  /** An HTML element; strings among the children become text. */
  atlas.make = (name, attributes = {}, ...children) => fill(document.createElement(name), attributes, children);

  /** An SVG element. */
  atlas.draw = (name, attributes = {}, ...children) => fill(document.createElementNS(SVG, name), attributes, children);

  /** A name that may break behind a slash: "Pekela/Stadskanaal/Veendam" is one word to a browser. */
  atlas.breakable = (name) => name.split(/(?<=\/)/).flatMap((part) => [atlas.make("wbr"), part]);

  /** Replace the text of an element; an empty text hides `box` (the element itself when left out). */
  atlas.write = function (id, text, box) {
    const node = atlas.byId(id);
    node.textContent = text;
    (box || node).hidden = !text;
  };

  /** Say something to who listens to the page. */
  atlas.announce = (text) => { atlas.byId("announcement").textContent = text; };

  atlas.hasFigure = (value) => ["ok", "indicatief", "geteld", "verschil", "geen_verschil"].includes(value.status);

  /** Whether a figure is drawn in the full colour of its class. */
  atlas.isFull = (value) => !["indicatief", "geen_verschil"].includes(value.status);

  /** What a figure is about: "1.037 respondenten", "van 12 bezochte erven". */
  atlas.denominator = (value) => {
    const { denominator } = atlas.indicator();
    return denominator ? `van ${value.n_text} ${denominator}` : `${value.n_text} respondenten`;
  };

  /** The colour of a figure's class. */
  atlas.colourOf = (view, value) => view.legend.classes[value.class || 0].colour;

  /** What an area is filled with: its class colour, that colour hatched, or the pattern of its state. */
  atlas.fillOf = function (view, value) {
    if (!atlas.hasFigure(value) || value.status === "geen_verschil" || !view.legend.classes.length) return `url(#pattern-${value.status})`;
    const colour = atlas.colourOf(view, value);
    const name = colour.toLowerCase().replace(/[^0-9a-z]/g, "");
    return value.status === "indicatief" ? `url(#pattern-indicatief-${name})` : colour;
  };

  /** A count as text: 2.500. */
  /** A number, and with words what is counted: "1 object ligt", "2.149 objecten liggen". */
  atlas.counted = (number, one, more) => number.toLocaleString("nl-NL") + (one ? ` ${number === 1 ? one : more}` : "");

  /** The areas of a view's level, highest figure first (by name where they bear no order), those without last. */
  atlas.byValue = function (view) {
    const rank = (area) => {
      const value = view.values[area.code].value;
      return value === null ? -Infinity : view.legend.unordered ? 0 : value;
    };
    return [...atlas.levels.get(view.level).areas].sort(
      (one, other) => (rank(other) > rank(one)) - (rank(other) < rank(one)) || one.name.localeCompare(other.name, "nl"));
  };

  /** The figures that stand beside an area's own: its province, and the country. */
  atlas.referencesOf = (view, area) =>
    view.references.filter((entry) => entry.code === area.province || !entry.code.startsWith("PV"));

  /** One sentence with everything that is known about an area. */
  atlas.sentence = function (view, area) {
    const value = view.values[area.code];
    const state = atlas.states.get(value.status);
    const parts = [`${area.label}: ${atlas.hasFigure(value) ? value.text : state.label.toLowerCase()}`];
    if (value.interval_text) parts.push(`${view.table.interval} ${value.interval_text}`);
    if (value.n_text) parts.push(atlas.denominator(value));
    if (!atlas.isFull(value)) parts.push(state.label.toLowerCase());
    if (area.inferred) parts.push("indeling afgeleid");
    for (const entry of atlas.referencesOf(view, area)) {
      parts.push(`${entry.label} ${entry.text}` + (entry.interval_text ? ` (${entry.interval_text})` : ""));
    }
    return parts.join(", ") + ".";
  };
})(window.atlas);
