/** What a text status may stand on; white is read on each of them (4.5:1). */
export const statusColours = ['#075e54', '#1f5fa8', '#6b46b5', '#a3313f'] as const;

/** Black or white, whichever is read better on `background` (`#rrggbb`). WCAG 2 relative luminance. */
export function inkOn(background: string): '#000000' | '#ffffff' {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(background.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.05 ? '#ffffff' : '#000000';
}
