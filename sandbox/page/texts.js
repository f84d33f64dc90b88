// The page's own texts. What bots and people write is never translated here.
import { DICTIONARY } from "./dictionary.js";

const STORE = "sandbox.language";
const LANGUAGES = ["en", "zh-hans"];
const listeners = new Set();

// What somebody has chosen counts for worlds that speak the same language: another world begins in its own.
let worlds = "";
const store = () => (worlds ? `${STORE}.${worlds}` : STORE);

function firstLanguage() {
  const kept = localStorage.getItem(store());
  if (LANGUAGES.includes(kept)) return kept;
  if (LANGUAGES.includes(worlds)) return worlds;
  return navigator.language.toLowerCase().startsWith("zh") ? "zh-hans" : "en";
}

let current = firstLanguage();

export const language = () => current;

export function showLanguage(next) {
  current = next;
  document.documentElement.lang = next === "en" ? "en" : "zh-Hans";
  for (const listener of listeners) listener();
}

// Somebody chose it.
export function setLanguage(next) {
  localStorage.setItem(store(), next);
  showLanguage(next);
}

// The world's own language, if it has one.
export function setWorldsLanguage(code) {
  if (worlds === (code || "")) return;
  worlds = code || "";
  if (firstLanguage() !== current) showLanguage(firstLanguage());
}

export function onLanguage(listener) {
  listeners.add(listener);
}

// t("members", { n: 3 }): "{n}" in the text is replaced. English plurals: "one|many", chosen by n.
export function t(key, values = {}) {
  const entry = DICTIONARY[key];
  if (!entry) throw new Error(`No text for "${key}"`);
  let text = entry[current === "en" ? 0 : 1];
  if (text.includes("|")) text = text.split("|")[values.n === 1 ? 0 : 1];
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

// A text of the story may be one string or one per language.
export function inLanguage(text) {
  if (text === null || text === undefined) return "";
  return typeof text === "string" ? text : text[current] || text.en || Object.values(text)[0] || "";
}

const locale = () => (current === "en" ? "en-GB" : "zh-CN");

// The sandbox may name its time zone; a telephone shows its own, and so does the page when none is named.
let zone;
export const setZone = (name) => (zone = name || undefined);

export function formatTime(date) {
  return date.toLocaleTimeString(locale(), { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone });
}

export function formatDay(date) {
  return date.toLocaleDateString(locale(), { weekday: "long", day: "numeric", month: "long", timeZone: zone });
}

export function formatClock(date) {
  const day = date.toLocaleDateString(locale(), {
    weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: zone,
  });
  return { day, time: formatTime(date) };
}

// Seconds from `date` to the next 9:00 on the shown clock. Near a change of the clocks one hour off is good enough here.
export function secondsToMorning(date) {
  const parts = new Intl.DateTimeFormat("en-GB", {
    hour: "numeric", minute: "numeric", second: "numeric", hourCycle: "h23", timeZone: zone,
  }).formatToParts(date);
  const read = (type) => Number(parts.find((part) => part.type === type).value);
  const since = read("hour") * 3600 + read("minute") * 60 + read("second");
  const wait = 9 * 3600 - since;
  return wait > 0 ? wait : wait + 86400;
}

export function formatDuration(seconds) {
  const whole = Math.max(0, Math.round(seconds || 0));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
