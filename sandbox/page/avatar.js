// The round picture of a person, a bot or a group: an initial on a colour of its own.
import { h, icon } from "./dom.js";
import { fullName } from "./state.js";

// A colour for each sender, always the same; bots share the page's own.
export function tone(user) {
  return user?.is_bot ? "tone-bot" : `tone-${Math.abs(Number(user?.id) || 0) % 7}`;
}

export function avatar(user, extra = "") {
  const name = fullName(user);
  const initials = [...name.trim()].filter((character) => /[\p{L}\p{N}]/u.test(character)).slice(0, 1).join("");
  const isBot = Boolean(user?.is_bot);
  const element = h("span", { class: `avatar ${tone(user)} ${extra}`, "aria-hidden": "true" }, isBot ? icon("bot") : initials || icon("person"));
  if (/^#[0-9a-f]{6}$/i.test(user?.avatar_color || "")) {
    element.classList.add("is-own");
    element.style.setProperty("--tone", user.avatar_color);
  }
  return element;
}
