import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { EchoMeasurement } from '../../hardware/audio/echoProbe/echoMeasurement.js';
import { replaceFile } from '../files/replaceFile.js';
import type { KeptEchoAdvice } from './echoMode.js';

const levelsSchema = z.object({
  noiseDb: z.number(),
  detectableDb: z.number(),
  echo: z.object({ delayMs: z.number(), levelDb: z.number(), tailMs: z.number() }).optional(),
});

const fileSchema = z.object({
  /** ISO 8601. */
  measuredAt: z.iso.datetime(),
  setup: z.object({
    microphone: z.string().min(1),
    speaker: z.string().min(1),
    volume: z.number(),
    inputGainDb: z.number(),
  }),
  mode: z.enum(['half-duplex', 'text-guard', 'aec']),
  why: z.string(),
  measurement: levelsSchema.extend({
    outcome: z.enum(['heard', 'notHeard', 'unsteady', 'noSignal']),
    readings: z.array(levelsSchema),
  }),
});

/** In the state folder. */
export const ECHO_FILE = 'echo.json';

/** What was measured of the echo, when, with which devices, and what follows from it. */
export interface KeptEcho extends KeptEchoAdvice {
  readonly measuredAt: string;
  readonly measurement: EchoMeasurement;
}

/** What was kept last; undefined where there is nothing, or nothing that could be trusted. */
export function readKeptEcho(file: string): KeptEcho | undefined {
  try {
    const { measurement, ...kept } = fileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    const { readings, echo, ...levels } = measurement;
    return {
      ...kept,
      measurement: { ...levels, echo, readings: readings.map((reading) => ({ ...reading, echo: reading.echo })) },
    };
  } catch {
    return undefined;
  }
}

/** In the place of what was kept before; a power cut leaves the old or the new. @throws when the disk does not take it */
export async function keepEcho(file: string, echo: KeptEcho): Promise<void> {
  await replaceFile(file, `${JSON.stringify(echo, null, 2)}\n`);
}
