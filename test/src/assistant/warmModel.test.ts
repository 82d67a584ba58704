import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createActor, waitFor } from 'xstate';
import { provideAssistant } from '../../../src/assistant/provideAssistant.js';
import type { ChatMessage } from '../../../src/llm/chatModel.js';
import { askedAs } from '../../../src/llm/voicePrompt.js';
import { Conversation } from '../../../src/turn/conversation.js';
import { promptOf } from '../../../src/turn/prompt.js';
import { turnOf } from '../../fixtures/runningTurn.js';

test('the model is warmed up with all that the next prompt begins with: a conversation of before is in its cache', async () => {
  const askedAt = new Date(2026, 2, 3, 14, 5);
  const before = [{ atMs: 0, asked: askedAs('Who was Ada?', askedAt), heard: 'A mathematician.', interrupted: false }];
  const { parts, clock } = turnOf({ conversation: new Conversation(16, { before }) });
  let read: readonly ChatMessage[] = [];
  const model = Object.assign(parts.mind.model, {
    probe: async () => ({ ready: true, version: '1' }) as const,
    warmUp: async (prefix: readonly ChatMessage[]) => {
      read = prefix;
    },
  });
  const mind = { ...parts.mind, model, systemPrompt: 'You are Marvin.' };
  const ears = { ...parts.ears, vad: { ...parts.ears.vad, warmUp: async () => {} } };
  const actor = createActor(provideAssistant({ ...parts, mind, ears }), { clock }).start();
  await waitFor(actor, (snapshot) => snapshot.value.model === 'ready');
  actor.stop();
  assert.deepEqual(read, promptOf({ text: 'When?', askedAt }, mind).messages.slice(0, -1));
  assert.equal(read.length, 3);
});
