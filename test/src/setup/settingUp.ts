import type { TestContext } from 'node:test';
import type { Dialogue } from '../../../src/setup/dialogue.js';
import { freeDevices } from '../../../src/setup/freeDevices.js';
import { runSetup } from '../../../src/setup/runSetup.js';
import type { SetupContext, SetupSettings, SetupStep } from '../../../src/setup/setupStep.js';
import type { DevicesInUse } from '../../../src/setup/soundTests.js';
import { boardStep } from '../../../src/setup/steps/boardStep.js';
import { buttonStep } from '../../../src/setup/steps/buttonStep.js';
import { chatModelStep } from '../../../src/setup/steps/chatModelStep.js';
import { computerStep } from '../../../src/setup/steps/computerStep.js';
import { firstQuestionStep } from '../../../src/setup/steps/firstQuestionStep.js';
import { inspectorStep } from '../../../src/setup/steps/inspectorStep.js';
import { ledStep } from '../../../src/setup/steps/ledStep.js';
import { microphoneStep } from '../../../src/setup/steps/microphoneStep.js';
import { speakerStep } from '../../../src/setup/steps/speakerStep.js';
import { speechModelsStep } from '../../../src/setup/steps/speechModelsStep.js';
import type { ComputerFacts } from '../../../src/setup/tables/computerRequirements.js';
import { type Answer, ScriptedDialogue } from './scriptedDialogue.js';
import { ScriptedServer, ScriptedSound, scriptedBody, scriptedModels, scriptedQuestion } from './scriptedParts.js';
import { settingsIn } from './scriptedSettings.js';

export const EARS = ['silero-vad-v6', 'moonshine-tiny-en'];
export const VOICE = 'en_US-ljspeech-medium';

const PI: ComputerFacts = {
  model: 'Raspberry Pi 5 Model B Rev 1.0',
  arch: 'arm64',
  nodeVersion: 'v20.19.2',
  memoryBytes: 4e9,
  now: new Date('2026-06-01'),
  lacksService: false,
  freeBytes: 10e9,
};

/** What setup finds; what is not named is well. */
export interface World {
  readonly computer?: Partial<ComputerFacts>;
  readonly sound?: ScriptedSound;
  readonly body?: ReturnType<typeof scriptedBody>;
  readonly server?: ScriptedServer;
  readonly models?: ReturnType<typeof scriptedModels>;
  readonly turn?: Parameters<typeof scriptedQuestion>[0];
  readonly inUse?: () => DevicesInUse | undefined;
  readonly listen?: string;
  readonly cards?: readonly string[];
}

export function stepsIn(world: World): SetupStep[] {
  const computer = { ...PI, ...world.computer };
  const mayTest = freeDevices(async () => world.inUse?.(), true);
  const sound = world.sound ?? new ScriptedSound();
  const body = world.body ?? scriptedBody('pressed');
  const machine = { memoryBytes: computer.memoryBytes, arch: computer.arch, speed: 'pi5' as const };
  let tokens = 0;
  return [
    computerStep(computer),
    boardStep(async () => ({ hatProduct: undefined, cards: world.cards ?? ['seeed2micvoicec'] })),
    speakerStep(sound, mayTest),
    microphoneStep(sound, mayTest),
    buttonStep(body, mayTest),
    ledStep(body, mayTest),
    chatModelStep({ server: world.server ?? new ScriptedServer(), machine, now: () => 0 }),
    speechModelsStep({
      models: (world.models ?? scriptedModels(EARS)).models,
      memoryBytes: computer.memoryBytes,
      now: () => 0,
    }),
    inspectorStep({
      listen: () => world.listen ?? '127.0.0.1:7333',
      hasToken: async () => tokens > 0,
      newLinks: async () => ({ links: [`http://pi.local:7333/?token=${++tokens}`], code: ['█▀█'] }),
    }),
    firstQuestionStep(scriptedQuestion(world.turn), mayTest),
  ];
}

/** What a step gets. */
export function contextOf(
  dialogue: Dialogue,
  settings: SetupSettings,
  signal: AbortSignal = new AbortController().signal,
): SetupContext {
  return { dialogue, settings, command: (subcommand) => `pressel ${subcommand}`, signal };
}

/** Runs the wizard to its end with these answers. */
export async function setUp(
  t: TestContext,
  answers: Readonly<Record<string, readonly Answer[]>> = {},
  world: World = {},
) {
  const dialogue = new ScriptedDialogue(answers);
  const kept = await settingsIn(t);
  const report = await runSetup(stepsIn(world), contextOf(dialogue, kept.settings));
  const step = (name: string) => report.steps.find((each) => each.name === name);
  return { dialogue, report, step, ...kept };
}
