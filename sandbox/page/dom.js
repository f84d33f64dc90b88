// Building DOM nodes. Everything a person or a bot wrote goes through here as text nodes and attributes,
// so no markup of theirs is ever parsed.

const PROPERTIES = new Set(["value", "checked", "disabled", "hidden", "muted", "selected", "multiple", "required", "open"]);

export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") element.className = value;
    else if (name === "data") Object.assign(element.dataset, value);
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (PROPERTIES.has(name)) element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  append(element, children);
  return element;
}

export function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === undefined || child === null || child === false || child === "") continue;
    element.append(child);
  }
  return element;
}

export function fill(element, ...children) {
  element.replaceChildren();
  return append(element, children);
}

// Makes `parent` show `items` ({key, signature, build}) in order and keeps the elements whose signature is the same:
// a playing voice note or an open spoiler survives the arrival of the next message.
export function reconcile(parent, items) {
  const known = new Map([...parent.children].map((element) => [element.dataset.key, element]));
  let cursor = parent.firstElementChild;
  for (const item of items) {
    let element = known.get(item.key);
    known.delete(item.key);
    if (!element || element.signature !== item.signature) {
      const fresh = item.build();
      fresh.dataset.key = item.key;
      fresh.signature = item.signature;
      if (element) {
        if (cursor === element) cursor = element.nextElementSibling;
        element.remove();
        fresh.classList.add("is-changed");
      }
      parent.insertBefore(fresh, cursor);
      element = fresh;
    } else if (element === cursor) {
      cursor = cursor.nextElementSibling;
    } else {
      parent.insertBefore(element, cursor);
    }
  }
  for (const element of known.values()) element.remove();
}

const SVG = "http://www.w3.org/2000/svg";

export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const ICONS = {
  back: "M15 5l-7 7 7 7",
  menu: "M12 5.5v.01M12 12v.01M12 18.5v.01",
  attach: "M20 11.5l-8.2 8.2a5 5 0 0 1-7.1-7.1l8.5-8.5a3.4 3.4 0 0 1 4.8 4.8l-8.4 8.4a1.7 1.7 0 0 1-2.4-2.4l7.6-7.6",
  send: "M4 12l16-8-5 16-3.5-6.5zM11.5 13.5L20 4",
  microphone: "M12 4a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V7a3 3 0 0 1 3-3zM6 11.5a6 6 0 0 0 12 0M12 17.5V21",
  slash: "M15.5 5l-7 14",
  keyboard: "M3.5 7h17v10.5h-17zM7 10.5v.01M10.3 10.5v.01M13.7 10.5v.01M17 10.5v.01M8 14.2h8",
  down: "M6 9.5l6 6 6-6",
  close: "M6 6l12 12M18 6L6 18",
  play: "M8 5.5v13l10.5-6.5z",
  pause: "M8.5 5.5v13M15.5 5.5v13",
  next: "M6 5.5v13l8.5-6.5zM18 5.5v13",
  stop: "M7 7h10v10H7z",
  pin: "M9 4h6l-1 6 3 3H7l3-3zM12 13v7",
  reply: "M10 6l-6 5.5 6 5.5v-3.5c5 0 8 1.2 10 4.5-.6-5.5-4-8.5-10-8.7z",
  edit: "M5 19l1-4L16.5 4.5l3 3L9 18zM14 7l3 3",
  trash: "M5 7h14M10 7V4.5h4V7M7 7l1 12.5h8L17 7",
  copy: "M9 9h10v10.5H9zM6 15H5V4.5h10V6",
  plus: "M12 5v14M5 12h14",
  photo: "M4 6h16v12.5H4zM4 16l5-5 4 4 3-2.5 4 3.5M15.5 9.5v.01",
  video: "M4 7h11v10.5H4zM15 11l5-3v8.5l-5-3",
  place: "M12 21s-6.5-6-6.5-11a6.5 6.5 0 0 1 13 0c0 5-6.5 11-6.5 11zM12 12.3a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6z",
  person: "M12 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5a7.5 7.5 0 0 1 15 0",
  people: "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 19.5a6.5 6.5 0 0 1 13 0M16 4.3a3.5 3.5 0 0 1 0 6.4M17.5 13.5a6.5 6.5 0 0 1 4 6",
  clock: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 7.5V12l3 2",
  trouble: "M12 4l9 15.5H3zM12 10v4.5M12 17v.01",
  type: "M3.5 19L9 5l5.5 14M5.5 14.5h7M15.5 19l3-8 3 8M16.5 16.5h4",
  globe: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM3.5 12h17M12 3.5c5 5 5 12 0 17c-5-5-5-12 0-17",
  silent: "M6 16.5V11a6 6 0 0 1 12 0v5.5zM10 19.5h4M4 4l16 16",
  shield: "M12 3.5l7 2.5v5.5c0 4.5-3 7.5-7 9-4-1.5-7-4.5-7-9V6z",
  file: "M6.5 3.5h7l4 4v13h-11zM13 3.5V8h4.5",
  smile: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM8.5 14a4.2 4.2 0 0 0 7 0M9.3 9.5v.01M14.7 9.5v.01",
  check: "M5 12.5l4.5 4.5L19 7.5",
  link: "M8 16L16.5 7.5M9 7.5h7.5V15",
  bot: "M5 9h14v9.5H5zM12 9V5.5M9.5 13v1.5M14.5 13v1.5M12 5v.01",
  power: "M12 3.5v8M7 6.5a7.5 7.5 0 1 0 10 0",
  blocked: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM6 6l12 12",
};

export function icon(name) {
  const path = svg("path", { d: ICONS[name] });
  const element = svg("svg", { viewBox: "0 0 24 24", class: `icon icon-${name}`, "aria-hidden": "true" }, path);
  return element;
}
