/** Wider pictures are scaled down: jsqr reads every pixel, and a photo of 12 million would freeze the page. */
const longestSidePx = 1_600;

export type QrPicture = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: 'no-image' | 'no-qr' };

/** Reads the QR in a picture. The reader is fetched when the first picture comes. */
export async function readQrPicture(picture: Blob): Promise<QrPicture> {
  const bitmap = await createImageBitmap(picture).catch(() => undefined);
  if (!bitmap) return { ok: false, reason: 'no-image' };
  const pixels = pixelsOf(bitmap);
  const { default: readQr } = await import('jsqr');
  const found = readQr(pixels.data, pixels.width, pixels.height);
  return found ? { ok: true, text: found.data } : { ok: false, reason: 'no-qr' };
}

/** On white, because a QR that was saved without a background has transparent light squares. */
function pixelsOf(bitmap: ImageBitmap): ImageData {
  const scale = Math.min(1, longestSidePx / Math.max(bitmap.width, bitmap.height));
  const canvas = new OffscreenCanvas(Math.ceil(bitmap.width * scale), Math.ceil(bitmap.height * scale));
  const context = canvas.getContext('2d')!;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return context.getImageData(0, 0, canvas.width, canvas.height);
}
