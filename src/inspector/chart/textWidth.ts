/** How much wider bold letters are at most. */
const BOLD = 1.15;

/**
 * How wide a text can become, in pixels. There is no browser while the chart is drawn, and the font is the reader's own:
 * these are the widths of DejaVu Sans, the widest of the usual ones (tenths of an em, rounded up), so no other overflows.
 */
export function textWidth(text: string, fontSizePx: number, isBold = false): number {
  let tenths = 0;
  for (const character of text) tenths += tenthsOfAnEm(character);
  return Math.ceil((tenths / 10) * fontSizePx * (isBold ? BOLD : 1));
}

function tenthsOfAnEm(character: string): number {
  if (/[ijl.,:|' ]/.test(character)) return 3.4;
  if (/[frt[\]()/-]/.test(character)) return 4.2;
  if (/[mwMW]/.test(character)) return 9.9;
  if (/[A-Z]/.test(character)) return 7.9;
  return 6.4;
}
