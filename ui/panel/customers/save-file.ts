/** Gives a file to the person, under a name. */
export function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has read it by then; it keeps the bytes for as long as the address stands.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
