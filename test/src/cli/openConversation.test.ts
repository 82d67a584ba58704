import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { suite, test } from 'node:test';
import { historyTokens, newConversation, openConversation, personaOf } from '../../../src/cli/openConversation.js';
import { openChatModel, openMind } from '../../../src/cli/openParts.js';
import { DEFAULT_CONFIG } from '../../../src/config/config.js';
import { messageTokens } from '../../../src/llm/promptTokens.js';
import { askedAs, buildMessages, voiceSystemPrompt } from '../../../src/llm/voicePrompt.js';
import { conversationFile } from '../../../src/memory/conversationFile.js';
import { openLog } from '../../../src/observability/log.js';
import { recorder } from '../../fixtures/recordedIo.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

const log = openLog(DEFAULT_CONFIG, recorder());

/** The settings, but for some. */
function configured(given: {
  llm?: Partial<typeof DEFAULT_CONFIG.llm>;
  conversation?: Partial<typeof DEFAULT_CONFIG.conversation>;
  assistant?: Partial<typeof DEFAULT_CONFIG.assistant>;
}) {
  return {
    ...DEFAULT_CONFIG,
    llm: { ...DEFAULT_CONFIG.llm, ...given.llm },
    conversation: { ...DEFAULT_CONFIG.conversation, ...given.conversation },
    assistant: { ...DEFAULT_CONFIG.assistant, ...given.assistant },
  };
}

suite('the conversation as configured', () => {
  test('is another one for skills once it has been forgotten', async () => {
    const { conversation, skillContext } = openMind(DEFAULT_CONFIG, openChatModel(DEFAULT_CONFIG), []);
    const before = skillContext().conversation;
    conversation.add('Who was Ada?', 'A mathematician.', false);
    assert.equal(skillContext().conversation, before);
    await conversation.forget();
    assert.ok(before !== undefined && skillContext().conversation !== before);
  });

  for (const contextTokens of [2048, 1024, 512]) {
    for (const personality of ['', 'You are dry and brief. '.repeat(40)]) {
      test(`never makes a prompt too long for ${contextTokens} tokens and the reply, with ${personality.length} characters of personality`, () => {
        const config = configured({
          llm: { contextTokens, maxReplyTokens: 128 },
          conversation: { historyMessages: 100 },
          assistant: { personality },
        });
        const conversation = newConversation(config);
        const system = voiceSystemPrompt(personaOf(config));
        if (messageTokens(system) + 128 + 192 > contextTokens) assert.equal(historyTokens(config), 0);
        let longest = 0;
        for (let turn = 0; turn < 60; turn++) {
          const asked = askedAs(`Question ${turn}, and why is that so? `.repeat(1 + (turn % 3)), new Date(0));
          const prompt = buildMessages(system, conversation.messagesBeside(asked), asked);
          const tokens = prompt.reduce((sum, { content }) => sum + messageTokens(content), 0);
          if (conversation.messagesBeside(asked).length > 0) assert.ok(tokens + 128 <= contextTokens, `${tokens}`);
          longest = Math.max(longest, tokens);
          conversation.add(
            asked,
            'Because it has always been like that, in this house. '.repeat(1 + (turn % 4)),
            false,
          );
        }
        if (historyTokens(config) > 600) assert.ok(longest > 0.6 * contextTokens, `uses ${longest} of it`);
      });
    }
  }

  test('is remembered, or else what was remembered before is erased', async (t) => {
    const folder = temporaryFolder(t);
    const file = conversationFile(folder);
    const remembered = await openConversation(DEFAULT_CONFIG, folder, log);
    remembered.conversation.add('Who was Ada?', 'A mathematician.', false);
    await remembered.close();
    assert.ok(existsSync(file));
    const again = await openConversation(DEFAULT_CONFIG, folder, log);
    await again.close();
    assert.equal(again.conversation.messages.length, 2);
    const off = configured({ conversation: { remember: false } });
    const { conversation, close } = await openConversation(off, folder, log);
    conversation.add('Who was Ada?', 'A mathematician.', false);
    await close();
    assert.equal(conversation.messages.length, 2);
    assert.ok(!existsSync(file), 'nothing of it is on the disk');
  });
});
