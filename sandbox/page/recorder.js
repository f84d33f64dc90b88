// Recording a voice note, where the browser gives a microphone (it does on localhost and over https).
import { fill, h, icon } from "./dom.js";
import { formatDuration, t } from "./texts.js";

export function recorder(onRecorded) {
  const label = h("span", {}, t("record"));
  const button = h("button", { type: "button", class: "choice", data: { attach: "record" }, onclick: () => (running ? running.stop() : begin()) },
    h("span", { class: "choice-disc" }, icon("microphone")), label);
  let running = null;

  async function begin() {
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      label.textContent = t("noMicrophone");
      return;
    }
    const started = performance.now();
    const parts = [];
    running = new MediaRecorder(stream);
    const tick = window.setInterval(() => {
      // The sheet was closed while recording: nothing is sent, the microphone is let go.
      if (!button.isConnected) running?.stop();
      fill(label, t("recording", { time: formatDuration((performance.now() - started) / 1000) }), h("small", {}, t("sendRecording")));
    }, 250);
    running.ondataavailable = (event) => parts.push(event.data);
    running.onstop = () => {
      window.clearInterval(tick);
      stream.getTracks().forEach((track) => track.stop());
      const file = new Blob(parts, { type: running.mimeType });
      running = null;
      if (button.isConnected && file.size) onRecorded(file, Math.max(1, Math.round((performance.now() - started) / 1000)));
    };
    running.start();
    button.classList.add("is-recording");
  }

  return button;
}
