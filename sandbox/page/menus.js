// The menus of a message and of a chat.
import { post } from "./api.js";
import { h } from "./dom.js";
import { groupMenu } from "./groups.js";
import { openSheet } from "./overlay.js";
import { isMine } from "./state.js";
import { t } from "./texts.js";

const REACTIONS = ["👍", "❤", "🔥", "🎉", "🙏", "👎", "😢", "🤔"];
const CAPTIONED = ["photo", "video", "voice", "audio", "document"];

export function messageMenu(phone, message, anchor) {
  const mine = isMine(message, phone.person.id);
  const text = message.text ?? message.caption;
  const editable = message.text !== undefined || CAPTIONED.some((kind) => message[kind]);
  const chat = phone.view.chat;
  const pinned = chat?.pinned?.includes(message.message_id);
  const mayPin = phone.view.kind === "private" || chat?.admins?.includes(phone.person.id);
  phone.menu(anchor, [
    { id: "reply", label: t("reply"), icon: "reply", run: () => phone.composer.reply(message) },
    mine && editable && { id: "edit", label: t("edit"), icon: "edit", run: () => phone.composer.edit(message) },
    text && !message.has_protected_content && { id: "copy", label: t("copy"), icon: "copy", run: () => copy(phone, text) },
    { id: "react", label: t("react"), icon: "smile", run: () => react(phone, message) },
    mayPin && { id: "pin", label: t(pinned ? "unpin" : "pin"), icon: "pin", run: () => act(phone, message, "pin", { on: !pinned }) },
    mine && { id: "delete", label: t("deleteMessage"), icon: "trash", danger: true, run: () => act(phone, message, "delete") },
  ]);
}

async function copy(phone, text) {
  try {
    await navigator.clipboard.writeText(text);
    phone.toast(t("copied"));
  } catch (error) {
    phone.toast(error.message, { bad: true });
  }
}

function act(phone, message, action, more = {}) {
  const where = { from: phone.person.id, chat: phone.view.apiChat, message: message.message_id };
  return phone.attempt(() => post(action, { ...where, ...more }));
}

function react(phone, message) {
  const choose = (close, emoji) => () => {
    close();
    act(phone, message, "react", { emoji });
  };
  openSheet(phone.screen, t("react"), (close) => h("div", {}, h("div", { class: "reaction-choice" },
    REACTIONS.map((emoji) => h("button", { type: "button", data: { emoji }, onclick: choose(close, emoji) }, emoji))),
  h("button", { type: "button", class: "choice", data: { emoji: "none" }, onclick: choose(close, null) }, t("noReaction"))), { name: "react" });
}

export function chatMenu(phone, anchor) {
  const { view, person, world } = phone;
  if (view.kind === "group") return phone.menu(anchor, groupMenu(phone));
  const blocked = world.isBlocked(view, person.id);
  return phone.menu(anchor, [
    { id: "commands", label: t("commands"), icon: "slash", run: () => phone.composer.showCommands() },
    {
      id: "block", label: t(blocked ? "unblockBot" : "blockBot"), icon: "blocked", danger: !blocked,
      run: () => phone.attempt(() => post(blocked ? "unblock" : "block", { from: person.id, bot: view.bot.id })),
    },
  ]);
}
