import { Command } from 'commander';
import { WavCapture } from '../../../hardware/audio/wavCapture.js';
import { openWav } from '../../../hardware/audio/wavReader.js';
import { systemClock } from '../../../hardware/clock.js';
import { loadConfig } from '../../config/loadConfig.js';
import { ModelStore } from '../../models/modelStore.js';
import { configuredModelFolder, earModels } from '../../models/neededModels.js';
import { transcribeFrames } from '../../speech/transcribeFile.js';
import { ensureModels } from '../ensureModels.js';
import type { Io } from '../io.js';
import { openEars } from '../openParts.js';

interface TranscribeOptions {
  readonly json?: boolean;
  readonly config?: string;
}

/** `pressel transcribe`: endpointing and speech recognition only. */
export function transcribeCommand(io: Io): Command {
  return new Command('transcribe')
    .description('print what is said in recordings')
    .argument('<file...>', 'WAV files')
    .option('--json', 'print one JSON list')
    .option('--config <file>', 'read this configuration file')
    .action((files: string[], _options, self: Command) => transcribe(io, files, self.optsWithGlobals()));
}

async function transcribe(io: Io, files: readonly string[], options: TranscribeOptions): Promise<void> {
  const { config } = await loadConfig({ file: options.config, env: io.env, home: io.home });
  const recordings = await Promise.all(files.map(async (file) => ({ file, wav: await openWav(file) })));
  const store = new ModelStore(configuredModelFolder(config, io.env, io.home), { env: io.env });
  await ensureModels(io, store, earModels(config), { quiet: options.json === true });
  const ears = openEars(config, store);
  const results: { file: string; text: string; audioMs: number; asrMs: number }[] = [];
  try {
    await Promise.all([ears.vad.warmUp(io.signal), ears.recognizer.warmUp(io.signal)]);
    for (const { file, wav } of recordings) {
      const capture = new WavCapture({ file, pace: 'fast', clock: systemClock, tailMs: config.endpointing.silenceMs });
      const { text, asrMs } = await transcribeFrames(capture.capture({}, io.signal), ears, io.signal);
      for (const warning of capture.warnings) io.stderr.write(`${warning.message}\n`);
      results.push({ file, text, audioMs: Math.round(wav.durationMs), asrMs: Math.round(asrMs) });
      if (!options.json) io.stdout.write(files.length === 1 ? `${text}\n` : `${file}: ${text}\n`);
    }
  } finally {
    await Promise.all([ears.vad.close(), ears.recognizer.close(), ears.endOfTurn?.close()]);
  }
  if (options.json) io.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
}
