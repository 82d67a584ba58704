import type { Microphone } from '../../../hardware/audio/microphone.js';
import type { Speaker } from '../../../hardware/audio/speaker.js';
import { type Throttling, throttlingWords } from '../../appliance/firmwareThrottling.js';
import type { ComputerHealth } from '../../appliance/systemStatus.js';
import type { LoopDelay } from '../../observability/loopDelay.js';
import type { MeasuredSpeeds } from '../../observability/measuredSpeeds.js';
import type { ModelNames } from '../../observability/slowModels.js';
import type { HealthState } from '../protocol.js';
import type { HealthSource } from './healthWatch.js';

export interface HealthParts {
  readonly microphone: Pick<Microphone, 'status'>;
  readonly speaker: Pick<Speaker, 'isOpen' | 'name' | 'xruns'>;
  /** `llm.url` and `llm.model`. */
  readonly server: { readonly url: string; readonly model: string };
  /** Of the region `model` of the statechart. */
  readonly serverState: () => string;
  readonly models: ModelNames;
  readonly speeds: () => MeasuredSpeeds;
  readonly computer: ComputerHealth;
  readonly throttling: () => Promise<Throttling | undefined>;
  readonly memory: () => { readonly rss: number; readonly heapUsed: number };
  readonly loopDelay: Pick<LoopDelay, 'start' | 'stop' | 'read'>;
  readonly uptimeMs: () => number;
}

/** Reads the health off the running appliance and its computer. */
export function applianceHealth(parts: HealthParts): HealthSource {
  return {
    watch: () => {
      parts.loopDelay.start();
      return () => parts.loopDelay.stop();
    },
    read: () => healthState(parts),
  };
}

async function healthState(parts: HealthParts): Promise<HealthState> {
  const { microphone, speaker, server, models, computer } = parts;
  const [celsius, space, throttling] = await Promise.all([
    computer.temperatureCelsius(),
    computer.memory(),
    parts.throttling(),
  ]);
  const { name, xruns, lostFrames } = microphone.status;
  const { rss, heapUsed } = parts.memory();
  return {
    microphone: { ...(name !== undefined && { name }), xruns, lostFrames },
    speaker: { ...(speaker.isOpen && { name: speaker.name }), xruns: speaker.xruns },
    server: { url: shownUrl(server.url), model: server.model, state: parts.serverState() },
    models: (['asr', 'tts', 'llm'] as const).map((purpose) => ({ purpose, name: models[purpose] })),
    speeds: parts.speeds(),
    memory: {
      rssBytes: rss,
      heapBytes: heapUsed,
      freeBytes: space?.freeBytes ?? null,
      totalBytes: space?.totalBytes ?? null,
    },
    eventLoopDelay: parts.loopDelay.read(),
    temperatureCelsius: celsius ?? null,
    throttling: throttling === undefined ? null : throttlingWords(throttling),
    uptimeMs: Math.round(parts.uptimeMs()),
  };
}

/** Without a password that may be in it. */
function shownUrl(url: string): string {
  const { origin, pathname } = new URL(url);
  return pathname === '/' ? origin : `${origin}${pathname}`;
}
