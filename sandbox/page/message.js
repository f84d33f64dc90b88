// One bubble: who, what, when, and the buttons under it.
import { avatar, tone } from "./avatar.js";
import { h, icon } from "./dom.js";
import { isFewEmoji, richText, summary } from "./entities.js";
import { inlineKeyboard } from "./keyboard.js";
import { album, mediaOf } from "./media.js";
import { serviceLine } from "./service.js";
import { fullName, isMine, senderOf, threadOf } from "./state.js";
import { formatTime, t } from "./texts.js";

// In a forum every plain message "replies" to its topic's creation: that is no quote.
function quoted(message) {
  const target = message.reply_to_message;
  return target && !target.forum_topic_created ? target : null;
}

// messages: one, or the parts of an album. around: what the neighbours are and where the bubble stands.
export function bubble(phone, messages, around) {
  const message = messages[0];
  const line = serviceLine(message);
  if (line) return h("div", { class: "message service", data: { id: message.message_id } }, h("span", {}, line));

  const mine = isMine(message, phone.person.id);
  const sender = senderOf(message);
  const withText = messages.find((one) => one.text !== undefined || one.caption !== undefined) || message;
  const text = withText.text ?? withText.caption ?? "";
  const media = messages.length > 1 ? album(messages) : mediaOf(message);
  const emojiOnly = !media && isFewEmoji(text);
  const keyboard = message.reply_markup?.inline_keyboard;

  const body = h("div", { class: `bubble${emojiOnly ? " is-emoji" : ""}${media ? " has-media" : ""}` },
    around.showSender && !mine && h("div", { class: `sender ${tone(sender)}` }, h("bdi", {}, fullName(sender)), badge(phone, message)),
    around.topic && h("div", { class: "topic-chip" }, around.topic),
    quote(phone, message),
    media,
    text && h("div", { class: "text", dir: "auto" }, richText(text, withText.entities || withText.caption_entities, phone.textActions)),
    !text && !media && h("div", { class: "text is-unknown" }, t("unknownKind")),
    meta(message));

  const element = h("article", {
    class: ["message", mine ? "is-mine" : "is-theirs", around.first ? "is-first" : "", around.last ? "is-last" : "", keyboard ? "has-keyboard" : ""].filter(Boolean).join(" "),
    data: { id: message.message_id, thread: threadOf(message) ?? "" },
    "aria-label": `${fullName(sender)}, ${formatTime(new Date(message.date * 1000))}`,
  });
  for (const part of messages.slice(1)) body.append(h("span", { hidden: true, data: { partId: part.message_id } }));
  if (around.group && !mine) element.append(around.last ? avatar(sender, "small") : h("span", { class: "avatar-space" }));
  element.append(h("div", { class: "stack" }, body, reactions(messages), keyboard && inlineKeyboard(phone, message)), moreButton(phone, message));
  element.addEventListener("contextmenu", (event) => {
    if (event.target.closest("a, img")) return;
    event.preventDefault();
    phone.messageMenu(message, element);
  });
  element.addEventListener("dblclick", (event) => {
    if (!event.target.closest("button, a")) phone.composer.reply(message);
  });
  return element;
}

function badge(phone, message) {
  if (message.sender_chat) return h("span", { class: "badge" }, t("admin"));
  return message.from?.is_bot ? h("span", { class: "badge" }, t("bot")) : null;
}

function quote(phone, message) {
  const target = quoted(message);
  if (!target) return null;
  const current = phone.find(target.message_id);
  const name = fullName(senderOf(target));
  return h("button", { type: "button", class: `quote ${tone(senderOf(target))}`, onclick: () => phone.jumpTo(target.message_id) },
    h("bdi", { class: "quote-name" }, name),
    h("span", { class: "quote-text", dir: "auto" }, message.quote?.text || summary(current || target)));
}

function meta(message) {
  const date = new Date(message.date * 1000);
  return h("div", { class: "meta" },
    message.has_protected_content && h("span", { class: "mark" }, icon("shield"), t("protected")),
    message.silent && h("span", { class: "mark" }, icon("silent"), t("silent")),
    message.edit_date && h("span", { class: "mark edited" }, t("edited")),
    h("time", { datetime: date.toISOString() }, formatTime(date)));
}

function reactions(messages) {
  const list = messages.flatMap((message) => message.reactions || []);
  if (!list.length) return null;
  const counts = new Map();
  for (const one of list) {
    const emoji = one.emoji || one.type?.emoji || one;
    counts.set(emoji, (counts.get(emoji) || 0) + (one.total_count || one.count || 1));
  }
  return h("div", { class: "reactions" }, [...counts].map(([emoji, count]) => h("span", {}, emoji, count > 1 ? ` ${count}` : "")));
}

function moreButton(phone, message) {
  return h("button", {
    type: "button", class: "message-more", "aria-label": t("messageMenu"),
    onclick: (event) => phone.messageMenu(message, event.currentTarget),
  }, icon("menu"));
}
