export type Operator = '+' | '-' | '*' | '/' | '^';
export type Root = 'sqrt' | 'cbrt';

/** An expression as a tree. */
export type Expression =
  | { readonly kind: 'number'; readonly figures: string }
  | { readonly kind: 'negative'; readonly of: Expression }
  | { readonly kind: 'root'; readonly root: Root; readonly of: Expression }
  | { readonly kind: 'operation'; readonly operator: Operator; readonly left: Expression; readonly right: Expression };

/** Longer than anything that is said in one breath. */
export const MAX_EXPRESSION_LENGTH = 200;
const MAX_DEPTH = 20;

const TOKEN = /\s*(\d{1,30}(?:\.\d{1,30})?|sqrt|cbrt|[-+*/^()])/y;

/**
 * Reads "5 + 6 / 2", "sqrt(144)", "2 ^ 10" and "-3 * (4 - 1)": numbers, the five operators, two roots and brackets, and
 * nothing else.
 * @returns undefined where it is anything else
 */
export function readExpression(text: string): Expression | undefined {
  const tokens = tokensOf(text);
  if (!tokens) return undefined;
  const reader = new Reader(tokens);
  const expression = reader.sum(0);
  return expression && reader.isAtEnd ? expression : undefined;
}

function tokensOf(text: string): readonly string[] | undefined {
  if (text.length > MAX_EXPRESSION_LENGTH) return undefined;
  const tokens: string[] = [];
  const pattern = new RegExp(TOKEN);
  const end = text.trimEnd().length;
  while (pattern.lastIndex < end) {
    const token = pattern.exec(text)?.[1];
    if (token === undefined) return undefined;
    tokens.push(token);
  }
  return tokens;
}

class Reader {
  #at = 0;

  constructor(private readonly tokens: readonly string[]) {}

  get isAtEnd(): boolean {
    return this.#at === this.tokens.length;
  }

  sum(depth: number): Expression | undefined {
    return this.#chain(['+', '-'], () => this.#product(depth));
  }

  #product(depth: number): Expression | undefined {
    return this.#chain(['*', '/'], () => this.#signed(depth));
  }

  #chain(operators: readonly Operator[], next: () => Expression | undefined): Expression | undefined {
    let left = next();
    for (;;) {
      const operator = operators.find((candidate) => candidate === this.tokens[this.#at]);
      if (!left || !operator) return left;
      this.#at++;
      const right = next();
      left = right && { kind: 'operation', operator, left, right };
    }
  }

  #signed(depth: number): Expression | undefined {
    if (depth > MAX_DEPTH) return undefined;
    if (!this.#take('-')) return this.#power(depth);
    const of = this.#signed(depth + 1);
    return of && { kind: 'negative', of };
  }

  /** From the right: 2 ^ 3 ^ 2 is 2 ^ 9. */
  #power(depth: number): Expression | undefined {
    const left = this.#operand(depth);
    if (!left || !this.#take('^')) return left;
    const right = this.#signed(depth + 1);
    return right && { kind: 'operation', operator: '^', left, right };
  }

  #operand(depth: number): Expression | undefined {
    if (depth > MAX_DEPTH) return undefined;
    for (const root of ['sqrt', 'cbrt'] as const) {
      if (!this.#take(root)) continue;
      const isNegative = this.#take('-');
      const of = this.#operand(depth + 1);
      return of && { kind: 'root', root, of: isNegative ? { kind: 'negative', of } : of };
    }
    if (this.#take('(')) {
      const inner = this.sum(depth + 1);
      return this.#take(')') ? inner : undefined;
    }
    const figures = this.tokens[this.#at];
    if (figures === undefined || !/^\d/.test(figures)) return undefined;
    this.#at++;
    return { kind: 'number', figures };
  }

  #take(token: string): boolean {
    if (this.tokens[this.#at] !== token) return false;
    this.#at++;
    return true;
  }
}
