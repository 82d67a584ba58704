import { SPEECH_TOKENS_PER_SECOND } from '../../observability/slowModels.js';
import type { DeviceHealth, HealthState } from '../protocol.js';
import { bytesInWords, durationInWords } from './durations.js';

/** A figure and what it means. */
export interface HealthFact {
  readonly term: string;
  readonly value: string;
  /** What is wrong, or what the figure says. Empty: nothing to add. */
  readonly meaning: string;
  readonly isGood: boolean;
}

export interface HealthGroup {
  readonly title: string;
  readonly facts: readonly HealthFact[];
}

/** From here on a Pi's firmware slows it down (80 °C); a warning comes a little before. */
const HOT_CELSIUS = 75;

/** A main thread that is late by more than this may be heard in the sound. */
const LATE_MS = 50;

/** With less memory than this the computer begins to swap, or ends the program. */
const LOW_MEMORY = 0.1;

/** Everything that is known of the appliance's health, in the words of its owner. */
export function healthFacts(health: HealthState): HealthGroup[] {
  return [
    { title: 'Sound', facts: soundFacts(health) },
    { title: 'Models', facts: modelFacts(health) },
    { title: 'Computer', facts: computerFacts(health) },
  ];
}

function soundFacts({ microphone, speaker }: HealthState): HealthFact[] {
  const lost = microphone.lostFrames;
  return [
    device('Microphone', microphone, 'gaps in what is heard'),
    lost === 0
      ? good('Frames lost', '0', 'all that was heard was listened to')
      : bad('Frames lost', String(lost), 'the computer was too busy to listen'),
    device('Speaker', speaker, 'gaps in what is said'),
  ];
}

function device(term: string, { name, xruns }: DeviceHealth, gaps: string): HealthFact {
  if (name === undefined) return bad(term, 'none is open', 'see the checks below');
  if (xruns > 0) return bad(term, name, `${xruns} xruns: ${gaps}`);
  return good(term, name, 'no xruns');
}

function modelFacts({ server, models, speeds }: HealthState): HealthFact[] {
  const isReachable = server.state !== 'unreachable';
  const purposes = { asr: 'Recogniser', tts: 'Voice', llm: 'Language model' } as const;
  return [
    {
      term: 'Model server',
      value: server.url,
      meaning: `${server.model}: ${server.state}`,
      isGood: isReachable,
    },
    ...models.map(({ purpose, name }) => good(purposes[purpose], name, 'loaded')),
    share('Recognition', speeds.asrRealTimeFactor),
    share('Synthesis', speeds.ttsRealTimeFactor),
    ...measured(speeds.ttsFirstPieceMs, (ms) => good('First sound of a sentence', durationInWords(ms), '')),
    ...measured(speeds.promptTokensPerSecond, (speed) => good('Reads', `${rounded(speed)} tokens/s`, '')),
    ...measured(speeds.generatedTokensPerSecond, (speed) =>
      speed >= SPEECH_TOKENS_PER_SECOND
        ? good('Writes', `${rounded(speed)} tokens/s`, `faster than speech (${SPEECH_TOKENS_PER_SECOND})`)
        : bad('Writes', `${rounded(speed)} tokens/s`, `slower than speech (${SPEECH_TOKENS_PER_SECOND})`),
    ),
  ];
}

/** Time for a second of speech. */
function share(term: string, realTimeFactor: number | null): HealthFact {
  if (realTimeFactor === null) return good(term, 'not measured yet', '');
  const value = `${realTimeFactor.toFixed(2)} s for 1 s of speech`;
  return realTimeFactor <= 1 ? good(term, value, 'keeps up') : bad(term, value, 'slower than speech');
}

function computerFacts(health: HealthState): HealthFact[] {
  const { memory, eventLoopDelay: delay, temperatureCelsius: celsius, throttling, uptimeMs } = health;
  const { freeBytes: free, totalBytes: total } = memory;
  return [
    good('Running for', durationInWords(uptimeMs), ''),
    good('Memory of the program', bytesInWords(memory.rssBytes), `${bytesInWords(memory.heapBytes)} of it heap`),
    ...measured(free, (bytes) =>
      total !== null && bytes < total * LOW_MEMORY
        ? bad('Memory left', bytesInWords(bytes), `of ${bytesInWords(total)}: too little`)
        : good('Memory left', bytesInWords(bytes), total === null ? '' : `of ${bytesInWords(total)}`),
    ),
    ...measured(delay, ({ p50Ms, p99Ms, maxMs }) => {
      const value = `${p50Ms.toFixed(1)} ms, at worst ${Math.round(maxMs)} ms`;
      return p99Ms <= LATE_MS
        ? good('Event-loop delay', value, `99 of 100 under ${p99Ms.toFixed(1)} ms`)
        : bad('Event-loop delay', value, `1 of 100 over ${Math.round(p99Ms)} ms: the sound may stutter`);
    }),
    ...measured(celsius, (degrees) =>
      degrees < HOT_CELSIUS
        ? good('Temperature', `${rounded(degrees)} °C`, '')
        : bad('Temperature', `${rounded(degrees)} °C`, 'it will soon be slowed down: cool it'),
    ),
    ...measured(throttling, (reasons) =>
      reasons.length === 0
        ? good('Throttling', 'none', 'runs at full speed')
        : bad('Throttling', reasons.join(', '), 'check the power supply and the cooling'),
    ),
  ];
}

function measured<Value>(value: Value | null, fact: (value: Value) => HealthFact): HealthFact[] {
  return value === null ? [] : [fact(value)];
}

function rounded(value: number): string {
  return value < 10 ? value.toFixed(1) : String(Math.round(value));
}

function good(term: string, value: string, meaning: string): HealthFact {
  return { term, value, meaning, isGood: true };
}

function bad(term: string, value: string, meaning: string): HealthFact {
  return { term, value, meaning, isGood: false };
}
