// Making and changing groups: members, administrators, topics.
import { post } from "./api.js";
import { ask, choosePeople } from "./asking.js";
import { h } from "./dom.js";
import { fullName } from "./state.js";
import { t } from "./texts.js";

const STAFF_RIGHTS = ["manage_topics", "delete_messages", "pin_messages"];

export function groupMenu(phone) {
  const { view, world } = phone;
  const { chat } = view;
  const by = phone.person.id;
  const bot = world.bots[0];
  const hasBot = chat.members.includes(bot?.id);
  const topic = phone.thread ? phone.topicName() : "";
  const request = (path, body) => phone.attempt(() => post(path, { chat: chat.id, by, ...body }));
  const choose = async (people, title, run) => {
    const ids = await choosePeople(phone, people, 1, title);
    if (ids) run(ids[0]);
  };
  const inside = [...world.people, ...world.bots].filter((user) => chat.members.includes(user.id));
  const outside = [...world.people, ...world.bots].filter((user) => !chat.members.includes(user.id));

  return [
    chat.is_forum && { id: "new-topic", label: t("newTopic"), icon: "plus", run: () => newTopic(phone) },
    topic && { id: "close-topic", label: t("closeTopic", { topic }), icon: "shield", run: () => request("topic/close", { thread: phone.thread }) },
    topic && {
      id: "delete-topic", label: t("deleteTopic", { topic }), icon: "trash", danger: true,
      run: () => request("topic/delete", { thread: phone.thread }),
    },
    !hasBot && bot && {
      id: "add-bot", label: t("addBot", { name: fullName(bot) }), icon: "bot",
      run: () => request("group/add", { user: bot.id, rights: rights(STAFF_RIGHTS) }),
    },
    { id: "add", label: t("addMember"), icon: "people", run: () => choose(outside, t("addMember"), (user) => request("group/add", { user })) },
    {
      id: "promote", label: t("promote"), icon: "check",
      run: () => choose(inside, t("promote"), (user) => request("group/promote", { user, rights: rights(STAFF_RIGHTS) })),
    },
    { id: "remove", label: t("removeMember"), icon: "close", run: () => choose(inside, t("removeMember"), (user) => request("group/remove", { user })) },
    { id: "anonymous", label: t(phone.anonymous ? "namedAdmin" : "anonymousAdmin"), icon: "person", run: () => {
      phone.anonymous = !phone.anonymous;
      phone.composer.update();
    } },
    { id: "forum", label: t(chat.is_forum ? "forumOff" : "forumOn"), icon: "menu", run: () => request("group/forum", { on: !chat.is_forum }) },
    chat.type === "group" && { id: "upgrade", label: t("upgrade"), icon: "people", run: () => request("group/upgrade", {}) },
  ];
}

function rights(names) {
  return Object.fromEntries(names.map((name) => [`can_${name}`, true]));
}

async function newTopic(phone) {
  const name = await ask(phone, t("newTopic"), (answer) => {
    const field = h("input", { type: "text", maxlength: 128, "aria-label": t("topicName"), placeholder: t("topicName"), autofocus: true, dir: "auto" });
    return h("form", { class: "sheet-form", onsubmit: (event) => {
      event.preventDefault();
      if (field.value.trim()) answer(field.value.trim());
    } }, field, h("button", { type: "submit", class: "primary wide" }, t("create")));
  }, "topic");
  if (name) await phone.attempt(() => post("topic/create", { chat: phone.view.chat.id, name, by: phone.person.id }));
}

export async function newGroup(phone) {
  const made = await ask(phone, t("newGroup"), (answer) => {
    const title = h("input", { type: "text", maxlength: 128, value: t("groupDefault"), "aria-label": t("groupName"), dir: "auto" });
    const topics = h("input", { type: "checkbox", checked: true });
    const others = phone.world.people.filter((person) => person.id !== phone.person.id)
      .map((person) => ({ person, box: h("input", { type: "checkbox" }) }));
    return h("form", { class: "sheet-form", onsubmit: (event) => {
      event.preventDefault();
      const members = [phone.person.id, ...others.filter(({ box }) => box.checked).map(({ person }) => person.id)];
      answer({ title: title.value.trim() || t("groupDefault"), members, forum: topics.checked, supergroup: topics.checked });
    } },
    h("label", {}, t("groupName"), title),
    h("label", { class: "check" }, topics, t("withTopics")),
    others.map(({ person, box }) => h("label", { class: "check" }, box, h("bdi", {}, fullName(person)))),
    h("button", { type: "submit", class: "primary wide" }, t("create")));
  }, "new-group");
  if (!made) return;
  const chat = await phone.attempt(() => post("groups", made));
  if (chat) phone.openChat(chat.id);
}

