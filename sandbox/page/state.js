// What the page knows of the sandbox's world: the answer of /api/state, kept up to date by events.
// Nothing here draws; whoever draws listens to "change".

const sameMessage = (a, b) => a.message_id === b.message_id;

export class World extends EventTarget {
  constructor() {
    super();
    this.replace({});
  }

  // A new state replaces everything: after a restart of the server nothing of the old world may stay on the screen.
  replace(state) {
    this.clock = state.clock || { now: new Date().toISOString(), offset: 0, version: 0 };
    this.clockReadAt = performance.now();
    this.bots = state.bots || [];
    this.people = state.people || [];
    this.chats = state.chats || [];
    this.defaultPhones = state.phones || [];
    this.story = state.story || null;
    this.places = state.places || null;
    this.panel = state.panel || null;
    this.typing = new Map();
    this.changed();
  }

  changed() {
    this.dispatchEvent(new Event("change"));
  }

  tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  // Returns false for an event that only a fresh state can explain; the caller then reads it.
  apply(event) {
    switch (event.type) {
      case "message":
      case "edit":
        return this.#message(event);
      case "delete":
        return this.#deleted(event);
      case "clock":
        this.clock = { ...this.clock, ...(event.clock || event) };
        this.clockReadAt = performance.now();
        this.changed();
        return true;
      case "action":
        this.#typing(event);
        return true;
      case "callback_answer":
        this.tell("callback_answer", event);
        return true;
      case "story":
        this.story = { ...(this.story || {}), ...(event.story || event) };
        this.tell("story", this.story);
        return true;
      case "panel":
        this.panel = event;
        this.tell("panel", event);
        return true;
      case "call":
        return true; // of interest to those who watch the bot; nothing here is drawn from it
      default:
        return false;
    }
  }

  #message({ type, message, chat, bot, keyboard }) {
    const id = message?.chat?.id ?? chat;
    const found = this.chats.find((one) => one.id === id && (bot === undefined || one.bot === undefined || one.bot === bot));
    if (!found || !message || message.pinned_message || message.new_chat_members || keyboard) return false;
    const index = found.messages.findIndex((one) => sameMessage(one, message));
    if (index >= 0) found.messages[index] = message;
    else if (type === "message") found.messages.push(message);
    this.typing.delete(this.typingKey(id, message.from?.id));
    this.changed();
    if (type === "message") this.tell("arrived", { chat: found, message });
    return true;
  }

  #deleted({ chat, message_id: id, messages, bot }) {
    const found = this.chats.find((one) => one.id === chat && (bot === undefined || one.bot === undefined || one.bot === bot));
    if (!found) return false;
    const gone = new Set([id, ...(messages || [])]);
    found.messages = found.messages.filter((one) => !gone.has(one.message_id));
    this.changed();
    return true;
  }

  typingKey(chat, who) {
    return `${chat}:${who}`;
  }

  // Telegram shows an action for five seconds or until the message comes.
  #typing({ chat, action, from, bot }) {
    const who = from?.id ?? from ?? bot ?? this.bots[0]?.id;
    const key = this.typingKey(chat, who);
    const entry = { chat, action, who };
    this.typing.set(key, entry);
    this.changed();
    window.setTimeout(() => {
      if (this.typing.get(key) !== entry) return;
      this.typing.delete(key);
      this.changed();
    }, 5000);
  }

  now() {
    return new Date(Date.parse(this.clock.now) + (performance.now() - this.clockReadAt));
  }

  person(id) {
    return this.people.find((person) => person.id === id);
  }

  user(id) {
    return this.person(id) || this.bots.find((bot) => bot.id === id);
  }

  chat(id) {
    return this.chats.find((chat) => chat.id === id);
  }

  // What one person can open: a private chat with every bot (also one never started) and their groups.
  viewsOf(personId) {
    const views = this.bots.map((bot) => {
      const chat = this.chats.find(
        (one) => one.id === personId && (one.bot === undefined || one.bot === null || one.bot === bot.id),
      );
      return { key: `bot:${bot.id}`, kind: "private", apiChat: bot.id, bot, chat, title: fullName(bot) };
    });
    for (const chat of this.chats) {
      if (chat.id > 0 || chat.type === "private" || chat.migrated_to) continue;
      if (!(chat.members || []).includes(personId)) continue;
      const bot = this.bots.find((one) => chat.members.includes(one.id));
      views.push({ key: `group:${chat.id}`, kind: "group", apiChat: chat.id, bot, chat, title: chat.title });
    }
    return views;
  }

  // The reply keyboard or ForceReply that a person has in a chat now: {markup, messageId}.
  keyboardFor(view, personId) {
    const given = view?.chat?.keyboards?.[personId];
    if (!given) return null;
    return { markup: given.markup ?? given, messageId: given.message_id ?? given.messageId };
  }

  // The most specific list a bot has set, as Telegram chooses it: narrow scope before wide, and in each the person's
  // language before none.
  commandsFor(view, person) {
    const lists = view?.bot?.command_lists;
    if (!lists) return view?.bot?.commands || [];
    const chat = view.chat?.id;
    const isAdmin = view.chat?.admins?.includes(person.id);
    const scopes = view.kind === "private"
      ? [{ type: "chat", chat_id: chat }, { type: "all_private_chats" }, { type: "default" }]
      : [{ type: "chat_member", chat_id: chat, user_id: person.id },
        isAdmin && { type: "chat_administrators", chat_id: chat }, { type: "chat", chat_id: chat },
        isAdmin && { type: "all_chat_administrators" }, { type: "all_group_chats" }, { type: "default" }].filter(Boolean);
    const fits = (wanted, given) => Object.entries(wanted).every(([name, value]) => String(given[name]) === String(value));
    const language = (person.language_code || "").slice(0, 2).toLowerCase();
    for (const scope of scopes) {
      for (const code of new Set([language, ""])) {
        const found = lists.find((one) => fits(scope, one.scope) && (one.language_code || "") === code);
        if (found?.commands.length) return found.commands;
      }
    }
    return [];
  }

  isBlocked(view, personId) {
    const blocked = view?.chat?.blocked ?? this.person(personId)?.blocked;
    return Array.isArray(blocked) ? blocked.includes(view.bot.id) : Boolean(blocked);
  }
}

export function fullName(user) {
  if (!user) return "";
  return user.title || [user.first_name, user.last_name].filter(Boolean).join(" ") || user.username || String(user.id);
}

// Who is shown above a bubble: an anonymous administrator or a channel speaks as a chat, not as a person.
export function senderOf(message) {
  return message.sender_chat || message.from || message.chat;
}

export function isMine(message, personId) {
  return (message.author ?? message.from?.id) === personId;
}

// Topic of a message; plain replies in a group without topics also carry a thread, which is none.
export function threadOf(message) {
  return message.is_topic_message ? message.message_thread_id : undefined;
}
