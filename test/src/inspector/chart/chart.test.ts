import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { before, suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type AnyStateMachine, createMachine } from 'xstate';
import { createAssistantMachine } from '../../../../machines/assistant.js';
import { createButtonMachine } from '../../../../machines/button.js';
import { drawChart } from '../../../../src/inspector/chart/chart.js';
import { svgOf } from '../../../../src/inspector/chart/svg.js';
import { childrenOf, statesOf, transitionsOf } from '../../../../src/observability/statechartTransitions.js';
import { isWithin, overlap, readChart, segmentsOf } from './drawnChart.js';

const BUILD = fileURLToPath(import.meta.resolve('../../../../src/inspector/chart/build.js'));

/** Half pixels are rounded, on either side. */
const ROUNDING = 0.75;

const machines: readonly (readonly [string, () => AnyStateMachine])[] = [
  ['the assistant', createAssistantMachine],
  ['the button', createButtonMachine],
];

/** What the suites below have drawn, by name. */
const drawn = new Map<string, string>();

for (const [name, create] of machines) {
  suite(`the drawn statechart of ${name}`, () => {
    const machine = create();
    const states = [...statesOf(machine.root)].filter((state) => state !== machine.root);
    const idOf = ({ path }: { readonly path: readonly string[] }) => path.join('.');
    let svg = '';
    let chart: ReturnType<typeof readChart>;
    before(async () => {
      svg = svgOf(await drawChart(machine), `The statechart of ${name}`);
      drawn.set(name, svg);
      chart = readChart(svg);
    });
    const box = (id: string) => {
      const found = chart.boxes.get(id);
      assert.ok(found, `there is no box for ${id}`);
      return found;
    };

    test('has each state once', () => {
      assert.deepEqual(chart.stateIds.toSorted(), states.map(idOf).toSorted());
    });

    test('has each transition once', () => {
      const ids = [...transitionsOf(machine.root)].map(({ id }) => id);
      assert.deepEqual(chart.transitionIds.toSorted(), ids.toSorted());
    });

    test('leads each transition from its source to its targets', () => {
      for (const { id, source, targets } of transitionsOf(machine.root)) {
        const arrow = chart.arrows.find(({ transitions }) => transitions.includes(id));
        assert.ok(arrow, `${id} is not in an arrow`);
        assert.equal(arrow.source, idOf(source), id);
        assert.deepEqual(arrow.targets, targets.map(idOf), id);
        assert.equal(arrow.lines.length, targets.length, `lines of ${id}`);
      }
    });

    test('marks where each state begins', () => {
      const starts = chart.arrows.filter(({ kind }) => kind === 'initial');
      const expected = states
        .filter(({ type }) => type === 'compound')
        .map((state) => [idOf(state), state.initial.target.map(idOf)]);
      assert.deepEqual(starts.map(({ source, targets }) => [source, targets]).toSorted(), expected.toSorted());
    });

    test('begins each line in the box of its source, outside the states within, and ends it at the box of its target', () => {
      for (const { source, targets, lines, kind } of chart.arrows) {
        const state = states.find((candidate) => idOf(candidate) === source);
        lines.forEach((line, index) => {
          const [[startX, startY] = [0, 0], [endX, endY] = [0, 0]] = [line[0], line.at(-1)];
          const start = { left: startX, right: startX, top: startY, bottom: startY };
          const ends = `from ${source} to ${targets[index]}`;
          assert.ok(isWithin(start, grown(box(source), ROUNDING)), `begins elsewhere: ${ends}`);
          for (const child of state === undefined ? [] : childrenOf(state)) {
            assert.ok(!overlap(start, grown(box(idOf(child)), -ROUNDING)), `begins in ${child.key}: ${ends}`);
          }
          const end = { left: endX, right: endX, top: endY, bottom: endY };
          const target = box(targets[index] ?? '');
          assert.ok(isWithin(end, grown(target, ROUNDING)), `ends elsewhere: ${ends}`);
          assert.ok(kind === 'loop' || !isWithin(end, grown(target, -ROUNDING)), `ends inside: ${ends}`);
        });
      }
    });

    test('draws lines across or down only, and none through a state that has no states within', () => {
      for (const state of states.filter((candidate) => childrenOf(candidate).length === 0)) {
        const inside = grown(box(idOf(state)), -ROUNDING);
        for (const { source, targets, lines, kind } of chart.arrows.filter((arrow) => arrow.kind !== 'loop')) {
          for (const segment of lines.flatMap(segmentsOf)) {
            assert.ok(segment.left === segment.right || segment.top === segment.bottom);
            const isOwn = source === idOf(state) && kind !== 'initial';
            assert.ok(
              isOwn || !overlap(grown(segment, 0.01), inside),
              `${source} to ${targets} runs through ${state.key}`,
            );
          }
        }
      }
    });

    test('keeps states within their parents and apart from each other', () => {
      for (const state of states) {
        const siblings = childrenOf(state).map((child) => ({ key: child.key, box: box(idOf(child)) }));
        for (const [index, child] of siblings.entries()) {
          assert.ok(isWithin(child.box, box(idOf(state))), `${child.key} leaves ${state.key}`);
          for (const other of siblings.slice(index + 1)) {
            assert.ok(!overlap(child.box, other.box), `${child.key} overlaps ${other.key}`);
          }
        }
      }
      const regions = childrenOf(machine.root).map((region) => box(idOf(region)));
      regions.forEach((one, index) => {
        for (const other of regions.slice(index + 1)) assert.ok(!overlap(one, other), 'two regions overlap');
      });
    });

    test('writes no text over another, over the border of a state or under a line', () => {
      const lines = chart.arrows.flatMap((arrow) => arrow.lines.flatMap(segmentsOf));
      for (const [index, text] of chart.texts.entries()) {
        for (const other of chart.texts.slice(index + 1)) {
          assert.ok(!overlap(text, other), `"${text.text}" overlaps "${other.text}"`);
        }
        for (const [id, frame] of chart.boxes) {
          assert.ok(isWithin(text, frame) || !overlap(text, frame), `"${text.text}" crosses the border of ${id}`);
        }
        for (const line of lines) {
          assert.ok(!overlap(grown(line, 0.01), text), `a line runs through "${text.text}"`);
        }
      }
    });

    test('is coloured by a stylesheet alone', () => {
      const names = chart.elements.map((element) => element.name);
      assert.deepEqual(new Set(names), new Set(['svg', 'g', 'rect', 'text', 'path', 'circle']));
      const attributes = chart.elements.flatMap((element) => Object.keys(element.attributes));
      for (const forbidden of ['style', 'fill', 'stroke']) assert.ok(!attributes.includes(forbidden), forbidden);
    });

    test('stays below 60 kB', () => {
      assert.ok(Buffer.byteLength(svg) < 60_000, `${Buffer.byteLength(svg)} bytes`);
    });
  });
}

suite('the build step', () => {
  test('writes the same chart in every process', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'pressel-chart-'));
    try {
      const file = path.join(folder, 'inspector', 'statechart.svg');
      const { status, stderr } = spawnSync(process.execPath, [BUILD, file], { encoding: 'utf8' });
      assert.equal(status, 0, stderr);
      assert.equal(readFileSync(file, 'utf8'), drawn.get('the assistant'));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('says what it misses', () => {
    const { status, stderr } = spawnSync(process.execPath, [BUILD], { encoding: 'utf8' });
    assert.equal(status, 2);
    assert.match(stderr, /build\.js OUTFILE/);
  });
});

suite('a statechart that cannot be drawn', () => {
  test('is refused when it has no parallel regions', async () => {
    await assert.rejects(drawChart(createMachine({ id: 'lamp' })), /the chart of "lamp" cannot be drawn/);
  });

  test('is refused when something is listened to outside its regions', async () => {
    const machine = createMachine({ id: 'lamp', type: 'parallel', states: { bulb: {} }, on: { press: '.bulb' } });
    await assert.rejects(drawChart(machine), /all must happen within parallel regions/);
  });

  test('is refused when one region leads into another', async () => {
    const bulb = { initial: 'off', states: { off: { on: { press: '#lamp.door.open' } } } };
    const door = { initial: 'shut', states: { shut: {}, open: {} } };
    const machine = createMachine({ id: 'lamp', type: 'parallel', states: { bulb, door } });
    await assert.rejects(drawChart(machine), /all must happen within parallel regions/);
  });
});

function grown({ left, top, right, bottom }: ReturnType<typeof segmentsOf>[number], by: number) {
  return { left: left - by, top: top - by, right: right + by, bottom: bottom + by };
}
