// A page's image in somebody's name: what others see of it, with a face and a number below. It is drawn in the browser, so
// that no build has to make one for each page and each rep.

/** @import { CardColors } from "./config" */
/** @import { Rep } from "./reps" */

const WIDTH = 1200, HEIGHT = 630, BAND = 144, EDGE = 80, FACE = 52;

/** @typedef {CanvasRenderingContext2D} Pen */

/** @param {string} src @returns {Promise<HTMLImageElement>} */
async function loaded(src) {
  const image = new Image();
  image.src = src;
  await image.decode();
  return image;
}

/** Fills a rectangle with the middle of an image. @param {Pen} pen @param {HTMLImageElement} image @param {[number, number, number, number]} place */
function cover(pen, image, [x, y, width, height]) {
  const [wide, high] = [image.naturalWidth || width, image.naturalHeight || height];
  const scale = Math.max(width / wide, height / high), w = width / scale, h = height / scale;
  pen.drawImage(image, (wide - w) / 2, (high - h) / 2, w, h, x, y, width, height);
}

/** Sets the largest size of a font, up to `size`, in which a text is no wider than `most`; gives its width.
 * @param {Pen} pen @param {string} text @param {string} family @param {number} size @param {number} most */
function fit(pen, text, family, size, most) {
  for (let now = size; ; now -= 2) {
    pen.font = `${now}px ${family}`;
    const { width } = pen.measureText(text);
    if (width <= most || now <= 18) return Math.min(width, most);
  }
}

/** The image with the rep on it. @param {string} src @param {CardColors} colors @param {Rep} rep */
export async function signed(src, colors, rep) {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: WIDTH, height: HEIGHT });
  const pen = canvas.getContext("2d");
  if (!pen) return null;
  const style = getComputedStyle(document.documentElement);
  const heading = style.getPropertyValue("--font-heading") || "serif", plain = style.getPropertyValue("--font-ui") || "sans-serif";
  const [image, face] = await Promise.all([
    loaded(src),
    rep.photo ? loaded(rep.photo.src).catch(() => null) : null,
    document.fonts.load(`40px ${heading}`).catch(() => null),
  ]);
  const top = HEIGHT - BAND, middle = top + BAND / 2;
  // What is below on a card is its author, in whose place the rep is.
  const isCard = image.naturalWidth === WIDTH && image.naturalHeight === HEIGHT;
  cover(pen, image, [0, 0, WIDTH, isCard ? HEIGHT : top]);
  pen.fillStyle = colors.paper;
  pen.fillRect(0, top, WIDTH, BAND);
  pen.fillStyle = colors.accent;
  pen.fillRect(0, top, WIDTH, 4);
  pen.save();
  pen.beginPath();
  pen.arc(EDGE + FACE, middle + 2, FACE, 0, 2 * Math.PI);
  pen.clip();
  if (face) {
    cover(pen, face, [EDGE, middle + 2 - FACE, 2 * FACE, 2 * FACE]);
  } else {
    pen.fillRect(EDGE, middle + 2 - FACE, 2 * FACE, 2 * FACE);
    pen.fillStyle = colors.paper;
    pen.textAlign = "center";
    fit(pen, rep.initials, heading, 44, 2 * FACE);
    pen.fillText(rep.initials, EDGE + FACE, middle + 18);
  }
  pen.restore();
  const reach = rep.phone ?? rep.email ?? "", left = EDGE + 2 * FACE + 28;
  pen.fillStyle = colors.accent;
  pen.textAlign = "right";
  const taken = fit(pen, reach, heading, 46, WIDTH / 2 - EDGE);
  pen.fillText(reach, WIDTH - EDGE, middle + 18);
  const room = WIDTH - EDGE - taken - 40 - left;
  pen.textAlign = "left";
  pen.fillStyle = colors.ink;
  fit(pen, rep.name, heading, 38, room);
  pen.fillText(rep.name, left, rep.role ? middle - 2 : middle + 16, room);
  if (rep.role) {
    pen.fillStyle = colors.muted;
    fit(pen, rep.role, plain, 25, room);
    pen.fillText(rep.role, left, middle + 36, room);
  }
  return canvas;
}
