// One phone: whose it is, which chat it shows, and everything on its screen.
import { Composer } from "./composer.js";
import { chatList } from "./chatlist.js";
import { messageMenu } from "./menus.js";
import { fill, h, icon, reconcile } from "./dom.js";
import { followText } from "./links.js";
import { avatar } from "./avatar.js";
import { drawHead, drawPin, drawTopics } from "./phonehead.js";
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
    this.anonymous = false; // writes in groups as an anonymous administrator
    this.thread = null; // null: all topics; 0: General
    this.seen = new Map(); // chat → how many messages were seen, for the unread counts
    this.textActions = {
      link: (url) => followText(this, url),
      command: (text) => this.attempt(() => this.composer.say(text)),
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
    // A screen reader tells what arrives on the phone in use, not on all of them at once.
    this.element.addEventListener("focusin", () => this.list.setAttribute("aria-live", "polite"));
    this.element.addEventListener("focusout", () => this.list.setAttribute("aria-live", "off"));
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
    drawHead(this, views);
    drawTopics(this);
    drawPin(this);
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

  // From whom and to where a message goes: into the open topic, else to the topic of what it replies to.
  address(reply) {
    const thread = this.thread || (reply && threadOf(reply));
    return {
      from: this.person.id,
      chat: this.view.apiChat,
      ...(thread ? { thread } : {}),
      ...(reply ? { reply_to: reply.message_id } : {}),
    };
  }

  openThread(thread) {
    this.thread = thread;
    this.update();
    this.topics.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest", inline: "center" });
    this.toEnd();
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
      // fetch's own words for "no server" differ from browser to browser and say little.
      this.toast(error instanceof TypeError ? t("lost") : error.message, { bad: true });
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
