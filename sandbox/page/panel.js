// The panel: what a program beside the sandbox shows here (levers, a line, links, counters), and the hand on its levers.
import { post } from "./api.js";
import { fill, h, icon } from "./dom.js";
import { inLanguage, language } from "./texts.js";

export class Panel {
  constructor(world, tell) {
    this.world = world;
    this.tell = tell;
    this.levers = h("div", { class: "levers" });
    this.note = h("p", { class: "panel-note", role: "status" });
    this.links = h("p", { class: "panel-links" });
    this.counters = h("dl", { class: "counters", id: "counters" });
    world.addEventListener("panel", () => this.update());
    world.addEventListener("change", () => this.update());
  }

  update() {
    const { levers = [], note = null, links = [], counters = [] } = this.world.panel || {};
    // Each part is drawn only when it changes: a screen reader need not hear the same line again, a finger not miss.
    this.draw("levers", levers, () => this.drawLevers(levers));
    this.draw("note", note, () => {
      this.note.textContent = inLanguage(note?.text);
      this.note.classList.toggle("is-alarm", Boolean(note?.alarm));
    });
    this.draw("links", links, () => fill(this.links, links.map((link) =>
      h("a", { href: link.url, target: "_blank", rel: "noopener" }, inLanguage(link.label)))));
    this.draw("counters", counters, () => fill(this.counters, counters.map((one) => this.counter(one))));
  }

  draw(part, shown, run) {
    const signature = JSON.stringify([shown, language()]);
    if (signature === this[part].signature) return;
    this[part].signature = signature;
    this[part].hidden = !shown || shown.length === 0;
    run();
  }

  drawLevers(levers) {
    const held = this.levers.contains(document.activeElement) ? document.activeElement.dataset.lever : null;
    fill(this.levers, levers.map((lever) => h("button", {
      type: "button", class: "lever", data: { lever: lever.name }, title: inLanguage(lever.hint) || undefined, onclick: () => this.pull(lever.name),
    }, icon("power"), h("span", {}, inLanguage(lever.label)))));
    if (held) this.levers.querySelector(`[data-lever="${CSS.escape(held)}"]`)?.focus();
  }

  counter({ name, label, value, hint, alarm }) {
    return h("div", { class: alarm ? "counter is-alarm" : "counter", data: { counter: name, value }, title: inLanguage(hint) || undefined },
      h("dt", {}, inLanguage(label)), h("dd", {}, String(value)));
  }

  async pull(lever) {
    try {
      await post("pull", { lever });
    } catch (error) {
      this.tell(error.message);
    }
  }
}
