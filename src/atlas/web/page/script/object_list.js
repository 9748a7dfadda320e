"use strict";
/* The list beside the map. Of tens of thousands of objects only the rows in sight are in the page. */
(function (atlas) {
  const ROW_REM = 3.4, SPARE = 6;
  let shown = new Int32Array(0), active = 0, lit = -1, drawn = "", paging = 8;

  const box = () => atlas.byId("object-list");
  const rowHeight = () => ROW_REM * parseFloat(getComputedStyle(document.documentElement).fontSize);
  const optionId = (nth) => `object-${nth}`;

  function option(at) {
    const objects = atlas.objects();
    const nth = shown[at];
    const field = atlas.state.symbol || "conclusie";
    const facts = [objects.label("conclusie", nth).split(" (")[0], objects.label("status", nth)];
    if (objects.lists.gemeente_code.length > 1) facts.push(objects.label("gemeente_code", nth));
    const node = atlas.make("div", {
      role: "option", id: optionId(nth), class: "object-row", "aria-setsize": shown.length, "aria-posinset": at + 1,
      "aria-selected": String(nth === atlas.chosenObject()), "data-nth": nth,
    }, atlas.symbolMark(field, objects.code(field, nth)),
    atlas.make("span", { class: "row-name" }, objects.name(nth)), atlas.make("span", { class: "row-facts" }, facts.filter(Boolean).join(" · ")));
    node.classList.toggle("active", at === active);
    node.classList.toggle("marked", nth === lit);
    node.style.top = `${at * ROW_REM}rem`;
    return node;
  }

  function drawRows() {
    const list = box();
    if (!list.clientHeight) return;
    const height = rowHeight();
    paging = Math.max(1, Math.floor(list.clientHeight / height) - 1);
    const first = Math.max(0, Math.floor(list.scrollTop / height) - SPARE);
    const last = Math.min(shown.length, Math.ceil((list.scrollTop + list.clientHeight) / height) + SPARE);
    const key = [first, last, active, lit, atlas.chosenObject(), atlas.state.symbol].join(" ");
    if (key === drawn) return;
    drawn = key;
    atlas.byId("object-rows").replaceChildren(...Array.from({ length: last - first }, (_, step) => option(first + step)));
    const here = shown.length && active >= first && active < last;
    if (here) list.setAttribute("aria-activedescendant", optionId(shown[active]));
    else list.removeAttribute("aria-activedescendant");
  }

  function scrollTo(at) {
    const list = box();
    const height = rowHeight();
    if (at * height < list.scrollTop) list.scrollTop = at * height;
    else if ((at + 1) * height > list.scrollTop + list.clientHeight) list.scrollTop = (at + 1) * height - list.clientHeight;
  }

  function goTo(at) {
    if (!shown.length) return;
    active = Math.min(Math.max(at, 0), shown.length - 1);
    scrollTo(active);
    drawRows();
    atlas.pointObject(shown[active]);
    atlas.goToObject(shown[active], false);
  }

  function pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: paging, PageUp: -paging, Home: -shown.length, End: shown.length };
    if (event.key in steps) goTo(active + steps[event.key]);
    else if (event.key === "Enter" || event.key === " ") { if (shown.length) atlas.chooseObject(shown[active]); }
    else if (event.key === "Escape") atlas.chooseObject(-1);
    else return;
    event.preventDefault();
  }

  /** Show other objects in the list, from the top. */
  atlas.drawList = function (objects) {
    atlas.byId("list-sort").value = atlas.state.order;
    shown = objects;
    active = Math.max(0, shown.indexOf(atlas.chosenObject()));
    drawn = "";
    atlas.byId("object-rows").style.height = `${shown.length * ROW_REM}rem`;
    atlas.write("list-empty", shown.length ? "" : "Geen enkel object past bij deze filters.");
    box().scrollTop = 0;
    scrollTo(active);
    drawRows();
  };

  /** Light up the row of an object that is pointed at on the map; -1 for none. */
  atlas.lightRow = function (nth) {
    lit = nth;
    drawRows();
  };

  /** Bring the row of an object into sight, and go on from there. */
  atlas.showRow = function (nth) {
    const at = shown.indexOf(nth);
    if (at >= 0) {
      active = at;
      scrollTo(at);
    }
    drawRows();
  };

  function orderChoice() {
    const select = atlas.make("select", { id: "list-sort" },
      ...Object.entries(atlas.objectOrders).map(([value, label]) => atlas.make("option", { value }, label)));
    select.value = atlas.state.order;
    select.addEventListener("change", () => atlas.go({ order: select.value }));
    return [atlas.make("label", { for: "list-sort" }, "Volgorde"), select];
  }

  atlas.startList = function () {
    const list = box();
    const nthAt = (event) => Number(event.target.closest("[role='option']")?.dataset.nth ?? -1);
    atlas.byId("list-order").append(...orderChoice());
    list.after(atlas.make("p", { id: "list-empty", class: "list-empty", hidden: true }));
    list.addEventListener("scroll", drawRows, { passive: true });
    list.addEventListener("keydown", pressed);
    list.addEventListener("focus", () => { if (list.matches(":focus-visible")) goTo(active); });
    list.addEventListener("blur", () => atlas.pointObject(-1));
    list.addEventListener("mousemove", (event) => atlas.pointObject(nthAt(event)));
    list.addEventListener("mouseleave", () => atlas.pointObject(-1));
    list.addEventListener("click", (event) => { if (nthAt(event) >= 0) atlas.chooseObject(nthAt(event)); });
    new ResizeObserver(drawRows).observe(list);
  };
})(window.atlas);
