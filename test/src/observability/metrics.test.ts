import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { SimulatedClock } from 'xstate';
import { Metrics } from '../../../src/observability/metrics.js';
import { STAGES, type TimelineReport } from '../../../src/observability/timeline.js';

/** Prometheus' text format 0.0.4, as far as it is used: samples by name and labels. Throws where it is none. */
function samplesIn(text: string): Map<string, number> {
  const samples = new Map<string, number>();
  const types = new Set<string>();
  assert.ok(text.endsWith('\n'));
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('# HELP ')) continue;
    const type = /^# TYPE (\w+) (counter|gauge|histogram)$/.exec(line);
    if (type) {
      types.add(type[1] ?? '');
      continue;
    }
    const sample = /^((\w+?)(?:_bucket|_sum|_count)?(?:\{\w+="[^"\\\n]*"(?:,\w+="[^"\\\n]*")*\})?) (\S+)$/.exec(line);
    assert.ok(sample, `not a sample: ${line}`);
    const [, key = '', name = '', value = ''] = sample;
    assert.ok(types.has(name), `${name} has no type`);
    assert.ok(!samples.has(key), `${key} comes twice`);
    samples.set(key, value === '+Inf' ? Number.POSITIVE_INFINITY : Number(value));
    assert.ok(!Number.isNaN(samples.get(key)), line);
  }
  return samples;
}

const NO_TIMES = Object.fromEntries(STAGES.map((stage) => [stage, null])) as TimelineReport;

function counting() {
  const clock = new SimulatedClock();
  const lost = { microphone: 2, speaker: 0 };
  const metrics = new Metrics({
    clock,
    xruns: () => lost,
    rssBytes: () => 123_456_789,
    uptimeMs: () => 90_500,
    skills: new Set(['time', 'timer']),
  });
  const samples = async () => samplesIn(await metrics.text());
  return { clock, metrics, lost, samples };
}

const state = (turn: unknown) => ({ value: { turn }, hasTag: () => false });

suite('the metrics', () => {
  test('count turns by route and outcome, with few names for any number of skills', async () => {
    const { metrics, samples } = counting();
    const turn = (route: `intent:${string}` | 'llm' | null, firstAudioMs: number | null) =>
      metrics.turnEnded({
        route,
        outcome: route === null ? 'nothingHeard' : 'replied',
        timeline: { ...NO_TIMES, firstAudio: firstAudioMs },
        problem: null,
      });
    turn('llm', 1_250);
    turn('llm', 400);
    turn('intent:time', 250);
    turn('intent:kettle', 300);
    turn('intent:garden', 300);
    turn(null, null);
    const found = await samples();
    assert.equal(found.get('pressel_turns_total{route="llm",outcome="replied"}'), 2);
    assert.equal(found.get('pressel_turns_total{route="intent:time",outcome="replied"}'), 1);
    assert.equal(found.get('pressel_turns_total{route="intent:own",outcome="replied"}'), 2);
    assert.equal(found.get('pressel_turns_total{route="none",outcome="nothingHeard"}'), 1);
    assert.equal(found.get('pressel_first_audio_seconds_count{route="llm"}'), 2);
    assert.equal(found.get('pressel_first_audio_seconds_sum{route="llm"}'), 1.65);
    assert.equal(found.get('pressel_first_audio_seconds_bucket{le="0.5",route="llm"}'), 1);
    assert.equal(found.get('pressel_first_audio_seconds_bucket{le="15",route="llm"}'), 2);
    assert.equal(found.get('pressel_first_audio_seconds_bucket{le="+Inf",route="llm"}'), 2);
    assert.ok(![...found.keys()].some((key) => /kettle|garden/.test(key)));
  });

  test('count the time in each state, up to the moment of the question', async () => {
    const { clock, metrics, samples } = counting();
    metrics.follow(state('starting'));
    clock.increment(1_500);
    metrics.follow(state({ idle: 'ready' }));
    clock.increment(1_000);
    metrics.follow(state({ idle: 'failed' }));
    clock.increment(500);
    const seconds = async (name: string) => (await samples()).get(`pressel_state_seconds_total{state="${name}"}`);
    assert.deepEqual([await seconds('starting'), await seconds('idle')], [1.5, 1.5]);
    clock.increment(2_000);
    assert.deepEqual([await seconds('starting'), await seconds('idle')], [1.5, 3.5]);
  });

  test('count errors by reason, and take only our own for one', async () => {
    const { metrics, samples } = counting();
    const llmError = Object.assign(new Error('no server'), { reason: 'refused' });
    metrics.noticed({ type: 'modelUnreachable', error: llmError });
    metrics.noticed({ type: 'modelUnreachable', error: llmError });
    metrics.noticed({ type: 'deviceLost', device: 'microphone', error: { reason: 'a whole "sentence"\n' } });
    metrics.noticed({ type: 'startFailed', reason: 'modelMissing', error: undefined });
    metrics.noticed({ type: 'stillThinking' });
    const problem = { reason: 'voiceFailed', message: 'secret words' } as const;
    metrics.turnEnded({ route: 'llm', outcome: 'voiceFailed', timeline: NO_TIMES, problem });
    const found = await samples();
    const errors = [...found].filter(([key]) => key.startsWith('pressel_errors_total'));
    assert.deepEqual(Object.fromEntries(errors), {
      'pressel_errors_total{part="model",reason="refused"}': 2,
      'pressel_errors_total{part="microphone",reason="unknown"}': 1,
      'pressel_errors_total{part="start",reason="modelMissing"}': 1,
      'pressel_errors_total{part="turn",reason="voiceFailed"}': 1,
    });
  });

  test('read what is measured elsewhere when they are asked', async () => {
    const { lost, samples } = counting();
    assert.equal((await samples()).get('pressel_audio_xruns_total{device="microphone"}'), 2);
    lost.microphone = 5;
    const found = await samples();
    assert.equal(found.get('pressel_audio_xruns_total{device="microphone"}'), 5);
    assert.equal(found.get('pressel_audio_xruns_total{device="speaker"}'), 0);
    assert.equal(found.get('process_resident_memory_bytes'), 123_456_789);
    assert.equal(found.get('pressel_uptime_seconds'), 90.5);
  });

  test('say which format they have', () => {
    assert.match(counting().metrics.contentType, /^text\/plain; version=0\.0\.4/);
  });
});
