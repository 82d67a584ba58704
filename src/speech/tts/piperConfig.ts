import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { messageOf } from '../../failures/messageOf.js';
import { BEGIN, END, PAD } from './phonemeIds.js';
import { VoiceError } from './voice.js';

const ids = z.array(z.number().int().nonnegative()).min(1);

/** What is used of a Piper voice's `.onnx.json`; other keys are ignored. */
const piperConfigSchema = z.object({
  audio: z.object({ sample_rate: z.number().int().min(8_000).max(96_000) }),
  /** The espeak-ng voice that makes its phonemes. Needed unless the phonemes are the letters themselves. */
  espeak: z.object({ voice: z.string().min(1) }).optional(),
  inference: z
    .object({
      noise_scale: z.number().nonnegative().default(0.667),
      length_scale: z.number().positive().default(1),
      noise_w: z.number().nonnegative().default(0.8),
    })
    .prefault({}),
  phoneme_type: z.enum(['espeak', 'text']).default('espeak'),
  phoneme_id_map: z.record(z.string(), ids),
  num_speakers: z.number().int().positive().default(1),
  speaker_id_map: z.record(z.string(), z.number().int().nonnegative()).default({}),
});

/** A Piper voice's configuration, as published beside its model. Defaults are Piper's own. */
export type PiperConfig = z.infer<typeof piperConfigSchema>;

/**
 * Reads and checks a Piper voice's configuration.
 * @throws {VoiceError} `notFound`, or `badConfig` naming the file and the key
 */
export function readPiperConfig(path: string): PiperConfig {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    const why = messageOf(cause);
    throw new VoiceError(
      'notFound',
      `the voice's configuration ${path} cannot be read (${why}). ` +
        'Put the .onnx.json that was published with the voice beside its model.',
      { cause },
    );
  }
  return parsePiperConfig(text, path);
}

/**
 * Checks the text of a Piper voice's configuration; `path` is for messages only.
 * @throws {VoiceError} `badConfig`
 */
export function parsePiperConfig(text: string, path: string): PiperConfig {
  const bad = (what: string, cause?: unknown) =>
    new VoiceError(
      'badConfig',
      `${path} is not a Piper voice's configuration: ${what}. Use the .onnx.json that was published with the voice.`,
      { cause },
    );
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw bad('it is not JSON', cause);
  }
  const parsed = piperConfigSchema.safeParse(json);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path: key, message }) => `${key.join('.') || 'the file'}: ${message}`);
    throw bad(problems.slice(0, 3).join('; '), parsed.error);
  }
  const config = parsed.data;
  const missing = [PAD, BEGIN, END].filter((symbol) => !Object.hasOwn(config.phoneme_id_map, symbol));
  if (missing.length > 0) throw bad(`phoneme_id_map lacks "${missing.join('", "')}"`);
  if (config.phoneme_type === 'espeak' && !config.espeak) throw bad('espeak.voice is missing');
  return config;
}

/**
 * The number of a speaker given by name or number; the first when none is asked for.
 * @throws {VoiceError} `badConfig` when the voice has no such speaker
 */
export function speakerId(config: PiperConfig, speaker: string | number | undefined, path: string): number {
  if (speaker === undefined) return 0;
  const id = typeof speaker === 'number' ? speaker : config.speaker_id_map[speaker];
  if (id !== undefined && Number.isInteger(id) && id >= 0 && id < config.num_speakers) return id;
  const names = Object.keys(config.speaker_id_map);
  const known =
    names.length > 0 ? `: ${names.slice(0, 8).join(', ')}${names.length > 8 ? ', ...' : ''}` : ' (no names)';
  throw new VoiceError(
    'badConfig',
    `the voice of ${path} has no speaker ${JSON.stringify(speaker)}. It has ${config.num_speakers}${known}. ` +
      `Choose one of them, or a number from 0 to ${config.num_speakers - 1}.`,
  );
}
