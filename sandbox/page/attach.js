// The sheet behind the paper clip: photos, a voice note, a place, a contact, files; with samples of each.
import { post, upload } from "./api.js";
import { askLocation, numberOf } from "./asking.js";
import { h, icon } from "./dom.js";
import { openSheet } from "./overlay.js";
import { recorder } from "./recorder.js";
import { drawThumbnail, PHOTOS, samplePhoto, sampleVoice } from "./samples.js";
import { fullName } from "./state.js";
import { t } from "./texts.js";

export function attachSheet(phone) {
  openSheet(phone.screen, t("attach"), (close) => {
    const caption = h("input", { type: "text", maxlength: 1024, placeholder: t("caption"), "aria-label": t("caption"), class: "caption-field", dir: "auto" });
    const photos = picker("image/*,video/*", true, (files) => {
      close();
      sendPictures(phone, files, caption.value);
    });
    const sounds = picker("audio/*", false, ([file]) => {
      close();
      sendVoice(phone, file, undefined);
    });
    const files = picker("", false, ([file]) => {
      close();
      send(phone, "document", file, { caption: caption.value });
    });
    return [
      h("h4", {}, t("samplePhotos")),
      h("div", { class: "samples" }, PHOTOS.map((sample) => sampleButton(sample, async () => {
        close();
        await sendPictures(phone, [await sampleFile(sample)], caption.value);
      }))),
      caption,
      h("div", { class: "attach-list" },
        row("photo", t("sampleAlbum"), "album", async () => {
          close();
          await sendPictures(phone, [await sampleFile(PHOTOS[0]), await sampleFile(PHOTOS[3])], caption.value);
        }),
        row("photo", t("takePhoto"), "file", () => photos.click(), t("photoHint")),
        photos,
        row("microphone", t("sampleVoice"), "voice", () => {
          close();
          const { file, duration } = sampleVoice();
          sendVoice(phone, file, duration);
        }),
        recorder((file, duration) => {
          close();
          sendVoice(phone, file, duration);
        }),
        row("microphone", t("audioFile"), "audio", () => sounds.click()),
        sounds,
        row("place", t("shareLocation"), "location", async () => {
          close();
          const answer = await askLocation(phone);
          if (answer) await sendLocation(phone, answer.location);
        }),
        row("person", t("shareContact"), "contact", () => {
          close();
          chooseContact(phone);
        }),
        row("file", t("document"), "document", () => files.click()),
        files),
    ];
  }, { name: "attach" });
}

function row(name, label, id, run, note) {
  return h("button", { type: "button", class: "choice", data: { attach: id }, onclick: run }, h("span", { class: "choice-disc" }, icon(name)), h("span", {}, label, note && h("small", {}, note)));
}

function picker(accept, multiple, run) {
  return h("input", { type: "file", accept, multiple, hidden: true, tabindex: "-1", onchange: (event) => event.target.files.length && run([...event.target.files]) });
}

function sampleButton(sample, run) {
  const canvas = h("canvas", { "aria-hidden": "true" });
  drawThumbnail(canvas, sample);
  return h("button", { type: "button", class: "sample", data: { sample: sample.id }, onclick: run }, canvas, h("span", {}, t(sample.text)));
}

async function sampleFile(sample) {
  return new File([await samplePhoto(sample)], `${sample.id}.jpg`, { type: "image/jpeg" });
}

const address = (phone) => phone.address(phone.composer.takeReply());

function send(phone, kind, file, fields = {}) {
  return phone.attempt(() => upload({ ...address(phone), kind, ...fields }, file));
}

// One after the other: the order of an album's parts is the order in which they were chosen.
async function sendPictures(phone, files, caption) {
  const album = files.length > 1 ? `page-${Date.now()}-${Math.round(Math.random() * 1e6)}` : undefined;
  const where = address(phone);
  for (const [index, file] of files.entries()) {
    const kind = file.type.startsWith("video/") ? "video" : "photo";
    const fields = { ...where, kind, album, caption: index === 0 ? caption : undefined };
    if (!(await phone.attempt(() => upload(fields, file)))) return;
  }
}

function sendVoice(phone, file, duration) {
  const name = file.name || (file.type.includes("wav") ? "voice.wav" : "voice.webm");
  return phone.attempt(() => upload({ ...address(phone), kind: "voice", duration }, file, name));
}

function sendLocation(phone, { lat, lon }) {
  return phone.attempt(() => post("location", { ...address(phone), latitude: lat, longitude: lon }));
}

function chooseContact(phone) {
  const own = phone.person;
  const people = [own, ...phone.world.people.filter((person) => person.id !== own.id)];
  openSheet(phone.screen, t("shareContact"), (close) => h("div", { class: "choices" }, people.map((person) => h("button", {
    type: "button", class: "choice", data: { person: person.id },
    onclick: () => {
      close();
      phone.attempt(() => post("contact", {
        ...address(phone), phone_number: numberOf(person), first_name: person.first_name, user_id: person.id,
      }));
    },
  }, h("span", { class: "choice-disc" }, icon("person")), h("span", {}, person === own ? t("myContact") : h("bdi", {}, fullName(person)), h("small", {}, numberOf(person)))))), { name: "contacts" });
}
