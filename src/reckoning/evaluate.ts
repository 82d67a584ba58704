import type { BigNumber } from 'mathjs';
import type { Expression, Operator } from './expression.js';
import type { MathLibrary } from './openMath.js';

/** Results have no more figures before the point: reckoning with more takes a noticeable time. */
const MAX_FIGURES = 300;

export class ReckoningError extends Error {
  override readonly name = 'ReckoningError';

  constructor(readonly reason: 'division-by-zero' | 'not-real' | 'too-large') {
    super(`the expression has no value that can be told: ${reason}`);
  }
}

/** @throws {ReckoningError} */
export function evaluate(expression: Expression, math: MathLibrary): number {
  return reckon(expression, math).toNumber();
}

function reckon(expression: Expression, math: MathLibrary): BigNumber {
  switch (expression.kind) {
    case 'number':
      return math.number(expression.figures);
    case 'negative':
      return reckon(expression.of, math).negated();
    case 'root': {
      const of = reckon(expression.of, math);
      if (expression.root === 'cbrt') return math.arithmetic.cubeRoot(of);
      if (of.isNegative() && !of.isZero()) throw new ReckoningError('not-real');
      return checked(math.arithmetic.squareRoot(of), math);
    }
    case 'operation':
      return operate(expression.operator, reckon(expression.left, math), reckon(expression.right, math), math);
  }
}

function operate(operator: Operator, left: BigNumber, right: BigNumber, math: MathLibrary): BigNumber {
  const { add, subtract, multiply, divide, power } = math.arithmetic;
  switch (operator) {
    case '+':
      return checked(add(left, right), math);
    case '-':
      return checked(subtract(left, right), math);
    case '*':
      return checked(multiply(left, right), math);
    case '/':
      if (right.isZero()) throw new ReckoningError('division-by-zero');
      return checked(divide(left, right), math);
    case '^':
      if (left.isZero() && right.isNegative()) throw new ReckoningError('division-by-zero');
      if (left.isNegative() && !right.isInteger()) throw new ReckoningError('not-real');
      if (Math.abs(figuresOf(left) * right.toNumber()) > MAX_FIGURES) throw new ReckoningError('too-large');
      return checked(power(left, right), math);
  }
}

/** Powers of ten between a number and one: 3 of 1000 and of 0.001. */
function figuresOf(value: BigNumber): number {
  return value.isZero() ? 0 : Math.abs(Math.log10(Math.abs(value.toNumber()) || Number.MIN_VALUE));
}

function checked(result: unknown, math: MathLibrary): BigNumber {
  const value = isNumber(result) ? result : undefined;
  if (!value) throw new ReckoningError('not-real');
  if (!value.isFinite() || value.abs().greaterThan(math.number(`1e${MAX_FIGURES}`)))
    throw new ReckoningError('too-large');
  return value;
}

function isNumber(result: unknown): result is BigNumber {
  return typeof result === 'object' && result !== null && 'isFinite' in result && 'greaterThan' in result;
}
