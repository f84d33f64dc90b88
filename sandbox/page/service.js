// Service messages: what happened in a chat, in a line at its middle.
import { summary } from "./entities.js";
import { fullName, senderOf } from "./state.js";
import { t } from "./texts.js";

const names = (users) => users.map((user) => fullName(user)).join(", ");

// Returns the line, or null for an ordinary message.
export function serviceLine(message) {
  const name = fullName(senderOf(message));
  if (message.forum_topic_created) return t("sTopicCreated", { name, topic: message.forum_topic_created.name });
  if (message.forum_topic_edited) return t("sTopicEdited", { name, topic: message.forum_topic_edited.name ?? "" });
  if (message.forum_topic_closed) return t("sTopicClosed", { name });
  if (message.forum_topic_reopened) return t("sTopicReopened", { name });
  if (message.new_chat_members) {
    const alone = message.new_chat_members.length === 1 && message.new_chat_members[0].id === message.from?.id;
    return alone ? t("sJoined", { name }) : t("sAdded", { name, who: names(message.new_chat_members) });
  }
  if (message.left_chat_member) {
    if (message.left_chat_member.id === message.from?.id) return t("sLeft", { name });
    return t("sRemoved", { name, who: fullName(message.left_chat_member) });
  }
  if (message.pinned_message) return t("sPinned", { name, text: shorten(summary(message.pinned_message)) });
  if (message.group_chat_created || message.supergroup_chat_created) {
    return t("sGroupCreated", { name, title: message.chat.title });
  }
  if (message.new_chat_title) return t("sTitle", { name, title: message.new_chat_title });
  if (message.migrate_to_chat_id || message.migrate_from_chat_id) return t("sUpgradedTo");
  if (message.users_shared) {
    return t("sShared", { name, who: message.users_shared.users.map((user) => fullName(user) || user.user_id).join(", ") });
  }
  if (message.chat_shared) return t("sShared", { name, who: message.chat_shared.title || message.chat_shared.chat_id });
  return null;
}

function shorten(text) {
  const line = text.replace(/\s+/g, " ");
  return line.length > 40 ? `${line.slice(0, 40)}…` : line;
}
