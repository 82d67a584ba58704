import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type InterjectionKind, interjectionOf } from '../../../../src/bench/bargeIn/interjection.js';
import { replyOf } from '../../../../src/bench/bargeIn/replies.js';
import { plannedScenes } from '../../../../src/bench/bargeIn/scenes.js';
import { seededNumbers } from '../../../../src/bench/sim/seededNumbers.js';
import { drawnRecording } from '../../../fixtures/drawnRecording.js';

function several(kind: InterjectionKind, count: number) {
  return Array.from({ length: count }, (_, n) => {
    const made = interjectionOf(kind, { ...drawnRecording('.vv.', `${kind} ${n}`), transcript: 'the kettle whistles' });
    assert.ok(made);
    return made;
  });
}

const PLAN = {
  interruptions: several('interruption', 30),
  bystanders: [...several('cough', 9), ...several('backchannel', 9)],
  echoes: 6,
  echoLevelsDb: [-6, -12, -20],
  seed: 1,
};

describe('the scenes of a benchmark of interruptions', () => {
  const scenes = plannedScenes(PLAN);
  const interrupted = scenes.filter(({ interjections }) => interjections[0]?.interjection.kind === 'interruption');
  const attended = scenes.filter(({ interjections }) =>
    /cough|backchannel/.test(interjections[0]?.interjection.kind ?? ''),
  );

  it('have one interruption each, up to four bystanders, or nobody', () => {
    assert.equal(interrupted.length, 30);
    assert.ok(interrupted.every(({ interjections }) => interjections.length === 1));
    assert.deepEqual(attended.map(({ interjections }) => interjections.length).toSorted(), [2, 4, 4, 4, 4]);
    assert.equal(scenes.filter(({ interjections }) => interjections.length === 0).length, 6);
    assert.equal(new Set(scenes.flatMap((scene) => scene.interjections.map((one) => one.interjection.name))).size, 48);
  });

  it('are interrupted 0.8 to 3 s into the reply, as loud as it give or take 3 dB', () => {
    for (const { waitMs, relativeDb } of interrupted.flatMap(({ interjections }) => interjections)) {
      assert.ok(waitMs >= 800 && waitMs <= 3_000);
      assert.ok(Math.abs(relativeDb) <= 3);
    }
  });

  it('have each echo level as often as the others, each kind of scene, and a delay of 30 to 200 ms', () => {
    for (const group of [interrupted, scenes.filter(({ interjections }) => interjections.length === 0)]) {
      for (const level of PLAN.echoLevelsDb) {
        assert.equal(group.filter(({ room }) => room.gainDb === level).length, group.length / 3);
      }
    }
    assert.ok(scenes.every(({ room }) => room.latencyMs >= 30 && room.latencyMs <= 200));
    const rooms = scenes.map(({ room }) => room).filter((room, n, all) => room !== all[n - 1]);
    assert.equal(rooms.length, 9, 'a room is left once');
    assert.ok(new Set(rooms.map(({ latencyMs }) => latencyMs)).size >= 6);
  });

  it('are the same for the same seed, in an order that mixes the kinds', () => {
    assert.deepEqual(plannedScenes(PLAN), scenes);
    assert.notDeepEqual(plannedScenes({ ...PLAN, seed: 2 }), scenes);
    assert.ok(scenes.slice(0, 30).some((scene) => !interrupted.includes(scene)));
  });

  it('have replies without the words of whoever talks into them', () => {
    assert.ok(interrupted.every(({ reply }) => !/kettle|whistles/i.test(reply)));
  });
});

describe('a reply that is to be interrupted', () => {
  it('has so many sentences, others for other numbers', () => {
    const replies = Array.from({ length: 10 }, (_, seed) => replyOf(4, [], seededNumbers(seed)));
    assert.ok(replies.every((reply) => reply.match(/\.( |$)/g)?.length === 4));
    assert.equal(new Set(replies).size, 10);
  });

  it('may share only the short words of its interrupters', () => {
    const all = replyOf(100, [], seededNumbers(1));
    assert.match(all, /Whales/);
    const others = replyOf(100, ['Tell me about whales, and about the MOUNTAINS'], seededNumbers(1));
    assert.doesNotMatch(others, /whales|mountains|about/i);
    assert.match(others, /\bthe\b/);
  });
});
