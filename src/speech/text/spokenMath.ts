import type { SpokenWords } from './spokenWords.js';

/** Takes the dollars and commands of LaTeX off; sums of money keep their dollars. */
export function spokenMath(text: string, words: SpokenWords): string {
  return text
    .replace(
      /\$\$([^$]+)\$\$|\\\[([\s\S]{1,500}?)\\\]|\\\(([\s\S]{1,500}?)\\\)/g,
      (_whole, ...groups: (string | undefined)[]) =>
        formula(groups.slice(0, 3).find((group) => group !== undefined) ?? '', words),
    )
    .replace(/\$(?!\s)([^$\n]{1,200}?)(?<!\s)\$(?!\d)/g, (whole, math: string) =>
      isFormula(math) ? formula(math, words) : whole,
    )
    .replace(/\$\$+/g, '')
    .replace(/\\[[\]()](?=\s|$)|(?<=\s|^)\\[[\]()]/g, '');
}

/** "5 and " between two prices is no formula; "x", "E = mc^2" and "\frac{1}{2}" are. */
const isFormula = (math: string): boolean =>
  /[\\^_=+<>]|^\p{L}$|^\p{L}\(\p{L}\)$/u.test(math) && !/\p{L}{3,} \p{L}{3,}/u.test(math);

function formula(math: string, words: SpokenWords): string {
  return ` ${math
    .replace(/\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}/g, ` $1 ${words.over} $2 `)
    .replace(/\\sqrt\s*\{([^{}]*)\}/g, ` ${words.squareRootOf} $1 `)
    .replace(/\\(?:times|cdot)\b/g, ` ${words.times} `)
    .replace(
      /\^\s*\{([^{}]*)\}|\^\s*(\w)/g,
      (_whole, group?: string, one?: string) => ` ${words.toThePowerOf} ${group ?? one} `,
    )
    .replace(/\\(?:text|mathrm|mathbf|left|right|quad|,|;|!)\b/g, ' ')
    .replace(/\\([a-zA-Z]+)/g, ' $1 ')
    .replace(/[\\{}_]/g, ' ')
    .trim()} `;
}
