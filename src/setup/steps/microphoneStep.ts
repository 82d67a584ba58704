import { AudioError } from '../../../hardware/audio/drivers.js';
import { chooseSoundDevice } from '../chooseSoundDevice.js';
import type { Choice, Dialogue } from '../dialogue.js';
import type { NoTest } from '../freeDevices.js';
import type { SetupContext, SetupStep, StepReport } from '../setupStep.js';
import type { SoundTests } from '../soundTests.js';
import {
  decibels,
  levelBar,
  type MicrophoneRemark,
  measureWord,
  microphoneRemark,
} from '../tables/microphoneRemarks.js';
import { tellOverridden } from '../tellOverridden.js';

/** Long enough to read the line, say a word and hear the room after it. */
const RECORDING_MS = 4_000;

/** "speak now  ", "  -100 dB" */
const BESIDE_BAR = 20;

type Next = 'again' | 'gain' | 'another' | 'leave';
type Verdict = Pick<StepReport, 'outcome' | 'left' | 'found'>;

/** Chooses the microphone, records a word, says what is wrong with it and plays it back. */
export function microphoneStep(sound: SoundTests, mayTest: (dialogue: Dialogue) => Promise<NoTest>): SetupStep {
  return {
    name: 'microphone',
    title: 'Microphone',
    run: async (context) => {
      const { dialogue, settings } = context;
      for (;;) {
        // Each time: another one may have been plugged in.
        const inventory = await sound.list();
        if (inventory.problem !== undefined) dialogue.tell(inventory.problem, 'warning');
        const devices = inventory.devices.filter(({ inputChannels }) => inputChannels > 0).map(({ name }) => name);
        const noTest = await mayTest(dialogue);
        const input = await chooseSoundDevice(dialogue, inventory, 'input', settings.current.config.audio.input);
        tellOverridden(dialogue, await settings.keep({ 'audio.input': input }));
        if (noTest !== undefined) return { outcome: 'skipped', found: { devices }, chosen: { input }, ...noTest };
        const verdict = await tried(context, sound);
        if (verdict === 'another') continue;
        const { inputGainDb } = settings.current.config.audio;
        return { ...verdict, found: { devices, ...verdict.found }, chosen: { input, inputGainDb } };
      }
    },
  };
}

async function tried(context: SetupContext, sound: SoundTests): Promise<'another' | Verdict> {
  const { dialogue, settings } = context;
  for (;;) {
    const { remark, ...heard } = await recorded(context, sound);
    if (remark === undefined) return heard;
    const next = await dialogue.choose<Next>('What now?', choicesFor(remark), dialogue.isAttended ? 'again' : 'leave');
    if (next === 'another') return next;
    if (next === 'leave')
      return { ...heard, outcome: 'left', left: [`The microphone: ${remark.text} ${remark.remedy}`] };
    if (next === 'gain' && remark.gainDb !== undefined) {
      const gain = Math.min(40, settings.current.config.audio.inputGainDb + remark.gainDb);
      tellOverridden(dialogue, await settings.keep({ 'audio.input_gain_db': gain }));
    }
  }
}

function choicesFor({ gainDb }: Pick<MicrophoneRemark, 'gainDb'>): Choice<Next>[] {
  return [
    { value: 'again', label: 'Try it once more' },
    ...(gainDb === undefined ? [] : [{ value: 'gain' as const, label: `Let Pressel add ${gainDb} dB, and try again` }]),
    { value: 'another', label: 'Choose another microphone' },
    { value: 'leave', label: 'Go on as it is' },
  ];
}

/** One recording with what is to be said of it. */
async function recorded(
  context: SetupContext,
  sound: SoundTests,
): Promise<Verdict & { readonly remark: Pick<MicrophoneRemark, 'text' | 'remedy' | 'gainDb'> | undefined }> {
  const { dialogue, settings, signal } = context;
  await dialogue.ready('Press Enter, wait for the level, then say "good morning".');
  const live = dialogue.live();
  // What is said before it listens is lost, and opening a device takes a second or two.
  live.show('opening the microphone, one moment ...');
  try {
    const recording = await sound.record(
      settings.current.config,
      RECORDING_MS,
      (db) => live.show(`speak now  ${levelBar(db, live.room - BESIDE_BAR)}  ${decibels(db)}`),
      signal,
    );
    live.end();
    const word = measureWord(recording.samples);
    const found = { ...word, name: recording.name };
    const remark = microphoneRemark(word);
    // Nobody was asked to speak: only silence of the digital kind tells something then.
    if (!dialogue.isAttended && remark?.trouble !== 'noSignal') {
      dialogue.tell(`${recording.name} hears the room at ${decibels(word.roomDb)}.`, 'good');
      return { outcome: 'done', found, remark: undefined };
    }
    if (remark === undefined) {
      dialogue.tell(`Heard you at ${decibels(word.speechDb)}, the room at ${decibels(word.roomDb)}: good.`, 'good');
    } else {
      dialogue.tell(`${remark.text} ${remark.remedy}`, 'warning');
    }
    if (remark?.trouble !== 'noSignal' && (await dialogue.confirm('Hear what it recorded?', true))) {
      await playBack(context, sound, recording);
    }
    return { outcome: 'done', found, remark };
  } catch (error) {
    live.end();
    if (!(error instanceof AudioError)) throw error;
    dialogue.tell(error.message, 'warning');
    return { outcome: 'left', remark: { text: error.message, remedy: 'See: pressel devices' } };
  }
}

async function playBack(
  { dialogue, settings, signal }: SetupContext,
  sound: SoundTests,
  recording: Awaited<ReturnType<SoundTests['record']>>,
): Promise<void> {
  const live = dialogue.live();
  live.show('playing it ...');
  try {
    await sound.playBack(settings.current.config, recording, signal);
    live.end('This is what it hears.');
  } catch (error) {
    live.end();
    if (!(error instanceof AudioError)) throw error;
    dialogue.tell(error.message, 'warning');
  }
}
