// What stands above the messages of a phone: the chat's name, its topics, its pinned message.
import { fill, h, icon } from "./dom.js";
import { summary } from "./entities.js";
import { chatMenu } from "./menus.js";
import { avatar } from "./avatar.js";
import { t } from "./texts.js";

const ACTIONS = {
  upload_photo: "sendingPhoto", record_voice: "sendingVoice", upload_voice: "sendingVoice",
  upload_document: "sendingFile", upload_video: "sendingFile",
};

function typingText(phone) {
  for (const { chat, action, who } of phone.world.typing.values()) {
    const { kind, bot, apiChat } = phone.view;
    const here = kind === "private" ? chat === phone.person.id && who === bot.id : chat === apiChat;
    if (here) return t(ACTIONS[action] || "typing");
  }
  return "";
}

export function drawHead(phone, views) {
  const { head, view } = phone;
  const unread = views.reduce((sum, one) => sum + (one.key === view.key ? 0 : phone.unread(one)), 0);
  const about = view.kind === "private" ? t("bot") : t("members", { n: view.chat.members.length });
  const typing = typingText(phone);
  // Drawn only when something in it changed: it holds buttons that may have the focus.
  const signature = JSON.stringify([view.key, view.title, unread, about, typing]);
  if (head.signature === signature) return;
  head.signature = signature;
  const held = ["open-chats", "open-menu"].find((name) => document.activeElement === head.querySelector(`.${name}`));
  fill(head,
    h("button", {
      type: "button", class: "round open-chats", title: t("chats"), onclick: () => phone.showChats(),
      "aria-label": unread ? `${t("chats")}, ${t("unread", { n: unread })}` : t("chats"),
    }, icon("back"), unread > 0 && h("span", { class: "count" }, unread)),
    avatar(view.kind === "private" ? { ...view.bot, is_bot: true } : view.chat),
    h("div", { class: "head-text" }, h("h2", {}, h("bdi", {}, view.title)),
      h("span", { class: typing ? "is-typing" : "" }, typing || about)),
    h("button", {
      type: "button", class: "round open-menu", "aria-label": t("phoneMenu"), title: t("phoneMenu"),
      onclick: (event) => chatMenu(phone, event.currentTarget),
    }, icon("menu")));
  if (held) head.querySelector(`.${held}`).focus({ preventScroll: true });
}

export function drawTopics(phone) {
  const { chat, kind } = phone.view;
  const forum = kind === "group" && chat.is_forum;
  phone.topics.hidden = !forum;
  if (!forum) {
    phone.thread = null;
    return;
  }
  const topics = [
    { thread_id: null, name: t("allTopics") }, { thread_id: 0, name: t("general") },
    ...(chat.topics || []).filter((topic) => !topic.deleted && topic.thread_id > 1),
  ];
  if (!topics.some((topic) => topic.thread_id === phone.thread)) phone.thread = null;
  const signature = JSON.stringify([topics, phone.thread]);
  if (phone.topics.signature === signature) return;
  phone.topics.signature = signature;
  fill(phone.topics, topics.map((topic) => h("button", {
    type: "button", role: "tab", class: `topic ${topic.thread_id ? `tone-${topic.thread_id % 7}` : ""}`,
    data: { thread: topic.thread_id ?? "all" }, "aria-selected": String(topic.thread_id === phone.thread),
    onclick: () => phone.openThread(topic.thread_id),
  }, topic.thread_id ? h("i", { class: "dot" }) : null, h("bdi", {}, topic.name), topic.closed && h("small", {}, t("closed")))));
}

export function drawPin(phone) {
  const id = phone.view.chat?.pinned_message ?? phone.view.chat?.pinned?.at(-1);
  const message = id && phone.find(id);
  phone.pin.hidden = !message;
  if (phone.pin.hidden) return;
  fill(phone.pin, icon("pin"), h("button", { type: "button", onclick: () => phone.jumpTo(id) },
    h("strong", {}, t("pinned")), h("span", { dir: "auto" }, summary(message))));
}
