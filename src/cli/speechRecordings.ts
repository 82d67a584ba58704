import { existsSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { CAPTURE_RATE_HZ, durationMs, type PcmFrame } from '../../hardware/audio/pcm.js';
import { WavCapture } from '../../hardware/audio/wavCapture.js';
import { systemClock } from '../../hardware/clock.js';
import type { SpeechRecording } from '../bench/recordedUtterance.js';
import { CORPUS_SENTENCES } from '../bench/sim/corpusSentences.js';
import { seededNumbers, shuffled } from '../bench/sim/seededNumbers.js';
import { synthesised } from '../bench/synthesised.js';
import type { Voice } from '../speech/tts/voice.js';
import { concatenate } from '../speech/utterance.js';
import { packageFile } from './packageFile.js';
import type { TurnFlags } from './turnFlags.js';
import { UsageError } from './usageError.js';

/** Recorded speech, and where it is from. */
export interface SpeechCorpus {
  readonly source: string;
  readonly recordings: readonly SpeechRecording[];
}

export interface CorpusOptions {
  /** Longer recordings are left out (ms). */
  readonly maxMs: number;
  /** So many are synthesised where there are none. */
  readonly turns: number;
  readonly seed: number;
  readonly voice: Voice;
  readonly signal: AbortSignal;
  /** Where recordings are looked for when none are given. Default: beside the checkout. */
  readonly usualFolder?: string;
}

/** Where recordings lie beside a checkout; elsewhere there are none. */
const USUAL_FOLDER = '../shared/speech';
/** One recording a line: file, tab, who transcribed it, tab, transcript. */
const TRANSCRIPTS = 'transcripts.tsv';

/** The recordings that were asked for, else those at the usual place, else some that the voice speaks. @throws {UsageError} */
export async function speechCorpus({ wav, recordings }: TurnFlags, options: CorpusOptions): Promise<SpeechCorpus> {
  if (wav) return { source: 'the files given', recordings: await readAll(wav.map(withoutTranscript), options) };
  const folder = recordingsFolder(recordings, options.usualFolder);
  if (folder === undefined) return { source: `synthesised by ${options.voice.name}`, recordings: await speak(options) };
  const read = await readAll(await listed(folder), options);
  if (read.length === 0) throw new UsageError(`There is no WAV file of up to ${options.maxMs} ms in ${folder}.`);
  return { source: path.basename(path.resolve(folder)), recordings: read };
}

/** The folder of recordings that was asked for, else the usual one where it is there. */
export function recordingsFolder(
  given: string | undefined,
  usual: string = packageFile(USUAL_FOLDER),
): string | undefined {
  return given ?? (existsSync(path.join(usual, TRANSCRIPTS)) ? usual : undefined);
}

/** A WAV file as the recogniser hears it: 16 kHz mono in [-1, 1]. @throws {AudioError} */
export async function samplesOf(file: string, signal: AbortSignal): Promise<Float32Array> {
  const frames: PcmFrame[] = [];
  for await (const frame of new WavCapture({ file, pace: 'fast', clock: systemClock }).capture({}, signal))
    frames.push(frame);
  return concatenate(frames);
}

interface ListedFile {
  readonly file: string;
  readonly transcript: string;
}

function withoutTranscript(file: string): ListedFile {
  return { file, transcript: '' };
}

/** Those with a transcript where there are transcripts, else all. */
async function listed(folder: string): Promise<ListedFile[]> {
  const list = path.join(folder, TRANSCRIPTS);
  if (!existsSync(folder)) throw new UsageError(`There is no folder ${folder}.`);
  const files = existsSync(list)
    ? readFileSync(list, 'utf8')
        .split('\n')
        .map((line) => {
          const [name = '', , transcript = ''] = line.split('\t');
          return { file: path.join(folder, name), transcript: transcript.trim() };
        })
        .filter(({ file, transcript }) => transcript !== '' && existsSync(file))
    : (await readdir(folder)).sort().map((name) => withoutTranscript(path.join(folder, name)));
  return files.filter(({ file }) => file.toLowerCase().endsWith('.wav'));
}

async function readAll(files: readonly ListedFile[], { maxMs, signal }: CorpusOptions): Promise<SpeechRecording[]> {
  const recordings: SpeechRecording[] = [];
  for (const { file, transcript } of files) {
    const samples = await samplesOf(file, signal);
    if (durationMs({ samples, sampleRateHz: CAPTURE_RATE_HZ }) > maxMs) continue;
    recordings.push({ name: path.basename(file), transcript, samples });
  }
  return recordings;
}

async function speak({ turns, seed, voice, signal }: CorpusOptions): Promise<SpeechRecording[]> {
  const sentences = shuffled(CORPUS_SENTENCES, seededNumbers(seed)).slice(0, turns);
  const recordings: SpeechRecording[] = [];
  for (const transcript of sentences) {
    recordings.push({ name: transcript, transcript, samples: await synthesised(voice, transcript, signal) });
  }
  return recordings;
}
