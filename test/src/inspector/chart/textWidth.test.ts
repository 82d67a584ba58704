import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { textWidth } from '../../../../src/inspector/chart/textWidth.js';

/** Pixels that Chromium takes for them in DejaVu Sans of 10 px, in bold of 13 px. */
const MEASURED: readonly (readonly [string, number, boolean, number])[] = [
  ['error', 10, false, 25.1],
  ['button.longPressed [microphoneWorks]', 10, false, 197.3],
  ['retrying', 13, true, 59.3],
  ['button', 13, true, 49.2],
  ['reopening', 13, true, 74.5],
];

suite('the estimated width of a text', () => {
  for (const [text, size, isBold, width] of MEASURED) {
    test(`leaves room for "${text}", and not much more`, () => {
      const estimate = textWidth(text, size, isBold);
      assert.ok(estimate >= width && estimate < 1.15 * width, `${estimate} for ${width}`);
    });
  }
});
