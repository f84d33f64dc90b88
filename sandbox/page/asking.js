// Sheets that ask the person something before a button's press can be sent. Each resolves to null when put away.
import { post } from "./api.js";
import { h, icon, svg } from "./dom.js";
import { townMap } from "./media.js";
import { avatar } from "./avatar.js";
import { openSheet } from "./overlay.js";
import { fullName } from "./state.js";
import { t } from "./texts.js";

export function ask(phone, title, build, name) {
  return new Promise((resolve) => {
    openSheet(phone.screen, title, (close) => build((value) => {
      close();
      resolve(value);
    }), { onCancel: () => resolve(null), name });
  });
}

export function numberOf(person) {
  return person.phone_number || `+86 138 ${String(1000 + (person.id % 9000))} ${String(1000 + (person.id % 7919)).slice(-4)}`;
}

export function askContact(phone) {
  const person = phone.person;
  const contact = { phone_number: numberOf(person), first_name: person.first_name, user_id: person.id };
  return ask(phone, t("contact"), (answer) => [
    h("p", { class: "sheet-text" }, t("askContact", { name: phone.view.title })),
    h("p", { class: "sheet-strong" }, numberOf(person)),
    h("button", { type: "button", class: "primary wide", onclick: () => answer({ contact }) }, t("share")),
  ], "contact");
}

// Where the little map lies. A scene may name its own places; these serve when it does not.
const CENTRE = { latitude: 31.2304, longitude: 121.4737 };
const SPAN = { latitude: 0.008, longitude: 0.016 };
const SPOTS = [
  ["placeGate", 0.2, 0.16], ["placeMarket", 0.36, 0.7], ["placeGarden", 0.78, 0.34], ["placeBlock", 0.68, 0.76],
];

function spots(world) {
  if (world.places?.length) {
    return world.places.map((place) => ({ name: place.name, latitude: place.latitude, longitude: place.longitude }));
  }
  return SPOTS.map(([name, x, y]) => ({ name: t(name), ...pointAt(x, y) }));
}

function pointAt(x, y) {
  return {
    latitude: CENTRE.latitude + (0.5 - y) * SPAN.latitude,
    longitude: CENTRE.longitude + (x - 0.5) * SPAN.longitude,
  };
}

export function askLocation(phone) {
  return ask(phone, t("shareLocation"), (answer) => {
    const latitude = h("input", { type: "number", step: "any", min: -90, max: 90, name: "latitude", value: CENTRE.latitude });
    const longitude = h("input", { type: "number", step: "any", min: -180, max: 180, name: "longitude", value: CENTRE.longitude });
    const pin = svg("path", { class: "map-pin", d: "M0 0s-12-12-12-21a12 12 0 0 1 24 0c0 9-12 21-12 21z" });
    const map = townMap();
    const set = (point) => {
      latitude.value = point.latitude.toFixed(5);
      longitude.value = point.longitude.toFixed(5);
      const x = ((point.longitude - CENTRE.longitude) / SPAN.longitude + 0.5) * 240;
      const y = (0.5 - (point.latitude - CENTRE.latitude) / SPAN.latitude) * 120;
      pin.setAttribute("transform", `translate(${x} ${y})`);
    };
    map.setAttribute("preserveAspectRatio", "none");
    map.append(pin);
    map.addEventListener("click", (event) => {
      const box = map.getBoundingClientRect();
      set(pointAt((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height));
    });
    set(pointAt(0.5, 0.5));
    const send = () => {
      const location = { lat: Number(latitude.value), lon: Number(longitude.value) };
      if (latitude.checkValidity() && longitude.checkValidity()) answer({ location });
    };
    return [
      h("p", { class: "sheet-text" }, t("mapHint")),
      h("div", { class: "map-frame" }, map),
      h("div", { class: "chips" }, spots(phone.world).map((spot) => h("button", { type: "button", class: "chip", onclick: () => set(spot) }, spot.name))),
      h("div", { class: "field-pair" }, h("label", {}, t("latitude"), latitude), h("label", {}, t("longitude"), longitude)),
      h("button", { type: "button", class: "primary wide", data: { id: "send-location" }, onclick: send }, t("sendLocation")),
    ];
  }, "location");
}

export function askPeople(phone, request) {
  const most = request.max_quantity || 1;
  const bots = request.user_is_bot === true;
  const people = (bots ? phone.world.bots : phone.world.people).filter((person) => person.id !== phone.person.id);
  return choosePeople(phone, people, most).then((ids) => ids && { users: ids });
}

export function choosePeople(phone, people, most = 1, title = t("choosePeople")) {
  return ask(phone, title, (answer) => {
    if (!people.length) return h("p", { class: "sheet-text" }, t("nobodyLeft"));
    const chosen = new Set();
    const done = h("button", { type: "button", class: "primary wide", disabled: true, onclick: () => answer([...chosen]) }, t("done"));
    const rows = people.map((person) => {
      const row = h("button", { type: "button", class: "choice", data: { person: person.id }, onclick: () => {
        if (most === 1) return answer([person.id]);
        if (chosen.has(person.id)) chosen.delete(person.id);
        else if (chosen.size < most) chosen.add(person.id);
        row.setAttribute("aria-pressed", chosen.has(person.id));
        done.disabled = chosen.size === 0;
        return undefined;
      } }, avatar(person, "small"), h("bdi", {}, fullName(person)), icon("check"));
      return row;
    });
    return [most > 1 && h("p", { class: "sheet-text" }, t("chooseUpTo", { n: most })), h("div", { class: "choices" }, rows), most > 1 && done];
  }, "people");
}

// Adding the bot to a group by a `startgroup` link: shows the rights it asks for, then which group, or a new one.
export function askGroup(phone, rights) {
  const groups = phone.world.viewsOf(phone.person.id).filter((view) => view.kind === "group").map((view) => view.chat);
  const name = fullName(phone.view.bot);
  const words = rights.map((right) => t(`right_${right}`));
  return ask(phone, t("addBot", { name }), (answer) => {
    const title = h("input", { type: "text", value: t("groupDefault"), maxlength: 128, "aria-label": t("groupName") });
    const make = async () => {
      const chat = await phone.attempt(() =>
        post("groups", { title: title.value || t("groupDefault"), members: [phone.person.id], forum: true, supergroup: true }),
      );
      if (chat) answer(chat.id);
    };
    return [
      h("p", { class: "sheet-text" }, t(words.length ? "rightsAsked" : "rightsNone", { name })),
      words.length ? h("ul", { class: "rights" }, words.map((word) => h("li", {}, icon("check"), word))) : null,
      h("h4", {}, t("chooseGroup")),
      h("div", { class: "choices" }, groups.map((group) => h("button", { type: "button", class: "choice", data: { group: group.id }, onclick: () => answer(group.id) },
        avatar(group, "small"), h("bdi", {}, group.title)))),
      h("div", { class: "field-pair is-wide" }, h("label", {}, t("newGroupTopics"), title),
        h("button", { type: "button", class: "primary", data: { id: "make-group" }, onclick: make }, t("create"))),
    ];
  }, "group");
}
