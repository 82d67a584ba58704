import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import type { PolicyFigures } from '../../bench/turnFigures.js';
import { type TurnPictureText, turnPicture } from '../../bench/turnPicture.js';
import { TURN_POLICY_NAMES } from '../../bench/turnPolicies.js';
import { TURN_TABLE_NOTES, turnTable } from '../../bench/turnTable.js';
import type { Config } from '../../config/config.js';
import type { ModelStore } from '../../models/modelStore.js';
import type { Io } from '../io.js';
import { realTimeTurns } from '../realTimeTurns.js';
import { simulatedTurns } from '../simulatedTurns.js';
import type { TurnFlags } from '../turnFlags.js';

export interface BenchTurnOptions extends TurnFlags {
  readonly json?: boolean;
  readonly config?: string;
  readonly voice?: string;
  readonly svg?: string;
  readonly timelines?: string;
}

/** Reads the configuration and fetches the models. */
export type OpenBench = (options: BenchTurnOptions) => Promise<{ readonly config: Config; readonly store: ModelStore }>;

/** `pressel bench turn`: ways to take turns, side by side. */
export function benchTurnCommand(io: Io, open: OpenBench): Command {
  return new Command('turn')
    .description('whole turns under several policies, in real time; with --pi, on a simulated Raspberry Pi')
    .option('--turns <n>', 'turns of each policy')
    .option('--policy <names>', `some of ${TURN_POLICY_NAMES.join(', ')}; with commas between them`)
    .option('--seed <n>', 'decides what is said, and how')
    .option(
      '--recordings <folder>',
      'recordings, with transcripts.tsv or without; default: synthesised if there are none',
    )
    .option('--wav <file...>', 'these recordings only')
    .option('--pi <model>', 'simulate a Raspberry Pi, 4 or 5, in virtual time')
    .option('--llm-model <name>', 'the chat model of the simulated Pi')
    .option('--svg <file>', 'draw where the time goes')
    .option('--timelines <file>', 'write each turn as a line of JSON')
    .option('--voice <voice>', 'the voice')
    .option('--config <file>', 'read this configuration file')
    .option('--json', 'print one JSON document')
    .action((_options, self: Command) => benchTurns(io, open, self.optsWithGlobals<BenchTurnOptions>()));
}

async function benchTurns(io: Io, open: OpenBench, given: BenchTurnOptions): Promise<void> {
  if (given.pi !== undefined) {
    const { document, timelines } = await simulatedTurns(given);
    const { simulated, llmModel, policies, buttonReleased } = document;
    const turns = buttonReleased.turns;
    await write(given, policies, timelines, {
      title: `Time to first audio on a simulated ${simulated}`,
      subtitle: `${turns} turns of each policy in virtual time, ${llmModel}, moonshine-tiny, a Piper voice of medium size. Simulated, not measured.`,
    });
    if (given.json) {
      print(io, document);
      return;
    }
    io.stdout.write(
      `A simulated ${simulated} with ${llmModel}, in virtual time: built on published speeds, no measurement.\n\n`,
    );
    io.stdout.write(turnTable({ ...policies, 'pressel, released': buttonReleased }));
    io.stdout.write(`\n${TURN_TABLE_NOTES}pressel, released: the button is held while somebody speaks.\n`);
    return;
  }
  const { config, store } = await open(given);
  const say = (message: string) => {
    if (!given.json) io.stderr.write(`${message}\n`);
  };
  const { document, timelines } = await realTimeTurns(given, config, store, say, io.signal);
  const { policies, backends, model, recordings, endOfTurn, mainThreadStallP99Ms } = document;
  const modelText = `a scripted model of ${model.tokensPerSecond} tokens/s (first after ${model.firstTokenMs} ms)`;
  await write(given, policies, timelines, {
    title: 'Time to first audio, in real time on this machine',
    subtitle: `${timelines.length} turns in all, recordings of ${recordings.from}, ${backends.asr}, ${modelText}, ${backends.tts}.`,
  });
  if (given.json) {
    print(io, { ...document, timelines });
    return;
  }
  io.stdout.write(
    `In real time: recordings of ${recordings.from}, ${backends.asr}, ${modelText}, ${backends.tts}.\n\n`,
  );
  io.stdout.write(`${turnTable(policies)}\n${TURN_TABLE_NOTES}`);
  if (policies['pipecat-like']) io.stdout.write(`The end of turn of pipecat-like is judged by ${endOfTurn}.\n`);
  if (mainThreadStallP99Ms !== null) {
    io.stdout.write(
      `The main thread was at most ${mainThreadStallP99Ms.toFixed(1)} ms late (p99) in the turns of pressel.\n`,
    );
  }
}

function print(io: Io, document: object): void {
  io.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
}

async function write(
  { svg, timelines: file }: BenchTurnOptions,
  policies: Readonly<Record<string, PolicyFigures>>,
  timelines: readonly object[],
  text: TurnPictureText,
): Promise<void> {
  if (svg !== undefined) await writeFile(svg, turnPicture(policies, text));
  if (file !== undefined) await writeFile(file, timelines.map((turn) => `${JSON.stringify(turn)}\n`).join(''));
}
