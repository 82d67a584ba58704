import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  around,
  between,
  fitted,
  panned,
  parseViewBox,
  placeAt,
  resized,
  type ViewBox,
  viewBoxText,
  zoomed,
} from '../../../../src/inspector/view/viewBox.js';

const drawing: ViewBox = { x: -10, y: 20, width: 2000, height: 1000 };
const window = { width: 400, height: 800 };

const roughly = (value: number) => Math.round(value * 1e6) / 1e6 + 0;

describe('the view onto a drawing', () => {
  it('shows all of it, in the middle, without bending it', () => {
    const { x, y, width, height } = fitted(drawing, window);
    assert.equal(roughly(width / height), window.width / window.height);
    assert.ok(x < drawing.x && x + width > drawing.x + drawing.width);
    assert.equal(roughly(x + width / 2), drawing.x + drawing.width / 2);
    assert.equal(roughly(y + height / 2), drawing.y + drawing.height / 2);
  });

  it('keeps what is under the pointer there while it zooms', () => {
    const pixel = { x: 150, y: 300 };
    const before = fitted(drawing, window);
    const place = placeAt(before, window, pixel);
    const after = zoomed(before, 3, place, drawing, window);
    assert.equal(roughly(after.width), roughly(before.width / 3));
    const { x, y } = placeAt(after, window, pixel);
    assert.deepEqual([roughly(x), roughly(y)], [roughly(place.x), roughly(place.y)]);
  });

  it('never shows more than all of it, nor lines as thick as beams', () => {
    const whole = fitted(drawing, window);
    const middle = { x: 990, y: 520 };
    assert.equal(roughly(zoomed(whole, 0.01, middle, drawing, window).width), roughly(whole.width));
    assert.equal(zoomed(whole, 1e9, middle, drawing, window).width, window.width / 4);
  });

  it('moves by as much as the finger does', () => {
    const view = { x: 500, y: 100, width: 400, height: 800 };
    assert.deepEqual(panned(view, { x: 30, y: -20 }, drawing, window), { ...view, x: 470, y: 120 });
  });

  it('cannot lose the drawing, however it is moved and zoomed', () => {
    const move = fc.record({
      pan: fc.record({ x: fc.integer({ min: -5000, max: 5000 }), y: fc.integer({ min: -5000, max: 5000 }) }),
      zoom: fc.double({ min: 0.01, max: 100, noNaN: true }),
      pixel: fc.record({ x: fc.integer({ min: 0, max: 400 }), y: fc.integer({ min: 0, max: 800 }) }),
    });
    fc.assert(
      fc.property(fc.array(move, { maxLength: 10 }), (moves) => {
        let view = fitted(drawing, window);
        for (const { pan, zoom, pixel } of moves) {
          view = panned(view, pan, drawing, window);
          view = zoomed(view, zoom, placeAt(view, window, pixel), drawing, window);
        }
        assert.ok(view.x < drawing.x + drawing.width && view.x + view.width > drawing.x);
        assert.ok(view.y < drawing.y + drawing.height && view.y + view.height > drawing.y);
        assert.equal(roughly(view.width / view.height), 0.5);
      }),
    );
  });

  it('looks at a small part no closer than is comfortable, and at a large one so that it can be read', () => {
    const small = around({ x: 900, y: 500, width: 50, height: 50 }, drawing, window);
    assert.equal(roughly(window.width / small.width), 1.4);
    assert.equal(roughly(small.x + small.width / 2), 925);
    assert.equal(roughly(window.width / around(drawing, drawing, window).width), 0.7);
  });

  it('goes from one view to another, and arrives', () => {
    const [from, to] = [fitted(drawing, window), around({ x: 0, y: 30, width: 9, height: 9 }, drawing, window)];
    assert.deepEqual(between(from, to, 0), from);
    assert.deepEqual(between(from, to, 1), to);
  });

  it('keeps its middle and its scale when the window changes', () => {
    const view = { x: 0, y: 0, width: 400, height: 800 };
    assert.deepEqual(resized(view, window, { width: 800, height: 400 }), { x: -200, y: 200, width: 800, height: 400 });
  });

  it('is written and read as SVG does it', () => {
    const view = { x: -1.5, y: 0, width: 400.25, height: 800 };
    assert.equal(viewBoxText(view), '-1.5 0 400.25 800');
    assert.deepEqual(parseViewBox('-1.5, 0 400.25 800'), view);
    for (const wrong of ['', '0 0 10', '0 0 -1 5', '0 0 ten 5', '0 0 1 1 1'])
      assert.equal(parseViewBox(wrong), undefined);
  });
});
