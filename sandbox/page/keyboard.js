// Buttons: under a message (inline) and under the text field (reply keyboard).
import { post } from "./api.js";
import { h, icon } from "./dom.js";
import { followButton } from "./links.js";
import { askContact, askLocation, askPeople } from "./asking.js";
import { t } from "./texts.js";

const STYLES = { danger: "is-danger", success: "is-success", primary: "is-primary" };

export function inlineKeyboard(phone, message) {
  return h("div", { class: "inline-keyboard" },
    message.reply_markup.inline_keyboard.map((row) => h("div", { class: "inline-row" }, row.map((button) => inlineButton(phone, message, button)))));
}

function inlineButton(phone, message, button) {
  const element = h("button", {
    type: "button", class: `inline-button ${STYLES[button.style] || ""}`,
    onclick: () => press(phone, message, button, element),
  }, h("span", { dir: "auto" }, button.text), button.url && icon("link"), button.copy_text && icon("copy"));
  if (button.callback_data !== undefined) element.dataset.data = button.callback_data;
  return element;
}

async function press(phone, message, button, element) {
  if (button.callback_data !== undefined) {
    // The button rests until the bot answers the press, as in Telegram; a bot that never answers must not block it.
    phone.awaitAnswer(element);
    await phone.attempt(() =>
      post("press", { from: phone.person.id, chat: phone.view.apiChat, message: message.message_id, data: button.callback_data }),
    ).then((answer) => answer || phone.answered());
  } else if (button.copy_text) {
    await navigator.clipboard?.writeText(button.copy_text.text).catch(() => {});
    phone.toast(t("copied"));
  } else if (button.url) {
    await followButton(phone, message, button);
  } else {
    phone.toast(t("notHere"));
  }
}

// The reply keyboard's own state (open or folded) belongs to the phone; this only draws and acts.
export function replyKeyboard(phone, markup) {
  return h("div", { class: "reply-keyboard", role: "group", "aria-label": t("replyKeyboard") },
    markup.keyboard.map((row) => h("div", { class: "reply-row" }, row.map((button) => {
      const full = typeof button === "string" ? { text: button } : button;
      return h("button", {
        type: "button", class: `reply-button ${STYLES[full.style] || ""}`, onclick: () => tap(phone, full, markup),
      }, h("span", { dir: "auto" }, full.text));
    }))));
}

async function tap(phone, button, markup) {
  const extra = await asked(phone, button);
  if (extra === null) return;
  const done = await phone.attempt(() =>
    post("tap", { ...phone.address(), label: button.text, ...extra }),
  );
  if (done && markup.one_time_keyboard) phone.foldKeyboard(true);
}

// What a button asks of the person before it is sent; null when they would rather not.
async function asked(phone, button) {
  if (button.request_contact) return askContact(phone);
  if (button.request_location) return askLocation(phone);
  if (button.request_users) return askPeople(phone, button.request_users);
  if (button.request_chat || button.request_poll || button.web_app) {
    phone.toast(t("notHere"));
    return null;
  }
  return {};
}
