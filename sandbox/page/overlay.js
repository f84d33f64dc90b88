// What lies over a phone's screen for a moment: menus, sheets, toasts, alerts. All inside that phone, so that the
// others stay usable, and all in its type size.
import { fill, h, icon } from "./dom.js";
import { t } from "./texts.js";

const FOCUSABLE = "button:not([disabled]), input, select, textarea, a[href], [tabindex='0']";

function close(host, layer, returnTo) {
  if (!layer.isConnected) return;
  layer.remove();
  if (returnTo?.isConnected) returnTo.focus({ preventScroll: true });
}

// items: [{label, icon, run, danger, id}]. The menu stands beside `anchor`, inside `host`.
export function openMenu(host, anchor, items) {
  host.querySelector(":scope > .menu-layer")?.remove();
  const dismiss = () => close(host, layer, anchor);
  const menu = h("div", { class: "menu", role: "menu" },
    items.filter(Boolean).map((item) => h("button", {
      type: "button", role: "menuitem", class: item.danger ? "is-danger" : "", data: item.id ? { id: item.id } : {},
      onclick: () => {
        dismiss();
        item.run();
      },
    }, item.icon && icon(item.icon), h("span", { dir: "auto" }, item.label), item.note && h("small", {}, item.note))));
  const layer = h("div", { class: "menu-layer", onclick: (event) => event.target === layer && dismiss(), onkeydown: keys }, menu);

  function keys(event) {
    const entries = [...menu.children];
    const at = entries.indexOf(document.activeElement);
    if (event.key === "Escape") dismiss();
    else if (event.key === "ArrowDown") entries[(at + 1) % entries.length].focus();
    else if (event.key === "ArrowUp") entries[(at - 1 + entries.length) % entries.length].focus();
    else if (event.key === "Tab") dismiss();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  host.append(layer);
  place(host, anchor, menu);
  menu.querySelector("button")?.focus({ preventScroll: true });
  return dismiss;
}

function place(host, anchor, menu) {
  const box = host.getBoundingClientRect();
  const from = anchor.getBoundingClientRect();
  const height = menu.offsetHeight;
  const width = menu.offsetWidth;
  const below = from.bottom - box.top + 4;
  const top = below + height < box.height - 8 ? below : Math.max(8, from.top - box.top - height - 4);
  const left = Math.min(Math.max(8, from.right - box.left - width), box.width - width - 8);
  menu.style.setProperty("top", `${Math.max(8, Math.min(top, box.height - height - 8))}px`);
  menu.style.setProperty("left", `${Math.max(8, left)}px`);
}

// A sheet from the phone's lower edge. `build(close)` returns its content; closing without a choice calls onCancel.
export function openSheet(host, title, build, { onCancel, name = "" } = {}) {
  const before = document.activeElement;
  let open = true;
  const shut = (cancelled = false) => {
    if (!open) return;
    open = false;
    close(host, layer, before);
    if (cancelled) onCancel?.();
  };
  const body = h("div", { class: "sheet-body" });
  const sheet = h("div", { class: "sheet", role: "dialog", "aria-label": title },
    h("div", { class: "sheet-head" }, h("h3", {}, title),
      h("button", { type: "button", class: "round sheet-close", "aria-label": t("close"), onclick: () => shut(true) }, icon("close"))),
    body);
  const layer = h("div", {
    class: "sheet-layer", data: { sheet: name },
    onclick: (event) => event.target === layer && shut(true),
    onkeydown: (event) => {
      if (event.key === "Escape") {
        event.stopPropagation();
        shut(true);
      } else if (event.key === "Tab") keepInside(event, sheet);
    },
  }, sheet);
  fill(body, build(() => shut(false)));
  host.append(layer);
  (body.querySelector("[autofocus]") || body.querySelector(FOCUSABLE) || sheet.querySelector(FOCUSABLE))?.focus({ preventScroll: true });
  return () => shut(true);
}

function keepInside(event, sheet) {
  const all = [...sheet.querySelectorAll(FOCUSABLE)].filter((element) => element.offsetParent !== null);
  const first = all[0];
  const last = all[all.length - 1];
  if (event.shiftKey && document.activeElement === first) last.focus();
  else if (!event.shiftKey && document.activeElement === last) first.focus();
  else return;
  event.preventDefault();
}

export function showToast(host, text, { bad = false } = {}) {
  host.querySelector(":scope > .toast")?.remove();
  const toast = h("div", { class: `toast${bad ? " is-bad" : ""}`, role: "status" }, h("span", { dir: "auto" }, text));
  host.append(toast);
  // Long enough to read it slowly: about a second for ten characters.
  window.setTimeout(() => toast.remove(), Math.min(12000, 2800 + text.length * 90));
}

export function showAlert(host, title, text) {
  const shut = () => {
    close(host, layer, null);
  };
  const button = h("button", { type: "button", class: "primary", onclick: shut }, t("ok"));
  const layer = h("div", {
    class: "alert-layer", onkeydown: (event) => event.key === "Escape" && shut(),
  }, h("div", { class: "alert", role: "alertdialog", "aria-label": title, "aria-modal": "false" },
    h("h3", {}, title), h("p", { dir: "auto" }, text), button));
  host.append(layer);
  button.focus({ preventScroll: true });
}

// A dialog for the whole page, as a form: resolves to what `read` returns, or null when dismissed.
export function pageDialog(title, content, { submit = t("create"), read }) {
  return new Promise((resolve) => {
    let result = null;
    const dialog = h("dialog", { class: "page-dialog", "aria-label": title, onclose: () => {
      dialog.remove();
      resolve(result);
    } });
    const form = h("form", {
      method: "dialog",
      onsubmit: () => {
        result = read(new FormData(form));
      },
    }, h("h2", {}, title), content,
    h("div", { class: "dialog-actions" },
      h("button", { type: "button", class: "plain", onclick: () => dialog.close() }, t("cancel")),
      submit && h("button", { type: "submit", class: "primary" }, submit)));
    dialog.append(form);
    document.body.append(dialog);
    dialog.showModal();
  });
}
