import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { EarconKind } from '../../../hardware/audio/earcons.js';
import type { AssistantNotice, TurnOutcome, TurnSource } from '../../../machines/assistantEvents.js';
import { earconFor } from '../../../src/appliance/earconFor.js';

const ended = (outcome: TurnOutcome, source: TurnSource['kind'] = 'button'): AssistantNotice => ({
  type: 'turnEnded',
  turnId: 'turn-1',
  source,
  outcome,
});

const SOUNDS: readonly [what: string, notice: AssistantNotice, sound: EarconKind | undefined][] = [
  ['a turn that begins', { type: 'turnStarted', turnId: 'turn-1' }, undefined],
  ['a whole reply', ended('replied'), undefined],
  ['a turn that the user has stopped', ended('stopped'), undefined],
  ['a turn in which the user wanted silence', ended('silenced', 'interruption'), undefined],
  ['nobody who spoke', ended('nothingHeard'), 'done'],
  ['nobody who spoke into a follow-up window', ended('nothingHeard', 'followUp'), undefined],
  ...(
    ['microphoneLost', 'speakerLost', 'recognizerFailed', 'voiceFailed', 'skillFailed', 'timedOut', 'internal'] as const
  ).map((reason): [string, AssistantNotice, EarconKind] => [`a turn that failed (${reason})`, ended(reason), 'error']),
  ['a reply that takes long', { type: 'stillThinking' }, 'thinking'],
  ['a press while muted', { type: 'refused', reason: 'muted' }, 'muted'],
  ['a press while starting', { type: 'refused', reason: 'starting' }, 'error'],
  ['a press without a microphone', { type: 'refused', reason: 'microphoneLost' }, 'error'],
  ['a start that failed', { type: 'startFailed', reason: 'timedOut', error: undefined }, undefined],
  ['a lost device', { type: 'deviceLost', device: 'microphone', error: undefined }, undefined],
  ['a model that cannot be reached', { type: 'modelUnreachable', error: undefined }, undefined],
];

suite('the sound that tells of', () => {
  for (const [what, notice, sound] of SOUNDS) {
    test(`${what} is ${sound ?? 'none'}`, () => assert.equal(earconFor(notice), sound));
  }
});
