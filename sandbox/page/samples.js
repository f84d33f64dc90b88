// Pictures and sounds for those who have none at hand: drawn on a canvas and computed, loaded from nowhere.

export const PHOTOS = [
  { id: "stall", text: "sampleStall", draw: stall },
  { id: "stairs", text: "sampleStairs", draw: stairs },
  { id: "pipe", text: "samplePipe", draw: pipe },
  { id: "pavement", text: "samplePavement", draw: pavement },
];

const WIDTH = 960;
const HEIGHT = 720;

export function samplePhoto(sample) {
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const pen = canvas.getContext("2d");
  sample.draw(pen);
  grain(pen);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.85));
}

export function drawThumbnail(canvas, sample) {
  canvas.width = WIDTH / 4;
  canvas.height = HEIGHT / 4;
  const pen = canvas.getContext("2d");
  pen.scale(0.25, 0.25);
  sample.draw(pen);
}

function area(pen, colour, points) {
  pen.fillStyle = colour;
  pen.beginPath();
  points.forEach(([x, y], index) => (index ? pen.lineTo(x, y) : pen.moveTo(x, y)));
  pen.closePath();
  pen.fill();
}

function box(pen, colour, x, y, width, height) {
  pen.fillStyle = colour;
  pen.fillRect(x, y, width, height);
}

function disc(pen, colour, x, y, radiusX, radiusY = radiusX) {
  pen.fillStyle = colour;
  pen.beginPath();
  pen.ellipse(x, y, radiusX, radiusY, 0, 0, Math.PI * 2);
  pen.fill();
}

function shade(pen, from, to, x0, y0, x1, y1) {
  const gradient = pen.createLinearGradient(x0, y0, x1, y1);
  gradient.addColorStop(0, from);
  gradient.addColorStop(1, to);
  return gradient;
}

function stall(pen) {
  box(pen, shade(pen, "#bfd9e6", "#eef3ea", 0, 0, 0, 420), 0, 0, WIDTH, 430);
  box(pen, "#d9c9ae", 0, 150, 230, 280);
  box(pen, "#c9b797", 730, 110, 230, 320);
  for (const x of [30, 120, 770, 860]) for (const y of [180, 280]) box(pen, "#8fa7b0", x, y, 55, 62);
  area(pen, shade(pen, "#b9b4aa", "#8f8a81", 0, 430, 0, 720), [[0, 430], [960, 430], [960, 720], [0, 720]]);
  area(pen, "#c9c4b9", [[400, 430], [560, 430], [720, 720], [240, 720]]);
  for (let index = 0; index < 8; index += 1) {
    area(pen, index % 2 ? "#f6f1e7" : "#c8453a", [[230 + index * 62, 210], [292 + index * 62, 210], [302 + index * 65, 300], [235 + index * 65, 300]]);
  }
  box(pen, "#6b5540", 250, 290, 14, 290);
  box(pen, "#6b5540", 712, 290, 14, 290);
  box(pen, "#a8794a", 235, 440, 510, 50);
  box(pen, "#8d633a", 235, 490, 510, 110);
  for (let index = 0; index < 11; index += 1) {
    disc(pen, ["#d8563f", "#e7a33b", "#6f9e4c"][index % 3], 270 + index * 44, 432, 23);
    disc(pen, ["#e7a33b", "#6f9e4c", "#d8563f"][index % 3], 290 + index * 40, 412, 17);
  }
  box(pen, "#b58a5a", 130, 560, 120, 90);
  box(pen, "#a67b4c", 160, 500, 95, 66);
  box(pen, "#b58a5a", 745, 575, 130, 85);
}

function stairs(pen) {
  box(pen, shade(pen, "#2c3034", "#15181b", 0, 0, 0, 720), 0, 0, WIDTH, HEIGHT);
  area(pen, "#23272b", [[0, 0], [250, 90], [250, 560], [0, 720]]);
  area(pen, "#1d2023", [[960, 0], [710, 90], [710, 560], [960, 720]]);
  for (let step = 0; step < 8; step += 1) {
    const y = 690 - step * 48;
    const inset = step * 30;
    const light = 62 - step * 5;
    box(pen, `rgb(${light + 12} ${light + 12} ${light + 10})`, 90 + inset, y - 20, 780 - inset * 2, 18);
    box(pen, `rgb(${light - 12} ${light - 12} ${light - 10})`, 90 + inset, y - 2, 780 - inset * 2, 32);
  }
  pen.strokeStyle = "#4a4f52";
  pen.lineWidth = 12;
  pen.beginPath();
  pen.moveTo(120, 480);
  pen.lineTo(330, 170);
  pen.stroke();
  box(pen, "#0d0f11", 410, 90, 140, 210);
  box(pen, "#3b4145", 466, 20, 28, 36);
  disc(pen, "#55595a", 480, 72, 30);
  disc(pen, "#2a2d2e", 480, 76, 20);
  const glow = pen.createRadialGradient(150, 60, 10, 150, 60, 420);
  glow.addColorStop(0, "rgba(190,205,220,.28)");
  glow.addColorStop(1, "rgba(190,205,220,0)");
  box(pen, glow, 0, 0, WIDTH, HEIGHT);
}

function pipe(pen) {
  box(pen, shade(pen, "#e5e0d2", "#cfc8b5", 0, 0, 0, 720), 0, 0, WIDTH, HEIGHT);
  for (let y = 0; y < 560; y += 92) for (let x = (y / 92) % 2 ? -90 : 0; x < WIDTH; x += 184) box(pen, "rgba(255,255,255,.26)", x + 3, y + 3, 178, 86);
  area(pen, "rgba(120,140,120,.4)", [[420, 330], [600, 330], [660, 620], [360, 620]]);
  box(pen, shade(pen, "#9aa3a6", "#5f686c", 0, 250, 0, 330), 0, 250, WIDTH, 78);
  box(pen, shade(pen, "#a9b1b4", "#666f73", 690, 0, 768, 0), 690, 0, 78, 260);
  box(pen, "#4e575b", 455, 236, 110, 106);
  box(pen, "#4e575b", 676, 236, 106, 106);
  pen.fillStyle = "#5fa4c9";
  for (const [x, y, size] of [[505, 380, 13], [530, 450, 17], [498, 520, 15], [520, 590, 19]]) {
    pen.beginPath();
    pen.moveTo(x, y - size * 2);
    pen.quadraticCurveTo(x + size * 1.3, y, x, y + size);
    pen.quadraticCurveTo(x - size * 1.3, y, x, y - size * 2);
    pen.fill();
  }
  box(pen, "#8d8778", 0, 620, WIDTH, 100);
  disc(pen, "rgba(95,164,201,.75)", 510, 660, 240, 34);
  disc(pen, "rgba(255,255,255,.4)", 460, 652, 80, 9);
}

function pavement(pen) {
  box(pen, shade(pen, "#cfe0e4", "#e9ece4", 0, 0, 0, 250), 0, 0, WIDTH, 260);
  box(pen, "#8faa78", 0, 190, WIDTH, 80);
  box(pen, "#b7aea0", 0, 260, WIDTH, 460);
  pen.strokeStyle = "#958c7e";
  pen.lineWidth = 5;
  for (let row = 0; row < 7; row += 1) {
    const y = 260 + row * row * 11 + row * 14;
    pen.beginPath();
    pen.moveTo(0, y);
    pen.lineTo(WIDTH, y);
    pen.stroke();
  }
  for (let column = -6; column <= 6; column += 1) {
    pen.beginPath();
    pen.moveTo(480 + column * 70, 260);
    pen.lineTo(480 + column * 190, 720);
    pen.stroke();
  }
  area(pen, "#6f6659", [[330, 470], [470, 425], [640, 450], [700, 560], [560, 640], [370, 600]]);
  area(pen, "#4d463c", [[390, 500], [500, 465], [620, 490], [650, 560], [540, 605], [410, 575]]);
  area(pen, "#a89f90", [[330, 470], [430, 440], [470, 520], [380, 545]]);
  area(pen, "#bdb4a5", [[640, 450], [700, 560], [610, 570], [580, 490]]);
  disc(pen, "rgba(95,140,165,.5)", 525, 560, 85, 22);
}

// A little noise, so that a drawing looks taken rather than drawn. Seeded: the same sample is always the same file.
function grain(pen) {
  const image = pen.getImageData(0, 0, WIDTH, HEIGHT);
  let state = 99;
  for (let index = 0; index < image.data.length; index += 4) {
    state = (state * 1664525 + 1013904223) >>> 0;
    const noise = (state >>> 24) / 255 * 14 - 7;
    for (let channel = 0; channel < 3; channel += 1) image.data[index + channel] += noise;
  }
  pen.putImageData(image, 0, 0);
}

// Three seconds of a humming voice as a WAV file: syllables of a sliding tone.
export function sampleVoice(seconds = 3) {
  const rate = 8000;
  const count = rate * seconds;
  const view = new DataView(new ArrayBuffer(44 + count * 2));
  const ascii = (at, text) => [...text].forEach((letter, index) => view.setUint8(at + index, letter.charCodeAt(0)));
  ascii(0, "RIFF");
  view.setUint32(4, 36 + count * 2, true);
  ascii(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  ascii(36, "data");
  view.setUint32(40, count * 2, true);
  let phase = 0;
  for (let index = 0; index < count; index += 1) {
    const at = index / rate;
    const syllable = (at * 3.6) % 1;
    phase += (2 * Math.PI * (150 + 35 * Math.sin(at * 2.1) + 18 * Math.sin(at * 7))) / rate;
    const loud = Math.sin(Math.PI * syllable) ** 2 * (at % 1.5 > 1.3 ? 0.1 : 1);
    const tone = Math.sin(phase) + 0.5 * Math.sin(phase * 2) + 0.35 * Math.sin(phase * 4) + 0.15 * Math.sin(phase * 7);
    view.setInt16(44 + index * 2, tone * loud * 7000, true);
  }
  return { file: new Blob([view.buffer], { type: "audio/wav" }), duration: seconds };
}
