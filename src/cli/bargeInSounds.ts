import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { backchannels, coughs } from '../bench/bargeIn/bystanders.js';
import { interruptions } from '../bench/bargeIn/firstWords.js';
import type { Interjection } from '../bench/bargeIn/interjection.js';
import type { SpeechRecording } from '../bench/recordedUtterance.js';
import { FLITE_VOICES } from '../speech/tts/fliteVoice.js';
import { openVoice } from '../speech/tts/openVoice.js';
import { type Voice, VoiceError } from '../speech/tts/voice.js';
import { packageFile } from './packageFile.js';
import { recordingsFolder, samplesOf, speechCorpus } from './speechRecordings.js';

/** Longer recordings hold nothing more: only their first words are heard. */
const LONGEST_RECORDING_MS = 30_000;

/** Recorded noises, by their names: of the ESC-50 collection, and what its makers took for no speech. */
const NOISES = /^(esc50_.*|.*silence.*)\.wav$/i;

/** Piper voices that may lie beside a checkout. */
const VOICES_FOLDER = '../shared/voices';

/** What is heard during the replies, and where it is from. */
export interface BargeInSounds {
  readonly interruptions: readonly Interjection[];
  readonly bystanders: readonly Interjection[];
  readonly from: {
    readonly interruptions: string;
    readonly noises: number;
    readonly backchannelVoices: readonly string[];
  };
}

export interface SoundOptions {
  /** The folder of recordings; undefined: the usual one, where it is there. */
  readonly recordings: string | undefined;
  /** Of each kind. */
  readonly count: number;
  readonly seed: number;
  /** The name of the voice that replies: nobody else speaks with it. */
  readonly replyVoice: string;
  readonly signal: AbortSignal;
}

/** Recordings where there are some, and voices that need no network for the rest. @throws {UsageError, AudioError} */
export async function bargeInSounds(options: SoundOptions): Promise<BargeInSounds> {
  const { recordings, count, seed, replyVoice, signal } = options;
  const voices = await otherVoices(replyVoice, signal);
  try {
    const [voice] = voices;
    if (!voice) throw new Error('there is no voice to interrupt with');
    const given = recordings === undefined ? {} : { recordings };
    const corpus = await speechCorpus(given, { maxMs: LONGEST_RECORDING_MS, turns: count, seed, voice, signal });
    const noises = await noisesIn(recordingsFolder(recordings), signal);
    return {
      interruptions: interruptions(corpus.recordings, count, seed),
      bystanders: [...coughs(noises, count, seed), ...(await backchannels(voices, count, seed, signal))],
      from: {
        interruptions: corpus.source,
        noises: noises.length,
        backchannelVoices: voices.map(({ name }) => name),
      },
    };
  } finally {
    await Promise.all(voices.map((voice) => voice.close()));
  }
}

/** All voices that are here but one; the most human ones first. */
async function otherVoices(replyVoice: string, signal: AbortSignal): Promise<Voice[]> {
  const folder = packageFile(VOICES_FOLDER);
  const files = existsSync(folder) ? (await readdir(folder)).filter((name) => name.endsWith('.onnx')).sort() : [];
  const specs = [
    ...files.map((name) => `piper:${path.join(folder, name)}`),
    ...Object.keys(FLITE_VOICES).map((name) => `flite:${name}`),
    'espeak-ng:en-us',
  ];
  const voices: Voice[] = [];
  for (const spec of specs) {
    const voice = openVoice(spec);
    if (voice.name !== replyVoice && (await isInstalled(voice, signal))) voices.push(voice);
    else await voice.close();
  }
  return voices;
}

async function isInstalled(voice: Voice, signal: AbortSignal): Promise<boolean> {
  try {
    await voice.warmUp(signal);
    return true;
  } catch (error) {
    if (error instanceof VoiceError && error.reason === 'notInstalled') return false;
    throw error;
  }
}

async function noisesIn(folder: string | undefined, signal: AbortSignal): Promise<SpeechRecording[]> {
  if (folder === undefined) return [];
  const names = (await readdir(folder)).filter((name) => NOISES.test(name)).sort();
  const noises: SpeechRecording[] = [];
  for (const name of names) {
    noises.push({ name, transcript: '', samples: await samplesOf(path.join(folder, name), signal) });
  }
  return noises;
}
