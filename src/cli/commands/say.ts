import { Command } from 'commander';
import { ModelStore } from '../../models/modelStore.js';
import { configuredModelFolder, voiceModels } from '../../models/neededModels.js';
import { spokenText } from '../../speech/text/normalise/spokenText.js';
import { speakable } from '../../speech/text/speakableText.js';
import { ensureModels } from '../ensureModels.js';
import type { Io } from '../io.js';
import { openConfiguredVoice, spokenLocale } from '../openParts.js';
import { openPlayback } from '../openPlayback.js';
import { UsageError } from '../usageError.js';
import { type AskOptions, loadTurnConfig, withTurnFlags } from './ask.js';

/** `pressel say`: synthesis only. */
export function sayCommand(io: Io): Command {
  const command = new Command('say')
    .description('speak a text')
    .argument('<text>', 'what to say')
    .option('--out <file>', 'write a WAV file instead of using the speaker')
    .option('--json', 'print one JSON document')
    .action((text: string, _options, self: Command) => say(io, text, self.optsWithGlobals<AskOptions>()));
  return withTurnFlags(command);
}

async function say(io: Io, text: string, options: AskOptions): Promise<void> {
  if (speakable(text) === '') throw new UsageError('There is nothing in the text that can be spoken.');
  const config = await loadTurnConfig(io, options);
  const locale = spokenLocale(config);
  const spoken = spokenText(speakable(text, locale.language), locale);
  const store = new ModelStore(configuredModelFolder(config, io.env, io.home), { env: io.env });
  await ensureModels(io, store, voiceModels(config), { quiet: options.json === true });
  const voice = openConfiguredVoice(config, store, (message) => io.stderr.write(`${message}\n`));
  try {
    const { sampleRateHz } = voice;
    const { playback, noSpeaker } = await openPlayback(config, { out: options.out, fast: true, sampleRateHz }, io);
    try {
      if (noSpeaker) throw new Error(`${noSpeaker.message} Or use --out FILE.wav.`);
      for await (const pcm of voice.synthesize(spoken, io.signal)) await playback.play(pcm, io.signal);
      await playback.drained(io.signal);
      await playback.close();
      const result = {
        text: spoken,
        out: options.out ?? null,
        audioMs: Math.round(playback.playedMs),
        voice: voice.name,
      };
      if (options.json) io.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
    } finally {
      await playback.discard();
    }
  } finally {
    await voice.close();
  }
}
