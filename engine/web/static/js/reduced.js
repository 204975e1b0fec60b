// Photos of a camera are made smaller before they are sent; what is small already stays as it is.
const LONGEST_SIDE = 2048;
const LARGE = 1024 * 1024;
const QUALITY = 0.86;
const KINDS = ["image/jpeg", "image/png", "image/webp"];

/** The picture as a JPEG of at most 2048 by 2048 pixels, upright; the file itself when that is no smaller. */
export async function reduced(file) {
  if (file.size <= LARGE || !KINDS.includes(file.type)) return file;
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture) return file;
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const sheet = document.createElement("canvas");
  Object.assign(sheet, { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
  const context = sheet.getContext("2d");
  context.fillStyle = "white";
  context.fillRect(0, 0, sheet.width, sheet.height);
  context.drawImage(picture, 0, 0, sheet.width, sheet.height);
  const made = await new Promise((done) => { sheet.toBlob(done, "image/jpeg", QUALITY); });
  if (!made || made.size >= file.size) return file;
  return new File([made], file.name.replace(/\.[^.]*$/, "") + ".jpg", { type: made.type });
}
