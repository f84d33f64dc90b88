// The bar at the top: name, clock, trouble, text size, language, one more phone.
import { fill, h, icon } from "./dom.js";
import { language, setLanguage, t } from "./texts.js";

const STORE = "sandbox.large";

export class Topbar {
  constructor(element, { clock, trouble, onAdd }) {
    Object.assign(this, { element, clock, trouble, onAdd });
    this.large = localStorage.getItem(STORE) === "yes";
    this.applySize();
    this.build();
  }

  build() {
    this.clock.build();
    this.trouble.build();
    const size = (large, text) => h("button", {
      type: "button", "aria-pressed": String(this.large === large), data: { size: text }, onclick: () => this.setSize(large),
    }, text);
    const tongue = (code, text, lang) => h("button", {
      type: "button", lang, "aria-pressed": String(language() === code), data: { language: code }, onclick: () => setLanguage(code),
    }, text);
    fill(this.element,
      h("a", { class: "skip", href: "#phones" }, t("skip")),
      h("h1", { class: "brand" }, h("span", { class: "brand-mark" }, icon("check")), t("title")),
      this.clock.element,
      h("div", { class: "tools" },
        h("button", { type: "button", class: "tool", id: "add-phone", title: t("addPhone"), onclick: this.onAdd }, icon("plus"), h("span", {}, t("addPhone"))),
        this.trouble.element,
        h("div", { class: "switch", role: "group", "aria-label": t("textSizeLabel"), title: t("textSizeLabel") }, icon("type"), size(false, "100 %"), size(true, "200 %")),
        h("div", { class: "switch", role: "group", "aria-label": t("language") }, tongue("en", "English", "en"), tongue("zh-hans", "简体中文", "zh-Hans"))));
  }

  setSize(large) {
    this.large = large;
    localStorage.setItem(STORE, large ? "yes" : "no");
    this.applySize();
    this.build();
    this.element.querySelector(`[data-size="${large ? "200 %" : "100 %"}"]`).focus();
    window.dispatchEvent(new Event("textsize"));
  }

  applySize() {
    document.documentElement.classList.toggle("is-large", this.large);
  }
}
