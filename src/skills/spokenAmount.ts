/** Whole numbers beyond are not read out figure by figure. */
const READ_OUT_BELOW = 1e15;

/** A number as a person says it, with as many figures as anybody wants to hear. */
export interface SpokenAmount {
  readonly text: string;
  /** There are more figures. */
  readonly isRounded: boolean;
}

/** @param decimals kept of numbers from 1 to 100; larger ones keep fewer, smaller ones as many significant figures */
export function spokenAmount(value: number, decimals: number): SpokenAmount {
  const size = Math.abs(value);
  if (size >= READ_OUT_BELOW) {
    const [figures = '', exponent = ''] = value.toExponential(2).split('e+');
    return { text: `${Number(figures)} times 10 to the power of ${exponent}`, isRounded: true };
  }
  const rounded = roundedTo(value, size, decimals);
  const isRounded = Math.abs(rounded - value) > size * 1e-12;
  if (!isRounded && Math.abs(value - Math.round(value * 1e4) / 1e4) <= size * 1e-12)
    return { text: plain(value, 4), isRounded };
  return { text: plain(rounded, 12), isRounded };
}

/** "about 8.05". */
export function aboutAmount(value: number, decimals: number): string {
  const { text, isRounded } = spokenAmount(value, decimals);
  return `${isRounded ? 'about ' : ''}${text}`;
}

function roundedTo(value: number, size: number, decimals: number): number {
  if (size < 1) return Number(value.toPrecision(decimals + 1));
  const kept = size >= 100 ? Math.max(0, decimals - 2) : decimals;
  return Number(value.toFixed(kept));
}

/** Without an exponent and without zeros at the end. */
function plain(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  const trimmed = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return trimmed === '-0' ? '0' : trimmed.replace(/^-/, 'minus ');
}
