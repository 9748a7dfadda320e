"use strict";
/* The signs on the map, as the payload gives them: a shape in a box of 16 by 16 and a colour for each conclusion or
   status; the shape alone tells them apart. */
(function (atlas) {
  const table = () => atlas.objects().symbols;

  /** [shape, colour] of a code of `conclusie` or `status`. */
  const symbol = (field, code) => table().signs[field][code] || table().unknown;

  /** A sign beside text. */
  atlas.symbolMark = function (field, code) {
    const [shape, colour] = symbol(field, code);
    return atlas.draw("svg", { class: "symbol", width: 16, height: 16, viewBox: "-0.6 -0.6 17.2 17.2", "aria-hidden": "true" },
      atlas.draw("path", { d: table().shapes[shape], fill: colour, stroke: table().outline, "stroke-width": 1.2 }));
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
      const path = new Path2D(table().shapes[shape]);
      pen.fillStyle = colour;
      pen.fill(path);
      pen.strokeStyle = table().outline;
      pen.lineWidth = 1.3;
      pen.stroke(path);
      return sprite;
    });
  };
})(window.atlas);
