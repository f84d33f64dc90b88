// The movable clock of the sandbox: what it shows and the buttons that push it on.
import { post } from "./api.js";
import { fill, h, icon } from "./dom.js";
import { formatClock, secondsToMorning, t } from "./texts.js";

const STEPS = [["minutes15", 900], ["hour1", 3600], ["morning", null], ["day1", 86400], ["week1", 604800]];

export class Clock {
  constructor(world, tell) {
    this.world = world;
    this.tell = tell;
    this.element = h("div", { class: "clock-group" });
    this.build();
  }

  build() {
    this.day = h("span", { class: "clock-day" });
    this.time = h("strong", { class: "clock-time" });
    fill(this.element,
      h("div", { class: "clock", id: "clock", title: t("clock"), role: "timer", "aria-label": t("clock") }, icon("clock"), this.time, this.day),
      h("div", { class: "clock-steps", role: "group", "aria-label": t("advance") }, STEPS.map(([text, seconds]) => h("button", {
        type: "button", class: "step", data: { advance: text }, onclick: () => this.advance(seconds),
      }, t(text)))));
    this.tick();
  }

  tick() {
    const { day, time } = formatClock(this.world.now());
    this.day.textContent = day;
    this.time.textContent = time;
    document.getElementById("clock")?.setAttribute("data-now", this.world.now().toISOString());
  }

  async advance(seconds) {
    try {
      const clock = await post("clock", { advance: seconds ?? secondsToMorning(this.world.now()) });
      this.world.apply({ type: "clock", ...clock });
    } catch (error) {
      this.tell(error.message);
    }
  }
}
