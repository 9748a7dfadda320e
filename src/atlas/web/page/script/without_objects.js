"use strict";
/* A page for others than a team: what the rest asks about objects, answered with nothing. */
(function (atlas) {
  atlas.hasObjects = false;
  atlas.objectKeys = {};
  atlas.settleObjects = () => ({});
  atlas.offerObjects = (choices) => choices;
  atlas.objectChoice = () => null;
})(window.atlas);
