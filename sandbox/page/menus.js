// The menus of a message and of a chat.
import { post } from "./api.js";
import { groupMenu } from "./groups.js";
import { isMine } from "./state.js";
import { t } from "./texts.js";

export function messageMenu(phone, message, anchor) {
  const mine = isMine(message, phone.person.id);
  const text = message.text ?? message.caption;
  phone.menu(anchor, [
    { id: "reply", label: t("reply"), icon: "reply", run: () => phone.composer.reply(message) },
    mine && text !== undefined && { id: "edit", label: t("edit"), icon: "edit", run: () => phone.composer.edit(message) },
    text && !message.has_protected_content && { id: "copy", label: t("copy"), icon: "copy", run: () => copy(phone, text) },
    mine && { id: "delete", label: t("deleteMessage"), icon: "trash", danger: true, run: () => remove(phone, message) },
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

function remove(phone, message) {
  return phone.attempt(() => post("delete", { from: phone.person.id, chat: phone.view.apiChat, message: message.message_id }));
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
