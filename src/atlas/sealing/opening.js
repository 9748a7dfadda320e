"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const VERSION = $version, ROUNDS = $rounds, MOST = $most;
  const SALT = 16, NONCE = 12, SLOT = 76, START = 14;
  const OTHER = "Sla het bestand op en open het vanaf uw schijf in Edge, Chrome of Firefox. Hier kan het niet open.";
  const DAMAGED = "Dit bestand is niet heel of is veranderd; het wordt niet geopend. Vraag de afzender om het bestand opnieuw.";
  const WEAKER = "Dit bestand is niet verzegeld zoals het hoort; het wordt niet geopend. Vraag de afzender om het bestand opnieuw.";
  const WRONG = "Deze wachtzin past niet op dit bestand. Controleer de zes woorden.";
  const element = (id) => document.getElementById(id);
  const told = element("told"), phrase = element("phrase"), button = element("open");

  const say = (text, problem) => {
    told.textContent = text;
    told.className = problem ? "problem" : "";
  };
  const refuse = (text) => {
    const error = new Error(text);
    error.sentence = text;
    return error;
  };

  // null when the text is no base64 or the file was cut off
  const bytesOf = () => {
    try {
      return Uint8Array.from(atob(element("sealed").textContent.trim()), (letter) => letter.charCodeAt(0));
    } catch {
      return null;
    }
  };

  const partsOf = (bytes) => {
    if (!bytes || bytes.length < START + 4) throw refuse(DAMAGED);
    const view = new DataView(bytes.buffer);
    if (String.fromCharCode(...bytes.subarray(0, 8)) !== "BGAZEGEL") throw refuse(DAMAGED);
    if (bytes[8] !== VERSION || view.getUint32(9) !== ROUNDS) throw refuse(WEAKER);
    const slots = bytes[13], end = START + 4 + slots * SLOT + NONCE;
    if (slots < 1 || slots > MOST || bytes.length !== end + view.getUint32(START)) throw refuse(DAMAGED);
    return {
      start: bytes.subarray(0, START),
      slots: Array.from({ length: slots }, (_, nth) => bytes.subarray(START + 4 + nth * SLOT, START + 4 + (nth + 1) * SLOT)),
      header: bytes.subarray(0, end),
      content: bytes.subarray(end),
    };
  };

  const decrypted = (key, iv, additionalData, data) =>
    crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData, tagLength: 128 }, key, data);

  const keyOf = async (secret, slot, start) => {
    const mine = await crypto.subtle.deriveKey(
      { name: "PBKDF2", hash: "SHA-256", salt: slot.subarray(0, SALT), iterations: ROUNDS },
      secret, { name: "AES-GCM", length: 256 }, false, ["decrypt"],
    );
    const raw = await decrypted(mine, slot.subarray(SALT, SALT + NONCE), start, slot.subarray(SALT + NONCE));
    return crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["decrypt"]);
  };

  const pageOf = async (text) => {
    const parts = partsOf(bytesOf());
    const secret = await crypto.subtle.importKey("raw", new TextEncoder().encode(text), "PBKDF2", false, ["deriveKey"]);
    const key = await Promise.any(parts.slots.map((slot) => keyOf(secret, slot, parts.start))).catch(() => {
      throw refuse(WRONG);
    });
    const packed = await decrypted(key, parts.header.subarray(-NONCE), parts.header, parts.content).catch(() => {
      throw refuse(DAMAGED);
    });
    return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
  };

  element("show").addEventListener("change", (event) => {
    phrase.type = event.target.checked ? "text" : "password";
  });
  element("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    say("Bezig met openen…", false);
    try {
      const page = await pageOf(phrase.value.toLowerCase().replace(/[^a-z]+/g, "-").replace(/^-|-$$/g, ""));
      document.open();
      document.write(page);
      document.close();
    } catch (error) {
      button.disabled = false;
      say(error.sentence || OTHER, true);
      phrase.focus();
    }
  });
  if (!globalThis.crypto || !crypto.subtle || typeof DecompressionStream === "undefined" || !Promise.any) {
    say(OTHER, true);
    button.disabled = true;
  } else {
    try {
      partsOf(bytesOf());
      phrase.focus();
    } catch (error) {
      say(error.sentence, true);
      button.disabled = true;
    }
  }
});
