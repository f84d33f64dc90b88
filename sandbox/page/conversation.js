// The list of messages of a phone, as items for `reconcile`: days, service lines, bubbles, albums as one bubble.
import { h } from "./dom.js";
import { richText } from "./entities.js";
import { bubble } from "./message.js";
import { serviceLine } from "./service.js";
import { senderOf, threadOf } from "./state.js";
import { formatDay, language, t } from "./texts.js";

const GAP = 600; // seconds after which the same sender is named again

export function conversation(phone) {
  const messages = phone.shown();
  if (!messages.length) return [empty(phone)];
  const items = [];
  const groups = grouped(messages);
  let day = "";
  groups.forEach((group, index) => {
    const date = formatDay(new Date(group[0].date * 1000));
    if (date !== day) {
      day = date;
      items.push({ key: `day:${date}:${group[0].message_id}`, signature: date, build: () => h("div", { class: "day" }, h("span", {}, date)) });
    }
    items.push(item(phone, group, groups[index - 1], groups[index + 1]));
  });
  return items;
}

function grouped(messages) {
  const groups = [];
  for (const message of messages) {
    const last = groups[groups.length - 1];
    if (message.media_group_id && last?.[0].media_group_id === message.media_group_id) last.push(message);
    else groups.push([message]);
  }
  return groups;
}

function together(a, b) {
  if (!a || !b || serviceLine(a[0]) || serviceLine(b[0])) return false;
  return senderOf(a[0])?.id === senderOf(b[0])?.id && threadOf(a[0]) === threadOf(b[0]) && b[0].date - a[0].date < GAP;
}

function item(phone, group, before, after) {
  const message = group[0];
  const inGroup = phone.view.kind === "group";
  const first = !together(before, group);
  const last = !together(group, after);
  const around = {
    group: inGroup, first, last,
    showSender: inGroup && first,
    // With all topics in one list each bubble says where it belongs.
    topic: inGroup && phone.thread === null && first ? phone.topicName(threadOf(message)) : "",
  };
  const target = message.reply_to_message && phone.find(message.reply_to_message.message_id);
  return {
    key: `message:${message.message_id}`,
    signature: JSON.stringify([group, around, language(), target?.text ?? target?.caption]),
    build: () => bubble(phone, group, around),
  };
}

function empty(phone) {
  const bot = phone.view.kind === "private" ? phone.view.bot : null;
  const description = bot?.description || bot?.short_description || "";
  return {
    key: "empty", signature: JSON.stringify([phone.view.key, language(), description]),
    build: () => h("div", { class: "empty-chat" }, description
      ? [h("strong", {}, t("botHello")), h("p", { dir: "auto" }, richText(description))]
      : h("p", {}, t("noMessages"))),
  };
}
