// Adding phones: for somebody who is there already, or for a new person.
import { post } from "./api.js";
import { h, icon } from "./dom.js";
import { avatar } from "./avatar.js";
import { pageDialog } from "./overlay.js";
import { fullName } from "./state.js";
import { language, t } from "./texts.js";

// What a person's Telegram may speak: the first two are this page's own, the others show what a bot does without them.
const LANGUAGES = { en: "English", "zh-hans": "简体中文", ru: "Русский", de: "Deutsch", ar: "العربية" };

// Resolves to a person's id, or null.
export async function choosePhone(world, shown) {
  const free = world.people.filter((person) => !shown.has(person.id));
  const first = free.length ? free[0].id : "new";
  const option = (value, ...content) => h("label", { class: "choice" },
    h("input", { type: "radio", name: "who", value, checked: String(value) === String(first), onchange: () => toggle(value === "new") }), ...content);
  const fields = h("div", { class: "dialog-fields" },
    h("label", {}, t("firstName"), h("input", { name: "first", maxlength: 64, dir: "auto", autocomplete: "off" })),
    h("label", {}, t("lastName"), h("input", { name: "last", maxlength: 64, dir: "auto", autocomplete: "off" })),
    h("label", {}, t("username"), h("input", { name: "username", maxlength: 32, pattern: "[A-Za-z][A-Za-z0-9_]*", autocomplete: "off" })),
    h("label", {}, t("personLanguage"), h("select", { name: "language" },
      Object.entries(LANGUAGES).map(([code, name]) => h("option", { value: code, selected: code === language() }, name)))));
  const toggle = (isNew) => {
    fields.hidden = !isNew;
    fields.querySelector("input").required = isNew;
  };
  toggle(first === "new");
  const choices = h("div", { class: "choices" },
    free.map((person) => option(person.id, avatar(person, "small"), h("bdi", {}, fullName(person)))),
    option("new", h("span", { class: "choice-disc" }, icon("plus")), t("newPerson")));
  const answer = await pageDialog(t("addPhoneHint"), [choices, fields], {
    submit: t("addPhone"), read: (form) => Object.fromEntries(form),
  });
  if (!answer) return null;
  if (answer.who !== "new") return Number(answer.who);
  const person = await post("people", {
    first_name: answer.first.trim(),
    ...(answer.last.trim() ? { last_name: answer.last.trim() } : {}),
    ...(answer.username ? { username: answer.username } : {}),
    language_code: answer.language,
  });
  return person.id;
}
