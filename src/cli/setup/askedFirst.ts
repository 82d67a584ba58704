import { Writable } from 'node:stream';
import type { CaptureDriver } from '../../../hardware/audio/drivers.js';
import { Microphone } from '../../../hardware/audio/microphone.js';
import { systemClock } from '../../../hardware/clock.js';
import type { Config } from '../../config/config.js';
import type { FirstQuestion, FirstTurn } from '../../setup/steps/firstQuestionStep.js';
import { type AskRequest, askTurn } from '../askTurn.js';
import { captureDriver } from '../audioDrivers.js';
import type { Io } from '../io.js';

/** The first question, through the same turn as `pressel ask`. @param configFile its skills are beside it */
export function askedFirst(io: Io, configFile: string): FirstQuestion {
  // The log would run through the dialogue; what went wrong is told in words.
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const ask = async (
    config: Config,
    request: Pick<AskRequest, 'question' | 'microphone'>,
    signal: AbortSignal,
  ): Promise<FirstTurn> => {
    const { record, noSpeaker } = await askTurn({ ...io, stderr: silent, signal }, config, {
      ...request,
      configFile,
      fast: false,
      quiet: true,
    });
    const problem = record.problem ?? noSpeaker;
    return {
      transcript: record.transcript ?? '',
      reply: record.chunks.join(' '),
      firstAudioMs: noSpeaker === undefined ? record.timeline.report().firstAudio : null,
      ...(problem ? { problem: problem.message } : {}),
    };
  };
  return {
    typed: (config, question, signal) => ask(config, { question }, signal),
    spoken: async (config, onListening, signal) => {
      const microphone = new Microphone({ open: captureDriver(config, io.env), clock: systemClock, onLost: () => {} });
      await microphone.open(signal);
      try {
        return await ask(config, { microphone: announced(microphone, onListening) }, signal);
      } finally {
        await microphone.close();
      }
    },
  };
}

/** Says when somebody begins to listen, and when nobody listens any more. */
function announced(capture: CaptureDriver, onListening: (listens: boolean) => void): CaptureDriver {
  return {
    name: capture.name,
    async *capture(options, signal) {
      onListening(true);
      try {
        yield* capture.capture(options, signal);
      } finally {
        onListening(false);
      }
    },
  };
}
