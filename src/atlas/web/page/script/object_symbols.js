"use strict";
/* The signs on the map: a shape and a colour for each conclusion or status; the shape alone tells them apart. */
(function (atlas) {
  const OUTLINE = "#17232d";
  /** drawn in a box of 16 by 16; colours of Okabe and Ito (2008), without its green: few signals is not safety */
  const SHAPES = {
    diamond: "M8 0.8 15.2 8 8 15.2 0.8 8Z",
    square: "M2.2 2.2H13.8V13.8H2.2Z",
    circle: "M8 1.8A6.2 6.2 0 1 1 8 14.2 6.2 6.2 0 1 1 8 1.8Z",
    triangle: "M8 1.2 15 14H1Z",
    down: "M8 14.8 1 2H15Z",
    plus: "M5.6 1.4H10.4V5.6H14.6V10.4H10.4V14.6H5.6V10.4H1.4V5.6H5.6Z",
    star: "M8 0.8 10 5.8 15.4 6.1 11.2 9.5 12.6 14.8 8 11.8 3.4 14.8 4.8 9.5 0.6 6.1 6 5.8Z",
    bar: "M1.2 5.2H14.8V10.8H1.2Z",
  };
  const UNKNOWN = ["bar", "#ffffff"];
  const SYMBOLS = {
    conclusie: {
      leeg: ["diamond", "#d55e00"], gedeeltelijk_leeg: ["square", "#f0c94a"], in_gebruik: ["circle", "#2b6fb0"], onbekend: ["triangle", "#ffffff"],
    },
    status: {
      te_inventariseren: ["triangle", "#ffffff"], leegstand_vermoed: ["square", "#f0c94a"], leegstand_bevestigd: ["diamond", "#d55e00"],
      bezocht: ["circle", "#2b6fb0"], getoetst_met_partners: ["star", "#8ec6ec"], geen_bijzonderheden: ["bar", "#c3ccd3"],
      signaal_uitgezet: ["plus", "#cc79a7"], afgehandeld: ["down", "#66747f"],
    },
  };

  /** [shape, colour] of a code of `conclusie` or `status`. */
  const symbol = (field, code) => SYMBOLS[field][code] || UNKNOWN;

  /** A sign beside text. */
  atlas.symbolMark = function (field, code) {
    const [shape, colour] = symbol(field, code);
    return atlas.draw("svg", { class: "symbol", width: 16, height: 16, viewBox: "-0.6 -0.6 17.2 17.2", "aria-hidden": "true" },
      atlas.draw("path", { d: SHAPES[shape], fill: colour, stroke: OUTLINE, "stroke-width": 1.2 }));
  };

  /** Small pictures of every sign of a field, in the order of its list, for a screen of this sharpness. */
  atlas.symbolSprites = function (field, sharpness, size = 15) {
    const codes = [...(atlas.objects().lists[field] || []).map(([code]) => code), ""];
    return codes.map((code) => {
      const [shape, colour] = symbol(field, code);
      const sprite = document.createElement("canvas");
      sprite.width = sprite.height = Math.ceil((size + 2) * sharpness);
      const pen = sprite.getContext("2d");
      pen.scale((sharpness * size) / 16, (sharpness * size) / 16);
      pen.translate(1, 1);
      const path = new Path2D(SHAPES[shape]);
      pen.fillStyle = colour;
      pen.fill(path);
      pen.strokeStyle = OUTLINE;
      pen.lineWidth = 1.3;
      pen.stroke(path);
      return sprite;
    });
  };
})(window.atlas);
