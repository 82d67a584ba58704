import type { Clock } from '../../hardware/clock.js';
import { awaitReady, troublesBefore } from './awaitReady.js';
import type { Installation, Unproven } from './installation.js';
import type { Service } from './service.js';
import { UpdateError } from './updateError.js';

/** What is about to be done: shown to the owner, and where a test pulls the plug. */
export type ChangeStep =
  | 'remember'
  | 'keepPrevious'
  | 'switch'
  | 'restart'
  | 'prove'
  | 'accept'
  | 'tidy'
  | 'switchBack'
  | 'restartBefore'
  | 'restorePrevious'
  | 'forget';

export interface ChangeOptions {
  readonly service: Service;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  onStep(step: ChangeStep): void;
}

/**
 * Switches to a version that is complete under its name, and back again when the service does not come up with it, or
 * not as well as before (`awaitReady`).
 *
 * A power cut may come between any two steps, and does no harm: `finishChange` goes on from there.
 * @returns how long the service took; null where it was not to run
 * @throws {UpdateError} `notReady`; the signal's reason when aborted before the switch (after it, the change is finished
 *   or taken back)
 */
export async function changeVersion(
  installation: Installation,
  change: Pick<Unproven, 'from' | 'to'>,
  options: ChangeOptions,
): Promise<number | null> {
  const { service, signal, onStep } = options;
  const state = await service.state(signal);
  const previous = await installation.linked('previous');
  const unproven = {
    ...change,
    previous,
    serviceWanted: state.isInstalled && state.active !== 'inactive',
    troublesBefore: troublesBefore(state),
  };
  signal.throwIfAborted();
  onStep('remember');
  await installation.remember(unproven);
  onStep('keepPrevious');
  await installation.link('previous', change.from);
  onStep('switch');
  await installation.link('current', change.to);
  return prove(installation, unproven, options);
}

/**
 * Finishes a change that was cut: a version that was switched to is put to the proof, one that was not is left.
 * @returns the version that was accepted now, or null when there was nothing to finish, or it was taken back
 * @throws {UpdateError} `notReady`
 */
export async function finishChange(installation: Installation, options: ChangeOptions): Promise<string | null> {
  const unproven = await installation.unproven();
  if (!unproven) return null;
  if ((await installation.linked('current')) === unproven.to) {
    await prove(installation, unproven, options);
    return unproven.to;
  }
  // Before the switch, or after it was taken back: which of them nobody knows, and a restart does no harm.
  await settleBefore(installation, unproven, options);
  return null;
}

async function prove(installation: Installation, unproven: Unproven, options: ChangeOptions): Promise<number | null> {
  const { service, clock, onStep } = options;
  // From here on there is no way out but forward or back: whoever stops the command must not leave it half done.
  const whole = new AbortController().signal;
  let tookMs: number | null = null;
  if (unproven.serviceWanted) {
    const failure = await restarted();
    if (failure !== null) {
      const lines = await service.lastLines(whole);
      onStep('switchBack');
      await installation.link('current', unproven.from);
      await settleBefore(installation, unproven, options);
      throw new UpdateError(
        'notReady',
        `Pressel ${unproven.to} did not come up: ${failure}. Pressel ${unproven.from} is back.${lines === '' ? '' : `\nIts last words:\n${indented(lines)}`}`,
      );
    }
  }
  onStep('accept');
  await installation.forget();
  onStep('tidy');
  await installation.tidy();
  return tookMs;

  async function restarted(): Promise<string | null> {
    onStep('restart');
    try {
      await service.restart(whole);
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
    onStep('prove');
    const before = unproven.troublesBefore ?? null;
    const stop = options.signal.aborted ? whole : options.signal;
    const readiness = await awaitReady(service, before, clock, stop).catch((error: unknown) => {
      if (options.signal.aborted) return { ready: false, why: 'the update was stopped' } as const;
      throw error;
    });
    if (!readiness.ready) return readiness.why;
    tookMs = readiness.tookMs;
    return null;
  }
}

async function settleBefore(installation: Installation, unproven: Unproven, options: ChangeOptions): Promise<void> {
  const { service, onStep } = options;
  onStep('restartBefore');
  if (unproven.serviceWanted) await service.restart(new AbortController().signal).catch(() => {}); // the switch counts
  onStep('restorePrevious');
  // A version that was gone back to by hand stays the one before.
  await installation.link('previous', unproven.previous);
  onStep('forget');
  await installation.forget();
  onStep('tidy');
  await installation.tidy();
}

function indented(lines: string): string {
  return lines.replace(/^/gm, '  ');
}
