import type { Clock } from '../../hardware/clock.js';
import type { Observed } from '../appliance/reportedState.js';
import type { VitalSigns } from './vitalSigns.js';

/** The sound devices of an appliance, as far as a sign of life of them can be seen; times are on the clock (ms). */
export interface SoundDevices {
  readonly microphone: { readonly answeredAtMs: number | undefined };
  readonly speaker: { readonly answeredAtMs: number | null | undefined };
}

const DEVICES = ['microphone', 'speaker'] as const;

/** Keeps when the statechart last did something about each device, beside what the devices say of themselves. */
export function watchedDevices(clock: Clock) {
  const states = new Map<string, { readonly state: unknown; readonly sinceMs: number }>();
  let watched: SoundDevices | undefined;
  const signs = (name: (typeof DEVICES)[number], nowMs: number) => ({
    // Before there is an appliance nothing is open, and nobody has to look for anything.
    answeredAtMs: watched ? watched[name].answeredAtMs : null,
    triedAtMs: states.get(name)?.sinceMs ?? nowMs,
  });
  return {
    watch(devices: SoundDevices): void {
      watched = devices;
    },
    follow({ value }: Observed): void {
      for (const name of DEVICES) {
        const state = value[name];
        if (states.get(name)?.state !== state) states.set(name, { state, sinceMs: clock.now() });
      }
    },
    signs(): VitalSigns {
      const nowMs = clock.now();
      return { nowMs, microphone: signs('microphone', nowMs), speaker: signs('speaker', nowMs) };
    },
  };
}
