// The lower edge of a phone: text field, reply and edit bar, command list, reply keyboard, START.
import { attachSheet } from "./attach.js";
import { post } from "./api.js";
import { fill, h, icon } from "./dom.js";
import { summary } from "./entities.js";
import { replyKeyboard } from "./keyboard.js";
import { openSheet } from "./overlay.js";
import { fullName, isMine, senderOf } from "./state.js";
import { t } from "./texts.js";

export class Composer {
  constructor(phone) {
    this.phone = phone;
    this.drafts = new Map(); // chat → {text, reply, edit}: changing the chat must not lose a half-written line
    this.folded = new Map(); // chat → the keyboard that was folded away
    this.forced = null; // the ForceReply already taken up, so that closing its bar is respected
    this.build();
  }

  build() {
    this.bar = h("div", { class: "compose-bar", hidden: true });
    this.field = h("textarea", {
      rows: 1, "aria-label": t("writeMessage"), placeholder: t("message"), dir: "auto", data: { testid: "composer-text" },
      oninput: () => this.grow(), onkeydown: (event) => this.key(event),
    });
    this.commands = this.tool("slash", "commands", () => this.showCommands());
    this.toggle = this.tool("keyboard", "hideKeyboard", () => this.phone.foldKeyboard());
    this.attachment = this.tool("attach", "attach", () => attachSheet(this.phone));
    this.submit = h("button", { type: "submit", class: "round send", "aria-label": t("send") }, icon("send"));
    this.form = h("form", { class: "compose-row", onsubmit: (event) => {
      event.preventDefault();
      this.send();
    } }, this.attachment, this.field, this.commands, this.toggle, this.submit);
    this.keys = h("div", { class: "keys" });
    this.element = h("div", { class: "composer" }, this.bar, this.form, this.keys);
  }

  tool(name, text, run) {
    return h("button", { type: "button", class: `round tool-${name}`, "aria-label": t(text), title: t(text), onclick: run }, icon(name));
  }

  draft() {
    const key = this.phone.view?.key;
    if (!this.drafts.has(key)) this.drafts.set(key, { text: "", reply: null, edit: null });
    return this.drafts.get(key);
  }

  // Called before another chat is shown, and after.
  keep() {
    if (this.phone.view) this.draft().text = this.field.value;
  }

  restore() {
    this.field.value = this.draft().text;
    this.grow();
  }

  grow() {
    this.field.style.setProperty("height", "auto");
    // Not on the screen yet: it has no height to measure.
    const height = this.field.scrollHeight;
    if (height) this.field.style.setProperty("height", `${Math.min(height, 160)}px`);
    this.form.classList.toggle("has-text", this.field.value.trim() !== "");
  }

  key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.send();
    } else if (event.key === "Escape" && (this.draft().reply || this.draft().edit)) {
      this.clear();
    } else if (event.key === "ArrowUp" && !this.field.value) {
      const own = [...this.phone.messages()].reverse().find((message) => isMine(message, this.phone.person.id) && message.text);
      if (own) {
        event.preventDefault();
        this.edit(own);
      }
    }
  }

  async send() {
    const text = this.field.value.trim();
    const draft = this.draft();
    if (!text) return;
    const { phone } = this;
    this.field.value = "";
    this.grow();
    const { edit, reply } = draft;
    this.clear();
    const sent = await phone.attempt(() => {
      if (edit) {
        const part = edit.text === undefined ? { caption: text } : { text };
        return post("edit", { ...phone.address(), message: edit.message_id, ...part });
      }
      return this.say(text, reply);
    });
    if (!sent && !this.field.value) {
      // Nothing that was typed is lost to a refused request.
      this.field.value = text;
      Object.assign(draft, { edit, reply });
      this.update();
      this.grow();
    }
  }

  // The reply that a photo or voice note sent now belongs to.
  takeReply() {
    const { reply } = this.draft();
    this.clear();
    return reply;
  }

  reply(message) {
    Object.assign(this.draft(), { reply: message, edit: null });
    this.update();
    this.field.focus({ preventScroll: true });
  }

  edit(message) {
    Object.assign(this.draft(), { edit: message, reply: null });
    this.field.value = message.text ?? message.caption ?? "";
    this.update();
    this.grow();
    this.field.focus({ preventScroll: true });
  }

  clear() {
    const draft = this.draft();
    if (draft.edit) this.field.value = "";
    Object.assign(draft, { reply: null, edit: null });
    this.update();
    this.grow();
  }

  update() {
    const { phone } = this;
    const { view } = phone;
    if (!view) return;
    const blocked = view.kind === "private" && phone.world.isBlocked(view, phone.person.id);
    const fresh = view.kind === "private" && !(view.chat?.started ?? view.chat?.messages.length);
    this.element.classList.toggle("is-closed", blocked || fresh);
    if (blocked || fresh) {
      const label = t(blocked ? "restartButton" : "startButton");
      this.bar.hidden = true;
      this.gate(label, blocked);
      return;
    }
    this.takeForced();
    this.drawBar();
    this.drawKeys();
    const topic = phone.topicName();
    const anonymous = phone.anonymous && view.kind === "group" && t("writeAnonymous");
    this.field.placeholder = this.placeholder || anonymous || (topic ? t("writeTopic", { topic }) : t("message"));
    this.commands.hidden = !this.commandList().length;
  }

  gate(label, blocked) {
    if (this.keys.dataset.gate === label) return;
    this.keys.dataset.gate = label;
    fill(this.keys, h("button", { type: "button", class: "start-button", onclick: () => this.start(blocked) }, label));
  }

  async start(blocked) {
    const { phone } = this;
    const from = phone.person.id;
    const bot = phone.view.bot.id;
    if (blocked && !(await phone.attempt(() => post("unblock", { from, bot })))) return;
    await phone.attempt(() => post("start", { from, bot }));
    this.field.focus({ preventScroll: true });
  }

  // A ForceReply opens the reply bar by itself, once.
  takeForced() {
    const given = this.phone.keyboard();
    this.placeholder = given?.markup?.input_field_placeholder || "";
    if (!given?.markup?.force_reply) {
      // Answered elsewhere (by the story, on another page): the bar it opened has served.
      if (this.forced && this.draft().reply?.message_id === this.forced) this.draft().reply = null;
      this.forced = null;
      return;
    }
    if (this.forced === given.messageId) return;
    const target = this.phone.find(given.messageId);
    if (!target) return;
    this.forced = given.messageId;
    Object.assign(this.draft(), { reply: target, edit: null });
    if (this.phone.element.contains(document.activeElement)) this.field.focus({ preventScroll: true });
  }

  drawBar() {
    const { reply, edit } = this.draft();
    const target = edit || reply;
    this.bar.hidden = !target;
    if (!target) return;
    const head = edit ? t("editing") : t("replyTo", { name: fullName(senderOf(reply)) });
    fill(this.bar, icon(edit ? "edit" : "reply"),
      h("div", { class: "compose-bar-text" }, h("strong", {}, head), h("span", { dir: "auto" }, summary(target))),
      h("button", { type: "button", class: "round", "aria-label": t("cancel"), onclick: () => this.clear() }, icon("close")));
  }

  drawKeys() {
    const given = this.phone.keyboard();
    const markup = given?.markup?.keyboard ? given.markup : null;
    this.toggle.hidden = !markup;
    const folded = markup && this.folded.get(this.phone.view.key) === given.messageId;
    this.toggle.setAttribute("aria-label", t(folded ? "showKeyboard" : "hideKeyboard"));
    this.toggle.setAttribute("aria-expanded", String(Boolean(markup && !folded)));
    const signature = markup && !folded ? JSON.stringify([this.phone.view.key, markup]) : "";
    if (this.keys.dataset.gate === signature) return;
    this.keys.dataset.gate = signature;
    fill(this.keys, signature && replyKeyboard(this.phone, markup));
  }

  fold(always) {
    const given = this.phone.keyboard();
    const { key } = this.phone.view;
    if (!given) return;
    if (!always && this.folded.get(key) === given.messageId) this.folded.delete(key);
    else this.folded.set(key, given.messageId);
    this.update();
  }

  commandList() {
    const { view, person, world } = this.phone;
    return world.commandsFor(view, person);
  }

  showCommands() {
    const { phone } = this;
    openSheet(phone.screen, t("commands"), (close) => h("div", { class: "choices" },
      this.commandList().map((command) => h("button", {
        type: "button", class: "choice command", data: { command: command.command },
        onclick: () => {
          close();
          phone.attempt(() => this.say(`/${command.command}${phone.view.kind === "group" ? `@${phone.view.bot.username}` : ""}`));
        },
      }, h("span", { class: "command-name" }, `/${command.command}`), h("span", { dir: "auto" }, command.description)))), { name: "commands" });
  }

  say(text, reply) {
    const { phone } = this;
    const anonymous = phone.anonymous && phone.view.kind === "group" ? { via_anonymous: true } : {};
    return post("say", { ...phone.address(reply), text, ...anonymous });
  }
}
