// Links to bots (t.me/<bot>?start=…, ?startgroup=…&admin=…) and to messages (t.me/c/<chat>/<message>) are followed inside
// the sandbox; all others leave it.
import { post } from "./api.js";
import { askGroup } from "./asking.js";
import { h } from "./dom.js";
import { openSheet } from "./overlay.js";
import { t } from "./texts.js";

const KNOWN_RIGHTS = new Set([
  "manage_topics", "delete_messages", "pin_messages", "invite_users", "restrict_members", "promote_members",
  "change_info", "manage_chat", "manage_video_chats",
]);

function readLink(url) {
  try {
    const link = new URL(url);
    return link.protocol === "tg:" || ["t.me", "telegram.me"].includes(link.hostname) ? link : null;
  } catch {
    return null;
  }
}

export function parseBotLink(url, bots) {
  const link = readLink(url);
  if (!link) return null;
  const inTelegram = link.protocol === "tg:";
  const username = inTelegram ? link.searchParams.get("domain") : link.pathname.slice(1).split("/")[0];
  const bot = bots.find((one) => one.username?.toLowerCase() === username?.toLowerCase());
  if (!bot) return null;
  const rights = (link.searchParams.get("admin") || "").split(/[ +]/).filter((right) => KNOWN_RIGHTS.has(right));
  return {
    bot, rights,
    start: link.searchParams.get("start"),
    toGroup: link.searchParams.has("startgroup"),
    startgroup: link.searchParams.get("startgroup"),
  };
}

// t.me/c/<supergroup>/[<topic>/]<message>, or tg://privatepost?channel=…&post=…: a message of a group of this world.
export function parseMessageLink(url, chats) {
  const link = readLink(url);
  if (!link) return null;
  const path = link.protocol === "tg:"
    ? (/privatepost/.test(url) ? ["c", link.searchParams.get("channel"), link.searchParams.get("post")] : [])
    : link.pathname.split("/").filter(Boolean);
  if (path[0] !== "c" || path.length < 3) return null;
  const chat = Number(`-100${path[1]}`);
  return chats.some((one) => one.id === chat) ? { chat, message: Number(path[path.length - 1]) } : null;
}

// As in Telegram: only members are shown a group's messages.
function followMessage(phone, { chat, message }) {
  if (!phone.world.viewsOf(phone.person.id).some((view) => view.apiChat === chat)) return phone.toast(t("notAMember"));
  phone.openChat(chat);
  return phone.jumpTo(message);
}

// A url button under a message.
export async function followButton(phone, message, button) {
  const shown = parseMessageLink(button.url, phone.world.chats);
  if (shown) return followMessage(phone, shown);
  const link = parseBotLink(button.url, phone.world.bots);
  if (!link) return offer(phone, button.url);
  const body = { from: phone.person.id, chat: phone.view.apiChat, message: message.message_id, label: button.text };
  if (link.toGroup) {
    const group = await askGroup(phone, link.rights);
    if (group === null) return undefined;
    if (await phone.attempt(() => post("press", { ...body, group }))) phone.openChat(group);
    return undefined;
  }
  if (await phone.attempt(() => post("press", body))) phone.openChat(link.bot.id);
  return undefined;
}

// A link in a text. True when it was taken care of here.
export function followText(phone, url) {
  const shown = parseMessageLink(url, phone.world.chats);
  if (shown) {
    followMessage(phone, shown);
    return true;
  }
  const link = parseBotLink(url, phone.world.bots);
  if (!link) return false;
  if (link.toGroup) {
    startInGroup(phone, link);
  } else {
    phone.attempt(() => post("start", { from: phone.person.id, bot: link.bot.id, ...(link.start ? { payload: link.start } : {}) }));
    phone.openChat(link.bot.id);
  }
  return true;
}

async function startInGroup(phone, link) {
  const group = await askGroup(phone, link.rights);
  if (group === null) return;
  const rights = Object.fromEntries(link.rights.map((right) => [`can_${right}`, true]));
  const added = await phone.attempt(() => post("group/add", { chat: group, user: link.bot.id, by: phone.person.id, rights }));
  if (!added) return;
  if (link.startgroup) {
    await phone.attempt(() => post("say", { from: phone.person.id, chat: group, text: `/start@${link.bot.username} ${link.startgroup}` }));
  }
  phone.openChat(group);
}

// As in Telegram: where a link leads is shown before it is opened.
function offer(phone, url) {
  openSheet(phone.screen, t("openLink"), (close) => [
    h("p", { class: "sheet-strong is-url" }, url),
    h("a", { class: "primary wide as-button", href: /^https?:/i.test(url) ? url : "#", target: "_blank", rel: "noopener noreferrer", onclick: close }, t("open")),
  ]);
}
