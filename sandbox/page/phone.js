// One phone: whose it is, which chat it shows, and everything on its screen.
import { Composer } from "./composer.js";
import { chatList } from "./chatlist.js";
import { chatMenu, messageMenu } from "./menus.js";
import { fill, h, icon, reconcile } from "./dom.js";
import { summary } from "./entities.js";
import { followText } from "./links.js";
import { avatar } from "./message.js";
import { openMenu, showAlert, showToast } from "./overlay.js";
import { fullName, threadOf } from "./state.js";
import { formatTime, t } from "./texts.js";
import { conversation } from "./conversation.js";

export class Phone {
  constructor(world, person, { chat, title, onClose }) {
    this.world = world;
    this.person = person;
    this.title = title;
    this.onClose = onClose;
    this.view = null;
    this.thread = null; // null: all topics; 0: General
    this.seen = new Map(); // chat → how many messages were seen, for the unread counts
    this.textActions = {
      link: (url) => followText(this, url),
      command: (text) => this.composer.say(text),
    };
    this.composer = new Composer(this);
    this.build();
    this.openChat(chat, { quiet: true });
  }

  build() {
    const name = fullName(this.person);
    this.label = h("div", { class: "phone-label" });
    this.clock = h("span", { class: "phone-time" });
    this.head = h("header", { class: "phone-head" });
    this.topics = h("div", { class: "topics", role: "tablist", "aria-label": t("topics"), hidden: true });
    this.pin = h("div", { class: "pin-bar", hidden: true });
    this.list = h("div", {
      class: "messages", role: "log", tabindex: "0", "aria-label": t("messages"), "aria-live": "off", onscroll: () => this.scrolled(),
    });
    this.chats = h("div", { class: "chat-list", hidden: true });
    this.jump = h("button", { type: "button", class: "jump-down", hidden: true, onclick: () => this.toEnd(true) }, icon("down"), h("span"));
    this.middle = h("div", { class: "phone-middle" }, this.list, this.jump);
    this.screen = h("div", { class: "screen" },
      h("div", { class: "phone-status", "aria-hidden": "true" }, this.clock, h("span", { class: "phone-signal" })),
      this.head, this.topics, this.pin, this.middle, this.composer.element, this.chats);
    this.element = h("section", { class: "phone", data: { person: this.person.id }, "aria-label": t("phoneOf", { name }) },
      this.label, h("div", { class: "frame" }, this.screen));
    this.drawLabel();
  }

  // After a change of the page's language everything with words in it is made anew; drafts live on.
  rebuild() {
    const { element, thread, view } = this;
    this.composer.keep();
    this.composer.build();
    this.build();
    element.replaceWith(this.element);
    this.view = view;
    this.thread = thread;
    this.composer.restore();
    this.update();
    this.toEnd();
  }

  drawLabel() {
    fill(this.label, avatar(this.person, "small"),
      h("div", { class: "phone-whose" }, h("bdi", {}, fullName(this.person)), this.title && h("small", {}, this.title)),
      h("button", { type: "button", class: "round", "aria-label": t("closePhone"), title: t("closePhone"), onclick: () => this.onClose(this) }, icon("close")));
  }

  // chat: a bot's id, a group's id, or nothing for the first one there is.
  openChat(chat, { quiet } = {}) {
    this.composer.keep();
    this.pending = chat; // a group that was only just made may come with the next state
    const views = this.world.viewsOf(this.person.id);
    this.view = views.find((view) => view.apiChat === chat) || views[0] || null;
    this.thread = null;
    this.chats.hidden = true;
    this.composer.restore();
    this.update();
    this.toEnd();
    if (!quiet) this.composer.field.focus({ preventScroll: true });
  }

  showChats() {
    this.chats.hidden = false;
    this.drawChats();
    this.chats.querySelector("button")?.focus({ preventScroll: true });
  }

  update() {
    const views = this.world.viewsOf(this.person.id);
    const wanted = this.pending ?? this.view?.apiChat;
    this.view = views.find((view) => view.apiChat === wanted) || views.find((view) => view.key === this.view?.key)
      || views.find((view) => view.chat?.migrate_from === wanted) || views[0] || null;
    if (this.view?.apiChat === this.pending) this.pending = null;
    this.person = this.world.person(this.person.id) || this.person;
    if (!this.view) return;
    const atEnd = this.atEnd;
    this.tick();
    this.drawHead(views);
    this.drawTopics();
    this.drawPin();
    reconcile(this.list, conversation(this));
    this.composer.update();
    if (!this.chats.hidden) this.drawChats();
    this.follow(atEnd);
  }

  tick() {
    this.clock.textContent = formatTime(this.world.now());
  }

  // --- what is shown -----------------------------------------------------------------------------------------------

  messages() {
    return this.view?.chat?.messages || [];
  }

  shown() {
    if (this.thread === null) return this.messages();
    return this.messages().filter((message) => (threadOf(message) ?? 0) === this.thread);
  }

  find(id) {
    return this.messages().find((message) => message.message_id === id);
  }

  keyboard() {
    return this.world.keyboardFor(this.view, this.person.id);
  }

  topicName(id = this.thread) {
    if (!id) return "";
    return this.view?.chat?.topics?.find((topic) => topic.thread_id === id)?.name || "";
  }

  // Where a message written now goes: into the open topic, else to the topic of what it replies to.
  threadField(reply) {
    const thread = this.thread || (reply && threadOf(reply));
    return thread ? { thread } : {};
  }

  drawHead(views) {
    const { view } = this;
    const unread = views.reduce((sum, one) => sum + (one.key === view.key ? 0 : this.unread(one)), 0);
    const about = view.kind === "private" ? t("bot") : t("members", { n: view.chat.members.length });
    const typing = this.typingText();
    const signature = JSON.stringify([view.key, view.title, unread, about, typing, views.length]);
    if (this.head.signature === signature) return;
    this.head.signature = signature;
    const focused = this.head.contains(document.activeElement) ? document.activeElement.className : null;
    fill(this.head,
      h("button", { type: "button", class: "round open-chats", "aria-label": unread ? `${t("chats")}, ${t("unread", { n: unread })}` : t("chats"), title: t("chats"), onclick: () => this.showChats() },
        icon("back"), unread > 0 && h("span", { class: "count" }, unread)),
      avatar(view.kind === "private" ? { ...view.bot, is_bot: true } : view.chat),
      h("div", { class: "head-text" }, h("h2", {}, h("bdi", {}, view.title)), h("span", { class: typing ? "is-typing" : "" }, typing || about)),
      h("button", { type: "button", class: "round open-menu", "aria-label": t("phoneMenu"), title: t("phoneMenu"), onclick: (event) => chatMenu(this, event.currentTarget) }, icon("menu")));
    if (focused) this.head.querySelector(`.${focused.split(" ").join(".")}`)?.focus({ preventScroll: true });
  }

  typingText() {
    const texts = { upload_photo: "sendingPhoto", record_voice: "sendingVoice", upload_voice: "sendingVoice", upload_document: "sendingFile", upload_video: "sendingFile" };
    for (const { chat, action, who } of this.world.typing.values()) {
      const here = this.view.kind === "private" ? chat === this.person.id && who === this.view.bot.id : chat === this.view.apiChat;
      if (here) return t(texts[action] || "typing");
    }
    return "";
  }

  drawTopics() {
    const { chat, kind } = this.view;
    const forum = kind === "group" && chat.is_forum;
    this.topics.hidden = !forum;
    if (!forum) {
      this.thread = null;
      return;
    }
    const topics = [{ thread_id: null, name: t("allTopics") }, { thread_id: 0, name: t("general") },
      ...(chat.topics || []).filter((topic) => !topic.deleted && topic.thread_id !== 1)];
    if (!topics.some((topic) => topic.thread_id === this.thread)) this.thread = null;
    const signature = JSON.stringify([topics, this.thread]);
    if (this.topics.signature === signature) return;
    this.topics.signature = signature;
    fill(this.topics, topics.map((topic, index) => h("button", {
      type: "button", role: "tab", class: `topic ${topic.thread_id ? `tone-${index % 7}` : ""}`, data: { thread: topic.thread_id ?? "all" },
      "aria-selected": String(topic.thread_id === this.thread), onclick: () => this.openThread(topic.thread_id),
    }, topic.thread_id ? h("i", { class: "dot" }) : null, h("bdi", {}, topic.name), topic.closed && h("small", {}, t("closed")))));
  }

  openThread(thread) {
    this.thread = thread;
    this.update();
    this.topics.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest", inline: "center" });
    this.toEnd();
  }

  drawPin() {
    const pinned = this.view.chat?.pinned_message;
    const id = pinned?.message_id ?? pinned;
    const message = id && (this.find(id) || pinned);
    this.pin.hidden = !message?.message_id;
    if (this.pin.hidden) return;
    fill(this.pin, icon("pin"), h("button", { type: "button", onclick: () => this.jumpTo(id) },
      h("strong", {}, t("pinned")), h("span", { dir: "auto" }, summary(message))));
  }

  // --- scrolling ---------------------------------------------------------------------------------------------------

  get atEnd() {
    return this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 60;
  }

  // New messages are followed unless the person has scrolled up to read.
  follow(wasAtEnd) {
    const count = this.shown().length;
    const grown = count - (this.count ?? count);
    this.count = count;
    if (wasAtEnd || this.following) this.toEnd();
    else if (grown > 0) {
      this.missed = (this.missed || 0) + grown;
      this.jump.hidden = false;
      this.jump.lastChild.textContent = t("newMessages", { n: this.missed });
    }
    if (this.chats.hidden) this.seen.set(this.view.key, this.messages().length);
  }

  toEnd(smooth = false) {
    this.missed = 0;
    this.jump.hidden = true;
    this.list.scrollTo({ top: this.list.scrollHeight, behavior: smooth ? "smooth" : "instant" });
    // Pictures get their height late in some browsers; the end is the end also then.
    requestAnimationFrame(() => this.list.scrollTo({ top: this.list.scrollHeight, behavior: "instant" }));
  }

  scrolled() {
    if (this.atEnd && !this.jump.hidden) this.toEnd();
  }

  jumpTo(id) {
    const message = this.find(id);
    if (!message) return this.toast(t("deleted"));
    if (this.thread !== null && (threadOf(message) ?? 0) !== this.thread) this.openThread(null);
    const target = this.list.querySelector(`[data-id="${id}"]`) || this.list.querySelector(`[data-part-id="${id}"]`)?.closest(".message");
    target?.scrollIntoView({ block: "center", behavior: "smooth" });
    target?.classList.add("is-target");
    window.setTimeout(() => target?.classList.remove("is-target"), 1600);
    return undefined;
  }

  unread(view) {
    return Math.max(0, (view.chat?.messages.length || 0) - (this.seen.get(view.key) ?? view.chat?.messages.length ?? 0));
  }

  // Messages present when the phone appears count as read.
  markRead() {
    for (const view of this.world.viewsOf(this.person.id)) if (!this.seen.has(view.key)) this.seen.set(view.key, view.chat?.messages.length || 0);
  }

  drawChats() {
    fill(this.chats, chatList(this));
  }

  // --- what happens ------------------------------------------------------------------------------------------------

  toast(text, options) {
    showToast(this.middle, text, options);
  }

  alert(text) {
    showAlert(this.screen, this.view?.bot ? fullName(this.view.bot) : t("title"), text);
  }

  // Runs a request; a refusal is told on this phone in the sandbox's own words. Answers null then.
  async attempt(request) {
    try {
      return (await request()) ?? {};
    } catch (error) {
      this.toast(error.message, { bad: true });
      return null;
    }
  }

  awaitAnswer(button) {
    this.answered();
    this.waiting = button;
    button.classList.add("is-waiting");
    this.waitingTimer = window.setTimeout(() => this.answered(), 10000);
  }

  answered() {
    window.clearTimeout(this.waitingTimer);
    this.waiting?.classList.remove("is-waiting");
    this.waiting = null;
  }

  callbackAnswer({ text, show_alert: alert, url }) {
    this.answered();
    if (url) followText(this, url);
    if (!text) return;
    if (alert) this.alert(text);
    else this.toast(text);
  }

  foldKeyboard(always = false) {
    this.composer.fold(always);
  }

  menu(anchor, items) {
    openMenu(this.screen, anchor, items);
  }

  messageMenu(message, anchor) {
    messageMenu(this, message, anchor);
  }
}
