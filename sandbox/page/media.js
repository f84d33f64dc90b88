// The parts of a bubble that are not text: photos, voice notes, video, files, places, contacts.
import { fileUrl } from "./api.js";
import { h, icon, svg } from "./dom.js";
import { formatDuration, t } from "./texts.js";

export function mediaOf(message) {
  if (message.photo?.length) return photo(message);
  if (message.voice) return voice(message.voice);
  if (message.video) return video(message.video);
  if (message.video_note) return video(message.video_note, true);
  if (message.audio) return voice(message.audio, message.audio.title || message.audio.file_name);
  if (message.document) return file(message.document);
  if (message.venue) return place(message.venue.location, message.venue.title);
  if (message.location) return place(message.location);
  if (message.contact) return contact(message.contact);
  if (message.poll) return h("div", { class: "media-note" }, message.poll.question);
  if (message.sticker) return h("div", { class: "media-sticker" }, message.sticker.emoji || t("sticker"));
  return null;
}

// The smallest size that is sharp on a 360 px telephone with a dense screen.
function pick(sizes) {
  const sorted = [...sizes].sort((a, b) => a.width - b.width);
  return sorted.find((size) => size.width >= 640) || sorted[sorted.length - 1];
}

export function photo(message) {
  const size = pick(message.photo);
  const largest = message.photo.reduce((a, b) => (b.width > a.width ? b : a));
  const image = h("img", {
    src: fileUrl(size), alt: message.caption || t("photo"), width: size.width, height: size.height, decoding: "async",
  });
  return h("button", { type: "button", class: "media-photo", "aria-label": t("enlarge"), onclick: () => lightbox(fileUrl(largest), message.caption) }, image);
}

export function album(messages) {
  // Papers and music stand under one another; of an odd number of pictures the first is wide.
  const pictures = messages.every((message) => message.photo || message.video);
  const shape = pictures ? (messages.length % 2 ? "is-grid is-odd" : "is-grid") : "is-list";
  return h("div", { class: `media-album ${shape}` }, messages.map((message) => mediaOf(message)));
}

function lightbox(url, caption) {
  const dialog = h("dialog", { class: "lightbox", "aria-label": t("photo"), onclick: () => dialog.close(), onclose: () => dialog.remove() },
    h("img", { src: url, alt: caption || t("photo") }),
    caption && h("p", {}, caption),
    h("button", { type: "button", class: "lightbox-close", "aria-label": t("close") }, icon("close")));
  document.body.append(dialog);
  dialog.showModal();
}

// Bars drawn from the file's id: the same voice note always looks the same, different ones differ.
function bars(seed) {
  let state = 7;
  for (const character of seed) state = (state * 31 + character.codePointAt(0)) >>> 0;
  return Array.from({ length: 30 }, (_, index) => {
    state = (state * 1103515245 + 12345) >>> 0;
    const height = 4 + ((state >>> 16) % 15) * (0.55 + 0.45 * Math.sin((index / 29) * Math.PI));
    return svg("rect", { x: index * 5, y: 12 - height / 2, width: 3, height, rx: 1.5 });
  });
}

let playing = null;

function voice(media, title) {
  const audio = new Audio();
  audio.preload = "none";
  audio.src = fileUrl(media);
  const lines = bars(media.file_unique_id || "");
  const time = h("span", { class: "voice-time" }, formatDuration(media.duration));
  const button = h("button", { type: "button", class: "voice-play", "aria-label": t("playVoice") }, icon("play"));

  const show = () => {
    const on = !audio.paused;
    button.replaceChildren(icon(on ? "pause" : "play"));
    button.setAttribute("aria-label", t(on ? "pauseVoice" : "playVoice"));
    // A recording made in the browser may not know its own length.
    const length = Number.isFinite(audio.duration) && audio.duration > 0 ? audio.duration : media.duration || 1;
    const share = audio.currentTime / length;
    lines.forEach((line, index) => line.classList.toggle("is-played", index / lines.length < share));
    time.textContent = formatDuration(on || audio.currentTime ? audio.currentTime : media.duration);
  };
  button.addEventListener("click", () => {
    if (!audio.paused) return audio.pause();
    if (playing && playing !== audio) playing.pause();
    playing = audio;
    return audio.play().catch(() => time.replaceChildren(t("unknownKind")));
  });
  for (const name of ["play", "pause", "timeupdate", "ended"]) audio.addEventListener(name, show);
  audio.addEventListener("ended", () => {
    audio.currentTime = 0;
  });
  return h("div", { class: "media-voice", role: "group", "aria-label": title || t("voice") }, button,
    h("div", { class: "voice-body" },
      title && h("div", { class: "voice-title" }, title),
      svg("svg", { viewBox: "0 0 148 24", class: "voice-bars", "aria-hidden": "true" }, ...lines),
      time));
}

function video(media, round = false) {
  return h("video", {
    class: round ? "media-video is-round" : "media-video", src: fileUrl(media), controls: true, preload: "metadata",
    width: media.width || media.length, height: media.height || media.length, "aria-label": t("video"),
  });
}

function file(media) {
  const size = media.file_size ? ` · ${Math.max(1, Math.round(media.file_size / 1024))} KB` : "";
  return h("a", { class: "media-file", href: fileUrl(media), download: media.file_name || "file" },
    h("span", { class: "media-disc" }, icon("file")),
    h("span", { class: "media-lines" }, h("span", { class: "media-name" }, media.file_name || t("file")), h("span", { class: "media-small" }, `${media.mime_type || ""}${size}`)));
}

// A drawn map, the same for the same place: the sandbox loads nothing from anywhere.
function place(location, title) {
  const coordinates = `${location.latitude.toFixed(5)}, ${location.longitude.toFixed(5)}`;
  const shift = (value, span) => Math.round((Math.abs(value) * 1000) % span);
  const map = townMap(shift(location.longitude, 40), shift(location.latitude, 30));
  map.append(svg("path", { class: "map-pin", d: "M120 78s-15-14-15-25a15 15 0 0 1 30 0c0 11-15 25-15 25z" }), svg("circle", { class: "map-hole", cx: 120, cy: 53, r: 5.5 }));
  return h("figure", { class: "media-place", "aria-label": `${t("place")}: ${coordinates}` }, map,
    h("figcaption", {}, title && h("strong", {}, title), h("span", {}, coordinates)));
}

export function townMap(x = 0, y = 0) {
  const blocks = [[8, 8, 62, 34], [84, 8, 46, 34], [146, 8, 86, 20], [8, 58, 40, 48], [62, 58, 68, 22], [62, 88, 68, 24], [146, 62, 36, 50], [194, 62, 40, 24]];
  return svg("svg", { viewBox: "0 0 240 120", class: "town-map", "aria-hidden": "true", preserveAspectRatio: "xMidYMid slice" },
    svg("rect", { class: "map-ground", width: 240, height: 120 }),
    svg("g", { transform: `translate(${x / 8} ${y / 8})` },
      svg("rect", { class: "map-garden", x: 146, y: 30, width: 86, height: 22, rx: 4 }),
      svg("path", { class: "map-water", d: "M190 96q20-8 48 2v26h-56q-4-20 8-28z" }),
      ...blocks.map(([left, top, width, height]) => svg("rect", { class: "map-block", x: left, y: top, width, height, rx: 3 })),
      svg("path", { class: "map-road", d: "M-20 50H260M138-20V140M55 50V140M-20 114H260" })));
}

function contact(person) {
  const name = [person.first_name, person.last_name].filter(Boolean).join(" ");
  return h("div", { class: "media-file" }, h("span", { class: "media-disc" }, icon("person")),
    h("span", { class: "media-lines" }, h("span", { class: "media-name" }, name), h("span", { class: "media-small" }, person.phone_number)));
}
