import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { chatSpeedCheck, type Measured, speechSpeedCheck } from '../../../../src/doctor/checks/speed.js';
import { NOTHING_MEASURED } from '../../../../src/observability/measuredSpeeds.js';

const { signal } = new AbortController();
const names = { asr: 'moonshine-tiny', llm: 'ollama:qwen2.5:0.5b', tts: 'flite:rms' };
const FAST = {
  asrRealTimeFactor: 0.2,
  ttsRealTimeFactor: 0.1,
  ttsFirstPieceMs: 120,
  promptTokensPerSecond: 60,
  generatedTokensPerSecond: 8,
};

const measured = (now: Partial<typeof FAST>, rest: Partial<Measured> = {}): Measured => ({
  now: { ...NOTHING_MEASURED, ...now },
  best: {},
  names,
  file: '/s/speeds.json',
  ...rest,
});
const chat = (found: Measured | string) => chatSpeedCheck(async () => found).run(signal);
const speech = (found: Measured | string) => speechSpeedCheck(async () => found).run(signal);

suite('the check of the speeds', () => {
  test('breaks nothing where the chat model fails: much is answered without it', async () => {
    const failing = () => Promise.reject(new Error('it sent <html>'));
    assert.deepEqual(await chatSpeedCheck(failing).run(signal), { verdict: 'degraded', reason: 'it sent <html>' });
    await assert.rejects(speechSpeedCheck(failing).run(signal), /html/);
    await assert.rejects(chatSpeedCheck(failing).run(AbortSignal.abort(new Error('stopped'))), /stopped/);
  });

  test('tells them where they are good enough', async () => {
    const { verdict, reason } = await chat(measured(FAST));
    assert.deepEqual([verdict, reason], ['ok', '8 tokens a second written, 60 tokens a second read']);
    const { reason: said } = await speech(measured(FAST));
    assert.equal(
      said,
      '0.1 s to make a second of speech, 120 ms to the first sound, 0.2 s to understand a second of speech',
    );
  });

  test('raises an alarm when the model has become more than twice as slow, with the date and what helps', async () => {
    const best = { generatedTokensPerSecond: { value: 26, on: '2026-01-20' } };
    const fallen = await chat(measured({ generatedTokensPerSecond: 2.6 }, { best }));
    assert.equal(fallen.verdict, 'degraded');
    assert.equal(fallen.reason, '10 times as slow as on 2026-01-20: 2.6 tokens a second written, then 26');
    assert.match(fallen.remedy ?? '', /journalctl -u ollama -g "Listening on".*OLLAMA_VERSION=.*rm \/s\/speeds\.json$/);
    const known = { generatedTokensPerSecond: { value: 26, on: '2026-01-20', server: '0.14.2' } };
    const exact = await chat(measured({ generatedTokensPerSecond: 2.6 }, { best: known }));
    assert.match(exact.remedy ?? '', /install\.sh \| OLLAMA_VERSION=0\.14\.2 sh;/);
    const same = await chat(measured({ generatedTokensPerSecond: 2.6 }, { best: known, server: '0.14.2' }));
    assert.doesNotMatch(same.remedy ?? '', /install\.sh/, 'no update has done it');
    assert.equal((await chat(measured({ generatedTokensPerSecond: 13 }, { best }))).verdict, 'ok', 'just twice');
    assert.equal((await chat(measured({ generatedTokensPerSecond: 12.5 }, { best }))).verdict, 'degraded');
  });

  test('lets speech become slower as long as nobody notices', async () => {
    const best = {
      ttsRealTimeFactor: { value: 0.03, on: '2026-01-20' },
      ttsFirstPieceMs: { value: 90, on: '2026-01-20' },
    };
    assert.equal((await speech(measured({ ttsRealTimeFactor: 0.2, ttsFirstPieceMs: 400 }, { best }))).verdict, 'ok');
    const slow = await speech(measured({ ttsRealTimeFactor: 0.6 }, { best }));
    assert.match(slow.reason, /^20 times as slow/);
  });

  test('says which model is slower than speech, and what to choose', async () => {
    const slow = await chat(measured({ generatedTokensPerSecond: 2 }));
    assert.equal(slow.verdict, 'degraded');
    assert.match(slow.reason, /ollama:qwen2\.5:0\.5b writes 2\.0 tokens a second.*gaps$/);
    assert.match(slow.remedy ?? '', /^choose a smaller model/);
    assert.equal((await speech(measured({ generatedTokensPerSecond: 2, ttsRealTimeFactor: 0.1 }))).verdict, 'ok');
  });

  test('is skipped where nothing could be measured, and says what an earlier measurement is', async () => {
    assert.deepEqual(await chat('no server'), { verdict: 'skipped', reason: 'no server' });
    assert.equal((await chat(measured({}))).verdict, 'skipped');
    assert.match((await chat(measured(FAST, { note: 'as measured before' }))).reason, /\(as measured before\)$/);
    assert.equal((await chat(measured({}, { note: 'a copy runs' }))).reason, 'a copy runs');
  });
});
