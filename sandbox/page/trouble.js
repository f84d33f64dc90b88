// The "Trouble" menu: faults the sandbox plays on the bot, and Telegram's sending limits on or off.
import { post } from "./api.js";
import { fill, h, icon } from "./dom.js";
import { t } from "./texts.js";

const FAULTS = [
  { id: "slow", text: "faultSlow", fault: { kind: "latency", seconds: 3 } },
  { id: "500", text: "fault500", fault: { kind: "500", probability: 0.5 } },
  { id: "429", text: "fault429", fault: { kind: "429", seconds: 5, probability: 0.5 } },
  { id: "drop", text: "faultDrop", fault: { kind: "drop_before", probability: 0.5 } },
];

export class Trouble {
  constructor(tell) {
    this.tell = tell;
    this.on = new Set();
    this.limits = true;
    this.element = h("details", { class: "dropdown", id: "trouble" });
    document.addEventListener("click", (event) => {
      if (!this.element.contains(event.target)) this.element.open = false;
    });
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      this.element.open = false;
      this.element.querySelector("summary").focus();
    });
    this.build();
  }

  // A new world starts without faults.
  reset() {
    this.on.clear();
    this.limits = true;
    this.build();
  }

  build() {
    this.word = h("span");
    fill(this.element, h("summary", { class: "tool" }, icon("trouble"), this.word),
      h("div", { class: "dropdown-body" }, h("p", {}, t("troubleHint")),
        FAULTS.map(({ id, text }) => this.check(text, this.on.has(id), id, (on) => this.fault(id, on))),
        h("hr"),
        this.check("floodLimits", this.limits, "flood", (on) => this.flood(on))));
    this.mark();
  }

  check(text, checked, id, run) {
    return h("label", { class: "check" }, h("input", { type: "checkbox", checked, data: { fault: id }, onchange: (event) => run(event.target.checked) }), t(text));
  }

  mark() {
    this.element.classList.toggle("is-on", this.on.size > 0);
    this.word.textContent = this.on.size ? t("troubleOn", { n: this.on.size }) : t("trouble");
  }

  async fault(id, on) {
    if (on) this.on.add(id);
    else this.on.delete(id);
    this.mark();
    await this.send("faults", { faults: FAULTS.filter((one) => this.on.has(one.id)).map((one) => one.fault) });
  }

  async flood(on) {
    this.limits = on;
    await this.send("flood", { limits: on });
  }

  async send(path, body) {
    try {
      await post(path, body);
    } catch (error) {
      this.tell(error.message);
    }
  }
}
