// The page: reads the world, keeps a phone for each person shown, passes on what happens.
import { listen } from "./api.js";
import { Clock } from "./clock.js";
import { fill, h, icon } from "./dom.js";
import { Panel } from "./panel.js";
import { choosePhone } from "./people.js";
import { Phone } from "./phone.js";
import { avatar } from "./avatar.js";
import { showToast } from "./overlay.js";
import { fullName, World } from "./state.js";
import { Story } from "./story.js";
import { inLanguage, language, onLanguage, setWorldsLanguage, setZone, showLanguage, t } from "./texts.js";
import { Topbar } from "./topbar.js";
import { Trouble } from "./trouble.js";

const at = (id) => document.getElementById(id);
const world = new World();
const phones = new Map(); // person → Phone, in the order shown
let arranged = null; // which world the phones belong to
let connection = "connecting";

const tell = (text) => showToast(document.body, text, { bad: true });
const clock = new Clock(world, tell);
const trouble = new Trouble(tell);
const panel = new Panel(world, tell);
const topbar = new Topbar(at("topbar"), { clock, trouble, onAdd: addPhone });
const story = new Story(world, { element: at("stage"), onPhone: highlight, tell });

// --- phones ------------------------------------------------------------------------------------------------------

function show(personId, where) {
  const known = phones.get(personId);
  if (known) return known;
  const person = world.person(personId);
  if (!person) return null;
  const { chat, title } = { ...world.defaultPhones.find((one) => one.person === personId), ...where };
  const phone = new Phone(world, person, { chat, title: inLanguage(title), onClose: putAway });
  phone.markRead();
  phones.set(personId, phone);
  at("phones").append(phone.element);
  drawTabs();
  return phone;
}

function putAway(phone) {
  phones.delete(phone.person.id);
  phone.element.remove();
  drawTabs();
  drawEmpty();
}

// People who are gone (the server restarted, the world was emptied) lose their phones; a new world brings its own.
function arrange() {
  const known = new Set(world.people.map((person) => person.id));
  for (const phone of [...phones.values()]) if (!known.has(phone.person.id)) putAway(phone);
  const signature = JSON.stringify(world.defaultPhones);
  if (arranged !== signature) {
    arranged = signature;
    for (const { person, chat, title } of world.defaultPhones) show(person, { chat, title });
  }
  if (!world.defaultPhones.length && !phones.size) world.people.slice(0, 3).forEach((person) => show(person.id));
  drawEmpty();
}

function drawEmpty() {
  const element = at("phones");
  element.querySelector(".no-phones")?.remove();
  if (phones.size || connection !== "connected") return;
  element.append(h("div", { class: "no-phones" }, h("h2", {}, t("emptyTitle")), h("p", {}, t("emptyText")),
    h("button", { type: "button", class: "primary", onclick: addPhone }, icon("plus"), t("addPhone"))));
}

async function addPhone() {
  try {
    const id = await choosePhone(world, phones);
    if (id === null) return;
    if (!world.person(id)) await stream.readState();
    reveal(show(id));
  } catch (error) {
    tell(error.message);
  }
}

function reveal(phone) {
  phone?.element.scrollIntoView({ behavior: "smooth", inline: "center", block: "nearest" });
}

// On a narrow screen one phone is seen at a time: these tabs lead to the others.
function drawTabs() {
  const entries = [...phones.values()];
  fill(at("phone-tabs"), entries.map((phone) => h("button", { type: "button", data: { tab: phone.person.id }, onclick: () => reveal(phone) },
    avatar(phone.person, "tiny"), h("bdi", {}, fullName(phone.person)))));
  watchTabs();
}

const inSight = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    const tab = at("phone-tabs").querySelector(`[data-tab="${entry.target.dataset.person}"]`);
    tab?.setAttribute("aria-current", String(entry.isIntersecting));
  }
}, { threshold: 0.6 });

function watchTabs() {
  inSight.disconnect();
  for (const phone of phones.values()) inSight.observe(phone.element);
}

// --- the story ---------------------------------------------------------------------------------------------------

function highlight(where) {
  const person = where?.person ?? (typeof where === "number" ? where : null);
  at("phones").classList.toggle("is-story", person !== null);
  for (const phone of phones.values()) {
    phone.element.classList.remove("is-active");
    phone.following = false;
  }
  if (person === null) return;
  const phone = show(person, where);
  if (!phone) return;
  phone.element.classList.add("is-active");
  if (where.chat !== undefined && where.chat !== null && phone.view?.apiChat !== where.chat) phone.openChat(where.chat, { quiet: true });
  phone.following = true;
  reveal(phone);
}

// A step may be written in another chat than the one its phone shows; the phone then follows it there.
function followStep(person, chatId) {
  const active = at("phones").querySelector(".phone.is-active");
  const phone = phones.get(person);
  if (!phone || phone.element !== active) return;
  const chat = chatId === person ? world.bots[0]?.id : chatId;
  if (phone.view?.apiChat !== chat) phone.openChat(chat, { quiet: true });
}

// --- drawing -----------------------------------------------------------------------------------------------------

let drawing = false;

function draw() {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => {
    drawing = false;
    clock.tick();
    for (const phone of phones.values()) phone.update();
  });
}

const connected = h("span", { class: "connection", role: "status" });
fill(at("status"), connected, panel.levers, panel.note, panel.links, panel.counters);

function drawStatus() {
  at("status").dataset.connection = connection;
  fill(connected, h("i", { class: "lamp" }), t(connection));
}

world.addEventListener("change", draw);
world.addEventListener("arrived", ({ detail }) => followStep(detail.message.from?.id, detail.chat.id));
world.addEventListener("callback_answer", ({ detail }) => {
  followStep(detail.person, detail.chat);
  phones.get(detail.person)?.callbackAnswer(detail);
});
window.addEventListener("textsize", () => phones.forEach((phone) => {
  phone.composer.grow();
  phone.toEnd();
}));
window.setInterval(() => {
  clock.tick();
  phones.forEach((phone) => phone.tick());
}, 1000);

onLanguage(() => {
  topbar.build();
  document.title = t("title");
  story.update();
  panel.update();
  drawStatus();
  drawEmpty();
  for (const phone of phones.values()) {
    const active = phone.element.classList.contains("is-active");
    phone.title = inLanguage(world.defaultPhones.find((one) => one.person === phone.person.id)?.title) || phone.title;
    phone.rebuild();
    phone.element.classList.toggle("is-active", active);
  }
  drawTabs();
});

showLanguage(language());

let rereading = null;
const stream = listen({
  onState(state) {
    setZone(state.clock?.timezone);
    world.replace(state);
    setWorldsLanguage(state.language);
    connection = "connected";
    arrange();
    story.update();
  },
  onEvent(event) {
    if (world.apply(event)) return;
    // Changes of chats, topics, people, keyboards are rare and many-sided: the state is read anew, once for a burst.
    window.clearTimeout(rereading);
    rereading = window.setTimeout(() => stream.readState(), 60);
  },
  onConnection(next) {
    if (next === "lost" && connection !== "lost") trouble.reset();
    connection = next;
    document.body.classList.toggle("is-lost", next === "lost");
    drawStatus();
    if (next === "connected") drawEmpty();
  },
});
