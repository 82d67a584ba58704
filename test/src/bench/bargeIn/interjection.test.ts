import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { atLevel, interjectionOf } from '../../../../src/bench/bargeIn/interjection.js';
import { drawnRecording } from '../../../fixtures/drawnRecording.js';

function interjection(drawing: string) {
  const found = interjectionOf('interruption', drawnRecording(drawing));
  assert.ok(found);
  return found;
}

const msOf = (samples: Float32Array) => samples.length / 16;

describe('an interjection', () => {
  it('is a recording from 80 ms before its first voiced sample to 80 ms behind its last one', () => {
    const { samples, voicedFromMs } = interjection('...vv.v....');
    assert.equal(voicedFromMs, 80);
    assert.equal(msOf(samples), 80 + 400 + 80);
  });

  it('begins with the recording where that begins with a voice', () => {
    const { samples, voicedFromMs } = interjection('vv..');
    assert.equal(voicedFromMs, 0);
    assert.equal(msOf(samples), 200 + 80);
  });

  it('does not begin with a click', () => {
    const recording = drawnRecording('.....vv.');
    recording.samples.fill(0.5, 1_600, 1_600 + 160);
    assert.equal(interjectionOf('cough', recording)?.voicedFromMs, 80);
    assert.equal(msOf(interjectionOf('cough', recording)?.samples ?? new Float32Array()), 80 + 200 + 80);
  });

  it('cannot be made of silence', () => {
    assert.equal(
      interjectionOf('cough', { name: 'nothing', transcript: '', samples: new Float32Array(16_000) }),
      undefined,
    );
    assert.equal(interjectionOf('cough', { name: 'nothing', transcript: '', samples: new Float32Array(0) }), undefined);
  });

  it('is as loud as wanted where it is voiced, whatever is silent in it', () => {
    const quiet = interjection('v.....v');
    assert.ok(Math.abs(quiet.levelDb + 6.02) < 0.1, `${quiet.levelDb}`);
    const [first = 0] = atLevel(quiet, -26.02).samples;
    assert.ok(Math.abs(first - 0.05) < 0.001, `${first}`);
  });

  it('never clips', () => {
    const peak = Math.max(...atLevel(interjection('.v.'), 10).samples);
    assert.ok(peak <= 0.981, `${peak}`);
  });
});
