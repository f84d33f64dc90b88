// Text with entities → DOM nodes. Offsets are UTF-16 code units, which is what JavaScript's strings count too.
import { h } from "./dom.js";
import { t } from "./texts.js";

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};

const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const SAFE_LINK = /^(https?|tg|mailto|tel):/i;

export function richText(text, entities = [], actions = {}) {
  const holder = document.createDocumentFragment();
  // Outer before inner: earlier start first, and of two with one start the longer.
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  append(holder, text, 0, text.length, sorted, actions);
  return holder;
}

function append(parent, text, from, to, entities, actions) {
  let position = from;
  let index = 0;
  while (index < entities.length) {
    const entity = entities[index];
    const start = Math.max(entity.offset, position);
    const end = Math.min(entity.offset + entity.length, to);
    index += 1;
    if (end <= start) continue;
    const inner = [];
    while (index < entities.length && entities[index].offset < end) inner.push(entities[index++]);
    if (start > position) parent.append(text.slice(position, start));
    const element = wrap(entity, text.slice(start, end), actions);
    append(element, text, start, end, inner, actions);
    parent.append(element);
    // A block ends its line by itself; the line break behind it would otherwise show as an empty line.
    position = BLOCKS.has(entity.type) && text[end] === "\n" ? end + 1 : end;
  }
  if (position < to) parent.append(text.slice(position, to));
}

function wrap(entity, covered, actions) {
  switch (entity.type) {
    case "text_link":
      return link(entity.url, actions);
    case "url":
      return link(SAFE_LINK.test(covered) ? covered : `https://${covered}`, actions);
    case "email":
      return link(`mailto:${covered}`, actions);
    case "phone_number":
      return h("span", { class: "entity-phone" });
    case "bot_command":
      return h("button", {
        type: "button", class: "entity-command", onclick: () => actions.command?.(covered),
      });
    case "mention":
    case "text_mention":
    case "hashtag":
    case "cashtag":
      return h("span", { class: `entity-${entity.type}` });
    case "spoiler":
      return spoiler();
    default: {
      const element = h(TAGS[entity.type] || "span");
      if (entity.type === "expandable_blockquote") element.className = "is-expandable";
      if (entity.type === "pre" && entity.language) element.dataset.language = entity.language;
      return element;
    }
  }
}

// A link that is none of the harmless kinds stays plain text with the look of a link.
function link(url, actions) {
  if (!SAFE_LINK.test(url)) return h("span", { class: "entity-mention" });
  return h("a", {
    href: url, target: "_blank", rel: "noopener noreferrer",
    onclick: (event) => {
      if (actions.link?.(url)) event.preventDefault();
    },
  });
}

function spoiler() {
  const reveal = () => {
    element.classList.add("is-open");
    element.removeAttribute("role");
    element.removeAttribute("tabindex");
    element.removeAttribute("aria-label");
  };
  const element = h("span", {
    class: "spoiler", role: "button", tabindex: "0", "aria-label": t("spoiler"),
    onclick: reveal,
    onkeydown: (event) => {
      if (event.key === "Enter" || event.key === " ") reveal();
    },
  });
  return element;
}

// One line for quotes, pinned bars and chat lists.
export function summary(message) {
  if (!message) return t("deleted");
  const text = message.text ?? message.caption;
  const kind = kindOf(message);
  if (text) return kind ? `${t(kind)}: ${text}` : text;
  return kind ? t(kind) : t("message");
}

function kindOf(message) {
  const kinds = ["photo", "video", "voice", "audio", "sticker", "contact", "poll"];
  const found = kinds.find((kind) => message[kind]);
  if (found) return found;
  if (message.video_note) return "video";
  if (message.document) return "file";
  if (message.location || message.venue) return "place";
  return null;
}

// Only emoji, and few of them: shown large, as messengers do.
export function isFewEmoji(text) {
  return text.length <= 24 && /^(?:\p{Extended_Pictographic}|\p{Emoji_Component}|\u200d|\ufe0f|\s)+$/u.test(text)
    && /\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(text) && [...text].length <= 9;
}
