// The list of a person's chats, laid over the open one.
import { h, icon } from "./dom.js";
import { summary } from "./entities.js";
import { newGroup } from "./groups.js";
import { avatar } from "./avatar.js";
import { serviceLine } from "./service.js";
import { fullName } from "./state.js";
import { formatTime, t } from "./texts.js";

export function chatList(phone) {
  const views = phone.world.viewsOf(phone.person.id);
  return [
    h("header", { class: "phone-head" },
      h("div", { class: "head-text" }, h("h2", {}, t("chats")), h("span", {}, h("bdi", {}, fullName(phone.person)))),
      h("button", { type: "button", class: "round", "aria-label": t("newGroup"), title: t("newGroup"), onclick: () => newGroup(phone) }, icon("plus"))),
    h("div", { class: "chat-rows" }, views.map((view) => chatRow(phone, view))),
  ];
}

function chatRow(phone, view) {
  const messages = view.chat?.messages || [];
  const last = messages[messages.length - 1];
  const unread = phone.unread(view);
  return h("button", {
    type: "button", class: `chat-row${view.key === phone.view.key ? " is-current" : ""}`, data: { chat: view.apiChat },
    onclick: () => phone.openChat(view.apiChat),
  }, avatar(view.kind === "private" ? { ...view.bot, is_bot: true } : view.chat),
  h("span", { class: "chat-row-text" }, h("bdi", { class: "chat-name" }, view.title),
    h("span", { class: "chat-last", dir: "auto" }, last ? serviceLine(last) || summary(last) : t("noMessages"))),
  h("span", { class: "chat-row-side" }, last && h("time", {}, formatTime(new Date(last.date * 1000))),
    unread > 0 && h("span", { class: "count", "aria-label": t("unread", { n: unread }) }, unread)));
}
