"use strict";
/* The objects on the map: one canvas. Where they would cover each other, circles with their number instead. */
(function (atlas) {
  const PANE = "objects";
  /** more signs than this in one cell of the grid would cover each other: they are counted together */
  const MOST_SIGNS = 6;
  const CELL_PX = 58, REACH_PX = 11, ALWAYS_SIGNS_ZOOM = 14;
  const INK = "#17232d", MARK = "#0b3c5d";
  let map, canvas, pen, sprites, spriteKey = "", frame = 0;
  let on = false, shown = new Int32Array(0), chosen = -1, pointed = -1, drawn = { apart: [], together: [] }, named = [];

  /** Where the world lies on the screen: screen = part of the world * scale - origin. */
  function view() {
    const scale = map.options.crs.scale(map.getZoom());
    const corner = map.containerPointToLayerPoint([0, 0]);
    const origin = map.getPixelOrigin().add(corner);
    return { scale, left: origin.x, top: origin.y, corner, size: map.getSize() };
  }

  /** Positions in `shown` that lie on the screen, or so near that their sign reaches it. */
  function visible({ scale, left, top, size }) {
    const { x, y } = atlas.objects();
    const [west, east] = [(left - REACH_PX) / scale, (left + size.x + REACH_PX) / scale];
    const [north, south] = [(top - REACH_PX) / scale, (top + size.y + REACH_PX) / scale];
    const inside = new Int32Array(shown.length);
    let count = 0;
    for (let at = 0; at < shown.length; at += 1) {
      const nth = shown[at];
      if (x[nth] > west && x[nth] < east && y[nth] > north && y[nth] < south) { inside[count] = nth; count += 1; }
    }
    return inside.subarray(0, count);
  }

  /** Counts on a grid that is fixed to the ground, so that circles do not swim when the map is moved. */
  function grouped(inside, here) {
    const { x, y } = atlas.objects();
    const cell = CELL_PX / map.options.crs.scale(Math.round(map.getZoom()));
    const column = Math.floor((here.left - REACH_PX) / here.scale / cell);
    const row = Math.floor((here.top - REACH_PX) / here.scale / cell);
    const columns = Math.ceil((here.size.x + 2 * REACH_PX) / here.scale / cell) + 2;
    const cells = new Map();
    for (const nth of inside) {
      const key = (Math.floor(y[nth] / cell) - row) * columns + Math.floor(x[nth] / cell) - column;
      let sum = cells.get(key);
      if (!sum) { sum = { members: [], x: 0, y: 0 }; cells.set(key, sum); }
      sum.members.push(nth);
      sum.x += x[nth];
      sum.y += y[nth];
    }
    const apart = [], together = [];
    for (const { members, x: east, y: south } of cells.values()) {
      const count = members.length;
      if (count <= MOST_SIGNS) apart.push(...members);
      else {
        together.push({ count, radius: 9 + Math.min(17, 2.4 * Math.log2(count)),
          x: (east / count) * here.scale - here.left, y: (south / count) * here.scale - here.top });
      }
    }
    return { apart, together };
  }

  function fit({ corner, size }) {
    const sharpness = window.devicePixelRatio || 1;
    const [width, height] = [Math.round(size.x * sharpness), Math.round(size.y * sharpness)];
    if (canvas.width !== width || canvas.height !== height) {
      [canvas.width, canvas.height] = [width, height];
      canvas.style.width = `${size.x}px`;
      canvas.style.height = `${size.y}px`;
    }
    L.DomUtil.setPosition(canvas, corner);
    pen.setTransform(sharpness, 0, 0, sharpness, 0, 0);
    pen.clearRect(0, 0, size.x, size.y);
    const field = atlas.state.symbol || "conclusie";
    if (spriteKey !== `${field} ${sharpness}`) {
      spriteKey = `${field} ${sharpness}`;
      sprites = atlas.symbolSprites(field, sharpness);
    }
  }

  function sign(nth, x, y) {
    const codes = atlas.objects().columns[atlas.state.symbol || "conclusie"];
    const sprite = sprites[Math.min(codes ? codes[nth] : 255, sprites.length - 1)];
    pen.drawImage(sprite, x - 8.5, y - 8.5, 17, 17);
  }

  function draw() {
    frame = 0;
    if (!on) return;
    const here = view();
    const inside = visible(here);
    const { x, y } = atlas.objects();
    fit(here);
    names(here);
    const { apart, together } = map.getZoom() < ALWAYS_SIGNS_ZOOM ? grouped(inside, here) : { apart: inside, together: [] };
    drawn = { here, apart, together };
    for (const nth of apart) sign(nth, x[nth] * here.scale - here.left, y[nth] * here.scale - here.top);
    together.forEach(circle);
    atlas.byId("circles-note").hidden = !together.length;
    for (const [nth, width] of [[pointed, 2], [chosen, 3.5]]) if (nth >= 0) ring(nth, here, width);
  }

  /** Names of municipalities under the signs: where am I? */
  function names(here) {
    pen.font = "12px sans-serif";
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.lineWidth = 3;
    pen.strokeStyle = "#f3f6f8";
    pen.fillStyle = "#4b5a66";
    const { left, top } = canvas.getBoundingClientRect();
    named = [];
    for (const { anchor: [longitude, latitude], label } of atlas.levels.get("gemeente").areas) {
      const { x: middle, y } = map.latLngToContainerPoint([latitude, longitude]);
      const half = pen.measureText(label).width / 2 + 3;
      const sight = middle > 0 && middle < here.size.x;
      const x = sight ? Math.min(Math.max(middle, half), here.size.x - half) : middle;
      pen.strokeText(label, x, y);
      pen.fillText(label, x, y);
      if (sight && y > 0 && y < here.size.y) named.push({ name: label, box: { left: left + x - half, right: left + x + half, top: top + y - 8, bottom: top + y + 8 } });
    }
  }

  /** The names that stand on the map of objects now, with where. */
  atlas.drawnNames = () => (on ? named : []);

  function circle({ count, radius, x, y }) {
    pen.beginPath();
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    pen.fillStyle = "rgb(23 35 45 / 86%)";
    pen.fill();
    pen.lineWidth = 2;
    pen.strokeStyle = "#ffffff";
    pen.stroke();
    pen.fillStyle = "#ffffff";
    pen.font = "600 12px sans-serif";
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.fillText(atlas.counted(count), x, y + 0.5);
  }

  function ring(nth, here, width) {
    const { x, y } = atlas.objects();
    if (Number.isNaN(x[nth])) return;
    const [right, down] = [x[nth] * here.scale - here.left, y[nth] * here.scale - here.top];
    for (const [colour, extra] of [["#ffffff", 3], [MARK, 0]]) {
      pen.beginPath();
      pen.arc(right, down, 12.5, 0, 2 * Math.PI);
      pen.lineWidth = width + extra;
      pen.strokeStyle = colour;
      pen.stroke();
    }
    sign(nth, right, down);
  }

  const schedule = () => { if (on && !frame) frame = requestAnimationFrame(draw); };

  /** What lies under a point of the screen: a circle, or objects with the nearest first. */
  function under({ x: right, y: down }) {
    const { x, y } = atlas.objects();
    const { here, apart, together } = drawn;
    const circled = together.find((entry) => Math.hypot(entry.x - right, entry.y - down) <= entry.radius);
    if (circled) return { circled, near: [] };
    const away = (nth) => Math.hypot(x[nth] * here.scale - here.left - right, y[nth] * here.scale - here.top - down);
    return { near: [...apart].filter((nth) => away(nth) <= REACH_PX).sort((one, other) => away(one) - away(other) || one - other) };
  }

  /** Where several objects lie on top of each other, every click takes the next one. */
  function clicked(event) {
    if (!on) return;
    const { circled, near } = under(event.containerPoint);
    if (circled) map.setView(map.containerPointToLatLng([circled.x, circled.y]), map.getZoom() + 1.5, { animate: false });
    else if (near.length) atlas.chooseObject(near[(near.indexOf(chosen) + 1) % near.length]);
  }

  function moved(event) {
    if (!on) return;
    const { circled, near } = under(event.containerPoint);
    map.getContainer().classList.toggle("on-object", Boolean(circled || near.length));
    atlas.pointObject(near.length ? near[0] : -1, event.containerPoint);
  }

  /** Show these objects, or none at all. */
  atlas.paintObjects = function (visibleOnes, isOn) {
    on = isOn;
    canvas.hidden = !on;
    if (visibleOnes) shown = visibleOnes;
    schedule();
  };

  /** Ring one object that is chosen and one that is pointed at; -1 for none. */
  atlas.markObjects = function (chosenOne, pointedOne) {
    [chosen, pointed] = [chosenOne, pointedOne];
    schedule();
  };

  /** The map as it is now, borders and objects, for the printer. */
  atlas.objectPicture = function () {
    const here = view();
    const picture = atlas.make("canvas", { class: "object-picture" });
    [picture.width, picture.height] = [2 * here.size.x, 2 * here.size.y];
    const paper = picture.getContext("2d");
    paper.strokeStyle = "#3b4a56";
    paper.lineWidth = 1.6;
    for (const ring of [...atlas.shapesOf(atlas.levels.get("gemeente")).values()].flat(2)) {
      const points = ring.map((place) => map.latLngToContainerPoint(place));
      paper.beginPath();
      for (const { x, y } of points) paper.lineTo(2 * x, 2 * y);
      paper.closePath();
      paper.stroke();
    }
    draw();
    paper.drawImage(canvas, 0, 0, picture.width, picture.height);
    return picture;
  };

  /** Bring an object near, or only into view. */
  atlas.goToObject = function (nth, near) {
    const { latitude, longitude } = atlas.objects();
    if (Number.isNaN(latitude[nth])) return;
    const place = [latitude[nth], longitude[nth]];
    if (near) map.setView(place, Math.max(map.getZoom(), ALWAYS_SIGNS_ZOOM), { animate: false });
    else if (!map.getBounds().pad(-0.05).contains(place)) map.panTo(place, { animate: false });
  };

  /** Bring all shown objects into view. */
  atlas.goToObjects = function () {
    const { latitude, longitude } = atlas.objects();
    const bounds = L.latLngBounds([]);
    for (const nth of shown) if (!Number.isNaN(latitude[nth])) bounds.extend([latitude[nth], longitude[nth]]);
    if (bounds.isValid()) map.fitBounds(bounds, { padding: [24, 24], maxZoom: ALWAYS_SIGNS_ZOOM, animate: false });
  };

  atlas.startObjectMap = function () {
    map = atlas.map;
    const pane = map.createPane(PANE);
    pane.style.zIndex = 640;
    pane.style.pointerEvents = "none";
    canvas = atlas.make("canvas", { class: "object-canvas", "aria-hidden": "true", hidden: true });
    pane.append(canvas);
    pen = canvas.getContext("2d");
    map.on("move zoom viewreset resize", schedule);
    map.on("click", clicked);
    map.on("mousemove", moved);
    map.on("mouseout", () => { if (on) atlas.pointObject(-1); });
  };
})(window.atlas);
