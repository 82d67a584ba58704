import { isDeepStrictEqual } from 'node:util';
import type { EchoMeasurement } from '../../../hardware/audio/echoProbe/echoMeasurement.js';
import { probeEcho } from '../../../hardware/audio/echoProbe/probeEcho.js';
import { decibels, type EchoMode, recommendEcho } from '../../appliance/echoAdvice.js';
import { type KeptEcho, keepEcho, readKeptEcho } from '../../appliance/echoFile.js';
import { echoModeOf } from '../../appliance/echoMode.js';
import { type EchoSetup, exactSetup } from '../../appliance/echoSetup.js';
import { messageOf } from '../../failures/messageOf.js';
import type { Check, Finding } from '../check.js';
import type { SoundDevices } from '../soundDevices.js';

export interface EchoCheckOptions {
  /** `audio.echo`. */
  readonly setting: EchoMode | 'auto';
  /** `audio.volume`, percent, and `audio.input_gain_db`. */
  readonly volume: number;
  readonly inputGainDb: number;
  /** For the sound server's devices. */
  readonly env: NodeJS.ProcessEnv;
  /** Where what was measured is kept. */
  readonly file: string;
  /** Somebody says that the chirps were heard in the room. */
  readonly chirpsHeard: boolean;
  /** The time, for the file. */
  readonly now: () => Date;
  /** Told before the chirps sound. */
  readonly onChirps: () => void;
}

/** How far each mode trusts the devices not to let the assistant hear itself. */
const TRUST = { 'half-duplex': 0, 'text-guard': 1, aec: 2 } as const satisfies Record<EchoMode, number>;

/** What the microphone hears of the speaker, and which mode fits. Plays three chirps, and keeps the answer for "auto". */
export function echoCheck(devices: SoundDevices, options: EchoCheckOptions): Check {
  return {
    group: 'audio',
    name: 'echo',
    alone: true,
    patienceMs: 60_000,
    run: async (signal) => {
      const { microphone, speaker } = devices;
      if (microphone.status.name === undefined || !speaker.isOpen) {
        return { verdict: 'skipped', reason: 'the microphone or the speaker is not open' };
      }
      const { setting, volume, inputGainDb, chirpsHeard } = options;
      if (volume === 0) {
        return { verdict: 'skipped', reason: 'the volume is 0, so there is no echo', remedy: 'set audio.volume = 80' };
      }
      const names = { microphone: microphone.name, speaker: speaker.name };
      const setup = await exactSetup({ ...names, volume, inputGainDb }, options.env, signal);
      options.onChirps();
      const measurement = await probeEcho(microphone, speaker, signal);
      devices.gaveSignal ||= measurement.outcome !== 'noSignal';
      const advice = recommendEcho(measurement, {
        chirpsHeard: chirpsHeard || werePreviouslyHeard(options.file, setup),
      });
      const kept = { measuredAt: options.now().toISOString(), setup, ...advice, measurement };
      // Of a muted microphone there is nothing to keep, and what is known of it may be right.
      const unkept = measurement.outcome === 'noSignal' ? undefined : await problemKeeping(options.file, kept);
      const finding = findingOf(setting, kept, setup);
      return unkept !== undefined && finding.verdict === 'ok' ? { ...finding, ...unkept } : finding;
    },
  };
}

function findingOf(setting: EchoMode | 'auto', kept: KeptEcho, setup: EchoSetup): Finding {
  const { mode: recommended, why, measurement } = kept;
  const { mode: inUse } = echoModeOf(setting, kept, setup);
  const details = { configured: setting, inUse, recommended, why, ...measurement };
  const measured = `${measuredText(measurement)}; "${recommended}" fits: ${why}`;
  if (TRUST[inUse] > TRUST[recommended]) {
    return {
      verdict: 'degraded',
      reason: `audio.echo is "${setting}", but ${measured}`,
      remedy: `set audio.echo = "auto" or "${recommended}": it may answer itself`,
      details,
    };
  }
  const remedy = REMEDIES[measurement.outcome];
  if (remedy !== undefined && recommended !== 'aec') return { verdict: 'degraded', reason: measured, remedy, details };
  return {
    verdict: 'ok',
    reason: `${measured}; in use is "${inUse}" (audio.echo = "${setting}")`,
    details,
  };
}

/** Somebody has said so of these devices: "aec" is recommended to nobody else. */
function werePreviouslyHeard(file: string, setup: EchoSetup): boolean {
  const kept = readKeptEcho(file);
  return kept?.mode === 'aec' && isDeepStrictEqual(kept.setup, setup);
}

/** What makes a measurement useful that was none. */
const REMEDIES: Readonly<Partial<Record<EchoMeasurement['outcome'], string>>> = {
  noSignal: 'unmute the microphone, then: pressel doctor',
  unsteady: 'pressel doctor, once more and in silence',
  notHeard: 'if you heard three chirps: pressel doctor --heard; if not, turn the speaker up and try again',
};

function measuredText({ outcome, echo, noiseDb }: EchoMeasurement): string {
  if (outcome === 'noSignal') return 'nothing could be measured';
  if (outcome !== 'heard' || echo === undefined) return `no usable echo, room at ${decibels(noiseDb)} of full scale`;
  const { delayMs, levelDb, tailMs } = echo;
  return `echo ${Math.round(delayMs)} ms late at ${decibels(levelDb)}, tail ${Math.round(tailMs)} ms, room at ${decibels(noiseDb)}`;
}

async function problemKeeping(file: string, kept: KeptEcho): Promise<Pick<Finding, 'verdict' | 'remedy'> | undefined> {
  try {
    await keepEcho(file, kept);
    return undefined;
  } catch (error) {
    const reason = messageOf(error);
    return {
      verdict: 'degraded',
      remedy: `let the program write ${file}, or set audio.echo = "${kept.mode}" (${reason})`,
    };
  }
}
