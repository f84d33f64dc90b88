// "Show me": the story that plays by itself. The server plays it; here are its caption and its buttons.
import { post } from "./api.js";
import { fill, h, icon } from "./dom.js";
import { inLanguage, language, t } from "./texts.js";

const SPEEDS = [["slow", 0.6], ["normal", 1], ["fast", 2]];
const RUNNING = new Set(["running", "playing", "paused", "step", "waiting"]);

export class Story {
  constructor(world, { element, onPhone, tell }) {
    this.world = world;
    this.element = element;
    this.onPhone = onPhone;
    this.tell = tell;
    this.speed = 1;
    world.addEventListener("story", () => this.update());
    world.addEventListener("change", () => this.update());
  }

  get state() {
    return this.world.story?.state || "idle";
  }

  get running() {
    return RUNNING.has(this.state);
  }

  update() {
    const { story } = this.world;
    const signature = JSON.stringify([story, language(), this.speed, this.world.people.length > 0]);
    if (signature === this.signature) return;
    this.signature = signature;
    this.element.classList.toggle("is-running", this.running);
    this.draw(story);
    this.onPhone(this.running ? story.phone : null);
  }

  draw(story) {
    const held = this.element.contains(document.activeElement) ? document.activeElement.dataset.story : null;
    if (this.running) fill(this.element, this.caption(story), this.controls());
    else {
      let text = t("intro");
      if (["done", "finished", "ended"].includes(this.state)) text = t("storyEnd");
      else if (["failed", "error"].includes(this.state)) text = t("storyStopped", { reason: inLanguage(story.error ?? story.reason) });
      fill(this.element, h("p", { class: "stage-text" }, text), story && this.starts(story.titles));
    }
    if (held) this.element.querySelector(`[data-story="${held}"]`)?.focus();
  }

  // One story is simply shown; of several each has a button that names it.
  starts(titles) {
    return h("div", { class: "stage-starts" }, titles.map((title, number) => h("button", {
      type: "button", class: `${number ? "plain" : "primary"} show-me`, id: number ? `show-me-${number}` : "show-me", data: { story: `start-${number}` },
      title: t("showMeHint"), onclick: () => this.send("start", { story: number }),
    }, icon("play"), h("span", {}, titles.length > 1 ? t("showMeStory", { title: inLanguage(title) }) : t("showMe")))));
  }

  caption(story) {
    const index = story.index ?? 0;
    return h("div", { class: "caption" },
      h("div", { class: "caption-step" }, t("stepOf", { n: index + 1, m: story.total })),
      h("p", { class: "caption-text" }, inLanguage(story.caption)));
  }

  controls() {
    const paused = this.state === "paused";
    const button = (id, text, name, primary) => h("button", {
      type: "button", class: primary ? "primary" : "plain", data: { story: id }, title: t(text), onclick: () => this.send(id),
    }, icon(name), h("span", {}, t(text)));
    return h("div", { class: "stage-controls" },
      paused ? button("resume", "resume", "play", true) : button("pause", "pause", "pause", true),
      button("next", "next", "next"), button("stop", "stop", "stop"),
      h("label", { class: "speed" }, h("span", {}, t("speed")), h("select", { onchange: (event) => this.setSpeed(Number(event.target.value)) },
        SPEEDS.map(([text, value]) => h("option", { value, selected: value === this.speed }, t(text))))));
  }

  setSpeed(speed) {
    this.speed = speed;
    this.send(this.state === "paused" ? "pause" : "resume");
  }

  async send(action, more = {}) {
    try {
      await post(`story/${action}`, { speed: this.speed, language: language(), ...more });
    } catch (error) {
      this.tell(error.message);
    }
  }
}
