import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Clock } from '../../hardware/clock.js';
import type { AssistantNotice } from '../../machines/assistantEvents.js';
import { type Observed, type ReportedState, reportedState } from '../appliance/reportedState.js';
import type { PastTurn } from '../turn/turnHistory.js';

/** What is read when somebody asks. */
export interface MetricSources {
  readonly clock: Clock;
  /** How often sound was lost since the start. */
  readonly xruns: () => { readonly microphone: number; readonly speaker: number };
  readonly rssBytes: () => number;
  readonly uptimeMs: () => number;
  /** Names of the skills that come with the program; those of all others are one. */
  readonly skills: ReadonlySet<string>;
}

/** Seconds: finer where replies of a fast computer and of a small one with a small model begin. */
const FIRST_AUDIO_BUCKETS = [0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 4, 6, 10, 15];

/** A reason of our own errors is one word; whatever else comes is no label. */
const REASON = /^[a-zA-Z]{1,40}$/;

/** Counts what happens, in a registry of its own, as Prometheus text (version 0.0.4). What it counts holds no words of anybody. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #turns: Counter<'route' | 'outcome'>;
  readonly #firstAudio: Histogram<'route'>;
  readonly #states: Counter<'state'>;
  readonly #errors: Counter<'part' | 'reason'>;
  #state: { readonly name: ReportedState; readonly sinceMs: number } | undefined;

  constructor(private readonly sources: MetricSources) {
    const registers = [this.#registry];
    const { xruns, rssBytes, uptimeMs } = sources;
    this.#turns = new Counter({
      name: 'pressel_turns_total',
      help: 'Turns that are over.',
      labelNames: ['route', 'outcome'],
      registers,
    });
    this.#firstAudio = new Histogram({
      name: 'pressel_first_audio_seconds',
      help: 'From the last voiced sample of the user to the first audible sample of the reply.',
      labelNames: ['route'],
      buckets: FIRST_AUDIO_BUCKETS,
      registers,
    });
    this.#states = new Counter({
      name: 'pressel_state_seconds_total',
      help: 'Time in each state of the turn.',
      labelNames: ['state'],
      registers,
    });
    this.#errors = new Counter({
      name: 'pressel_errors_total',
      help: 'What went wrong, by part and reason.',
      labelNames: ['part', 'reason'],
      registers,
    });
    new Counter({
      name: 'pressel_audio_xruns_total',
      help: 'How often a device lost sound.',
      labelNames: ['device'],
      registers,
      collect() {
        this.reset();
        for (const [device, count] of Object.entries(xruns())) this.inc({ device }, count);
      },
    });
    new Gauge({
      name: 'process_resident_memory_bytes',
      help: 'Memory of the program.',
      registers,
      collect() {
        this.set(rssBytes());
      },
    });
    new Gauge({
      name: 'pressel_uptime_seconds',
      help: 'Since the program was started.',
      registers,
      collect() {
        this.set(uptimeMs() / 1000);
      },
    });
  }

  /** The `content-type` of the text. */
  get contentType(): string {
    return this.#registry.contentType;
  }

  /** All that was counted, up to now. */
  text(): Promise<string> {
    if (this.#state) this.#enter(this.#state.name);
    return this.#registry.metrics();
  }

  /** The statechart has gone on. */
  follow(snapshot: Observed): void {
    const name = reportedState(snapshot);
    if (name !== this.#state?.name) this.#enter(name);
  }

  turnEnded({ route, outcome, timeline, problem }: Pick<PastTurn, 'route' | 'outcome' | 'timeline' | 'problem'>): void {
    const label = this.#routeLabel(route);
    this.#turns.inc({ route: label, outcome: outcome ?? 'none' });
    if (timeline.firstAudio !== null) this.#firstAudio.observe({ route: label }, timeline.firstAudio / 1000);
    if (problem) this.#errors.inc({ part: 'turn', reason: problem.reason });
  }

  noticed(notice: AssistantNotice): void {
    if (notice.type === 'startFailed') this.#errors.inc({ part: 'start', reason: notice.reason });
    if (notice.type === 'modelUnreachable') this.#errors.inc({ part: 'model', reason: reasonOf(notice.error) });
    if (notice.type === 'deviceLost') this.#errors.inc({ part: notice.device, reason: reasonOf(notice.error) });
  }

  #enter(name: ReportedState): void {
    const nowMs = this.sources.clock.now();
    if (this.#state) this.#states.inc({ state: this.#state.name }, (nowMs - this.#state.sinceMs) / 1000);
    this.#state = { name, sinceMs: nowMs };
  }

  #routeLabel(route: PastTurn['route']): string {
    const skill = route?.startsWith('intent:') ? route.slice('intent:'.length) : undefined;
    return skill !== undefined && !this.sources.skills.has(skill) ? 'intent:own' : (route ?? 'none');
  }
}

function reasonOf(error: unknown): string {
  const reason = typeof error === 'object' && error !== null && 'reason' in error ? error.reason : undefined;
  return typeof reason === 'string' && REASON.test(reason) ? reason : 'unknown';
}
