import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DEFAULT_PATTERNS, parsePatterns } from '../../../../hardware/leds/ledPatterns.js';
import { createAssistantMachine } from '../../../../machines/assistant.js';
import { bytesInWords, durationInWords } from '../../../../src/inspector/view/durations.js';
import { healthFacts } from '../../../../src/inspector/view/healthFacts.js';
import { signalsInWords } from '../../../../src/inspector/view/signalWords.js';
import { isActive, statusInWords } from '../../../../src/inspector/view/statusInWords.js';
import { mostTaken, timesInWords, transitionWords } from '../../../../src/inspector/view/transitionWords.js';
import { childrenOf, statesOf } from '../../../../src/observability/statechartTransitions.js';
import { mockHealth } from '../../../fixtures/inspector/mockMoments.js';

const { root } = createAssistantMachine();

describe('what the assistant does, in words', () => {
  it('is known for every state of a turn', () => {
    const leaves = [...statesOf(root)].filter((state) => childrenOf(state).length === 0);
    for (const { path } of leaves.filter(({ path }) => path[0] === 'turn')) {
      assert.notEqual(statusInWords([path.join('.')]).text, 'Not known yet', path.join('.'));
    }
  });

  it('names what is wrong beside it', () => {
    const active = ['turn.idle.ready', 'microphone.lost', 'speaker.ok', 'model.unreachable'];
    assert.deepEqual(statusInWords(active), { text: 'Ready, no microphone, no language model', tone: 'attention' });
    assert.deepEqual(statusInWords(['turn.speaking.playing', 'speaker.ok']), { text: 'Speaking', tone: 'busy' });
    assert.deepEqual(statusInWords([]), { text: 'Not known yet', tone: 'rest' });
  });

  it('takes a state for active when one within it is, and not one that only begins alike', () => {
    assert.equal(isActive('turn', ['turn.idle.ready']), true);
    assert.equal(isActive('turn.id', ['turn.idle.ready']), false);
  });
});

describe('a transition in words', () => {
  it('says where it leads from and what takes it', () => {
    assert.deepEqual(transitionWords('turn.conversation|after followUpWindow|0'), {
      from: 'turn.conversation',
      event: 'after followUpWindow',
    });
  });

  it('is counted as people count', () => {
    assert.deepEqual([0, 1, 2, 1200].map(timesInWords), ['never', 'once', 'twice', '1,200 times']);
    assert.deepEqual(mostTaken({ a: 1, c: 5, b: 5 }), [
      ['b', 5],
      ['c', 5],
      ['a', 1],
    ]);
  });
});

describe('the lights in words', () => {
  it('say all that is shown, and how', () => {
    const patterns = parsePatterns(DEFAULT_PATTERNS);
    assert.equal(
      signalsInWords({ base: 'listening', muted: true, faults: ['speakerLost'] }, patterns),
      'listens (steady); is muted (flashing); has no speaker (flashing)',
    );
  });
});

describe('health in words', () => {
  const facts = (health: ReturnType<typeof mockHealth>) => healthFacts(health).flatMap((group) => group.facts);
  const bad = (health: ReturnType<typeof mockHealth>) =>
    facts(health)
      .filter(({ isGood }) => !isGood)
      .map(({ term }) => term);
  const well = { ...mockHealth(1), speaker: { name: 'USB', xruns: 0 }, throttling: [] };

  it('finds nothing wrong with an appliance that is well', () => {
    assert.deepEqual(bad(well), []);
  });

  it('calls for attention where the owner can do something', () => {
    assert.deepEqual(bad({ ...well, microphone: { xruns: 0, lostFrames: 3 } }), ['Microphone', 'Frames lost']);
    assert.deepEqual(bad({ ...well, server: { ...well.server, state: 'unreachable' } }), ['Model server']);
    assert.deepEqual(bad({ ...well, speeds: { ...well.speeds, generatedTokensPerSecond: 2 } }), ['Writes']);
    assert.deepEqual(bad({ ...well, temperatureCelsius: 82, throttling: ['throttled'] }), [
      'Temperature',
      'Throttling',
    ]);
    assert.deepEqual(bad({ ...well, memory: { ...well.memory, freeBytes: 2e8 } }), ['Memory left']);
    assert.deepEqual(bad({ ...well, eventLoopDelay: { p50Ms: 1, p99Ms: 80, maxMs: 300 } }), ['Event-loop delay']);
  });

  it('leaves out what this computer does not tell', () => {
    const terms = facts({ ...well, temperatureCelsius: null, throttling: null, eventLoopDelay: null }).map(
      ({ term }) => term,
    );
    for (const term of ['Temperature', 'Throttling', 'Event-loop delay']) assert.ok(!terms.includes(term));
  });
});

describe('figures for people', () => {
  it('have three figures that matter', () => {
    const durations = [0, 340.4, 1240, 12_340, 125_000, 3_600_000, 93_784_000].map(durationInWords);
    assert.deepEqual(durations, ['0 ms', '340 ms', '1.24 s', '12.3 s', '2 min 5 s', '1 h', '1 d 2 h']);
    assert.deepEqual([412e6, 8.34e9].map(bytesInWords), ['412 MB', '8.3 GB']);
  });
});
