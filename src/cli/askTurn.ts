import type { AudioError, CaptureDriver, PlaybackDriver } from '../../hardware/audio/drivers.js';
import { WavCapture } from '../../hardware/audio/wavCapture.js';
import { openWav } from '../../hardware/audio/wavReader.js';
import { sleep, systemClock } from '../../hardware/clock.js';
import { stateFolder } from '../appliance/pauseMemoryFile.js';
import { answerOnce, type FinishedTurn } from '../assistant/answerOnce.js';
import { heardOnce } from '../assistant/heardOnce.js';
import type { Config } from '../config/config.js';
import type { ChatModel } from '../llm/chatModel.js';
import { ModelStore } from '../models/modelStore.js';
import { configuredModelFolder, neededModels, voiceModels } from '../models/neededModels.js';
import { openLog } from '../observability/log.js';
import type { IntentSkill } from '../skills/intent.js';
import { ensureModels } from './ensureModels.js';
import type { Io } from './io.js';
import { openAllSkills } from './openAllSkills.js';
import { openChatModel, openConfiguredVoice, openEars, openMind, recordingTailMs, warmUpWords } from './openParts.js';
import { openPlayback } from './openPlayback.js';
import { UsageError } from './usageError.js';

export interface AskRequest {
  /** One of these three. */
  readonly question?: string | undefined;
  readonly wav?: string | undefined;
  /** That is open: the question is asked aloud. */
  readonly microphone?: CaptureDriver | undefined;
  /** WAV file for the reply; undefined: the speaker. */
  readonly out?: string | undefined;
  readonly fast: boolean;
  /** No progress, no remarks. */
  readonly quiet: boolean;
  /** The configuration was read from it, null: from none. The owner's skills are beside it; undefined: they are not asked. */
  readonly configFile?: string | null | undefined;
  /** In place of the configured chat model. */
  readonly model?: ChatModel;
  /** What the model may use by itself. Default: nothing. */
  readonly tools?: readonly IntentSkill<unknown>[];
}

/** Servers of tools have so long before the question is asked without them. */
const SERVERS_PATIENCE_MS = 5_000;

/** A turn and what it ran on. */
export interface AskedTurn extends FinishedTurn {
  readonly out: string | undefined;
  /** Why nobody could hear the reply. */
  readonly noSpeaker: AudioError | undefined;
  readonly backends: { readonly asr: string; readonly llm: string; readonly tts: string };
}

/**
 * One whole turn, with everything that it needs opened before and closed after it. A reply file appears only when the
 * reply is complete.
 * @throws {UsageError | AudioError | ModelError | VoiceError | StartError}
 */
export async function askTurn(io: Io, config: Config, request: AskRequest): Promise<AskedTurn> {
  const { wav, microphone, out, fast, quiet } = request;
  const isSpoken = wav !== undefined || microphone !== undefined;
  const remark = (message: string) => {
    if (!quiet) io.stderr.write(`${message}\n`);
  };
  if (!isSpoken) demandQuestion(request.question ?? '', config.llm.maxQuestionChars);
  else if (wav !== undefined) await openWav(wav); // what cannot be read is known before anything is fetched or loaded

  const store = new ModelStore(configuredModelFolder(config, io.env, io.home), { env: io.env });
  const needed = isSpoken ? neededModels(config) : voiceModels(config);
  await ensureModels(io, store, needed, { quiet });

  const closing: (() => Promise<void>)[] = [];
  let playback: PlaybackDriver | undefined;
  try {
    const voice = openConfiguredVoice(config, store, remark);
    closing.push(() => voice.close());
    const opened = await openPlayback(config, { out, fast, sampleRateHz: voice.sampleRateHz }, io);
    playback = opened.playback;
    if (opened.noSpeaker) remark(`${opened.noSpeaker.message} The reply is not heard: keep it with --out FILE.wav.`);
    const ears = isSpoken ? openEars(config, store) : undefined;
    if (ears)
      closing.push(
        () => ears.vad.close(),
        () => ears.recognizer.close(),
        async () => ears.endOfTurn?.close(),
      );
    const recording =
      wav === undefined
        ? undefined
        : new WavCapture({
            file: wav,
            pace: fast ? 'fast' : 'realtime',
            clock: systemClock,
            tailMs: recordingTailMs(config),
          });
    const capture = microphone ?? recording;
    const log = openLog(config, io.stderr);
    const model = request.model ?? openChatModel(config);
    const kept = { stateFolder: stateFolder(io.env, io.home), model, log };
    const all = await openAllSkills({ config, file: request.configFile }, io, log, { kept });
    closing.push(() => all.close());
    // There is no second question for which a server's tools could be there.
    await inTime(all.settled, SERVERS_PATIENCE_MS, io.signal);
    const mind = openMind(config, model, all.skills, undefined, undefined, () => request.tools ?? all.tools);
    // As the appliance does at its start: where the time goes is measured of what is spoken.
    if (isSpoken) warmUpWords(config, mind);
    const finished = await answerOnce(
      {
        capture: capture && heardOnce(capture),
        ears,
        mind,
        mouth: { voice, playback },
        clock: systemClock,
        speculation: config.speculation,
        reopenMs: config.endpointing.reopenMs,
      },
      config,
      isSpoken ? { type: 'button.pressed' } : { type: 'ask', question: request.question ?? '' },
      log,
      io.signal,
    );
    // Damage to the recording explains a strange answer: said even where nothing else is.
    for (const warning of recording?.warnings ?? []) io.stderr.write(`${warning.message}\n`);
    if (finished.record.transcript === '' && !finished.record.problem) {
      const message = wav === undefined ? 'Nobody was heard speaking.' : `No speech was found in ${wav}.`;
      finished.record.problem = { reason: 'nothingHeard', message };
    }
    const spoken = finished.record.chunks.length > 0;
    if (spoken) await playback.close();
    return {
      ...finished,
      out: spoken ? out : undefined,
      noSpeaker: opened.noSpeaker,
      backends: { asr: config.asr.model, llm: model.name, tts: voice.name },
    };
  } finally {
    await playback?.discard();
    await Promise.all(closing.map((close) => close()));
  }
}

/** Waits for something, but not for long. @throws the signal's reason */
async function inTime(event: Promise<void>, patienceMs: number, signal: AbortSignal): Promise<void> {
  const happened = new AbortController();
  event.then(() => happened.abort());
  await sleep(systemClock, patienceMs, AbortSignal.any([signal, happened.signal])).catch(() => signal.throwIfAborted());
}

function demandQuestion(question: string, maxChars: number): void {
  if (question.trim() === '') throw new UsageError('The question is empty.');
  if (question.length > maxChars) {
    throw new UsageError(
      `The question has ${question.length} characters; at most ${maxChars} are taken (llm.max_question_chars).`,
    );
  }
}
