/** One pass over the data: splits every transform that is left to do into `radix` shorter ones. */
interface Pass {
  readonly radix: number;
  /** Length of the transforms after it. */
  readonly shorter: number;
  /** How many transforms lie interleaved before it. */
  readonly stride: number;
  /** The factor of input `j` in output `r` of part `q`, at `(q * radix + r) * radix + j`: real parts, imaginary parts. */
  readonly cos: Float64Array;
  readonly sin: Float64Array;
}

/**
 * Discrete Fourier transform of a length that is a product of small numbers, which need not be a power of two: the
 * mixed-radix, self-sorting Stockham form (Van Loan, "Computational Frameworks for the Fast Fourier Transform", 1992,
 * chapters 1 and 2), `length * sum(radices)` complex multiplications.
 */
export class FourierTransform {
  readonly length: number;
  readonly #passes: readonly Pass[];
  readonly #spareRe: Float64Array;
  readonly #spareIm: Float64Array;

  /** @param radices whose product is the length */
  constructor(radices: readonly number[]) {
    this.length = radices.reduce((product, radix) => product * radix, 1);
    this.#spareRe = new Float64Array(this.length);
    this.#spareIm = new Float64Array(this.length);
    let span = this.length;
    this.#passes = radices.map((radix) => {
      const pass = passOf(radix, span, this.length);
      span = pass.shorter;
      return pass;
    });
  }

  /** Transforms `re + i im` in place; both have `length` numbers. */
  forward(re: Float64Array, im: Float64Array): void {
    let from = [re, im] as const;
    let to = [this.#spareRe, this.#spareIm] as const;
    for (const pass of this.#passes) {
      run(pass, ...from, ...to);
      [from, to] = [to, from];
    }
    if (from[0] !== re) {
      re.set(from[0]);
      im.set(from[1]);
    }
  }
}

function passOf(radix: number, span: number, length: number): Pass {
  const shorter = span / radix;
  // Within the short transform, and what the outputs of part q are turned by.
  const turns = Array.from({ length: shorter * radix * radix }, (_, i) => {
    const j = i % radix;
    const r = Math.floor(i / radix) % radix;
    const q = Math.floor(i / (radix * radix));
    return -2 * Math.PI * (((j * r) % radix) / radix + (q * r) / span);
  });
  return {
    radix,
    shorter,
    stride: length / span,
    cos: Float64Array.from(turns, Math.cos),
    sin: Float64Array.from(turns, Math.sin),
  };
}

function run(pass: Pass, re: Float64Array, im: Float64Array, toRe: Float64Array, toIm: Float64Array): void {
  const { radix, shorter, stride, cos, sin } = pass;
  const apart = stride * shorter;
  for (let q = 0; q < shorter; q++) {
    for (let r = 0; r < radix; r++) {
      const factors = (q * radix + r) * radix;
      const to = stride * (radix * q + r);
      for (let k = 0; k < stride; k++) {
        let sumRe = 0;
        let sumIm = 0;
        for (let j = 0, from = stride * q + k; j < radix; j++, from += apart) {
          const c = cos[factors + j] ?? 0;
          const s = sin[factors + j] ?? 0;
          const x = re[from] ?? 0;
          const y = im[from] ?? 0;
          sumRe += x * c - y * s;
          sumIm += x * s + y * c;
        }
        toRe[to + k] = sumRe;
        toIm[to + k] = sumIm;
      }
    }
  }
}
