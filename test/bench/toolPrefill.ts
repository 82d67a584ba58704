import { historyTokens } from '../../src/cli/openConversation.js';
import { DEFAULT_CONFIG } from '../../src/config/config.js';
import { ListBook } from '../../src/lists/listBook.js';
import { listState } from '../../src/lists/listState.js';
import type { ChatMessage, Tool, ToolCall, ToolPlace } from '../../src/llm/chatModel.js';
import { OllamaModel } from '../../src/llm/ollamaModel.js';
import { toolTokens } from '../../src/llm/promptTokens.js';
import { startScriptedOllama } from '../../src/llm/scripted/scriptedOllama.js';
import { askedAs, buildMessages, voiceSystemPrompt } from '../../src/llm/voicePrompt.js';
import { openMath } from '../../src/reckoning/openMath.js';
import { alarmSkill } from '../../src/skills/alarmSkill.js';
import { chanceSkill, systemRandom } from '../../src/skills/chanceSkill.js';
import { listSkill } from '../../src/skills/listSkill.js';
import { mathSkill } from '../../src/skills/mathSkill.js';
import { type SkillTool, skillTools } from '../../src/skills/skillTool.js';
import { statusSkill } from '../../src/skills/statusSkill.js';
import { timerSkill } from '../../src/skills/timerSkill.js';
import { unitsSkill } from '../../src/skills/unitsSkill.js';
import { Conversation } from '../../src/turn/conversation.js';
import { offeredTools } from '../../src/turn/offeredTools.js';
import { TOOLS_SHARE } from '../../src/turn/prompt.js';
import { MemoryStore, TimerWorld } from '../fixtures/timerWorld.js';

/**
 * What tools cost a conversation of ten questions in reading: how many tokens of prompts the scripted server evaluates
 * between the end of a question and the first token, for four ways of offering them; but for `all`, within the limit of a
 * usual context. A turn offers those of the conversation, and where tools stand before the last question those of the
 * question. Run with
 * `node dist/test/bench/toolPrefill.js`; the counts are the same on every computer, the milliseconds those of a
 * Raspberry Pi 5 with the model that is named.
 */

const QUESTIONS: readonly (readonly [question: string, tool?: string])[] = [
  ['Who was Ada Lovelace?'],
  ['And what did she do with the engine?'],
  ['I have just put spaghetti on, so I need a timer that suits it.', 'timer'],
  ['Which sauce would you make with it?'],
  ['Put the timer on hold, the water does not boil yet.', 'timer'],
  ['We are out of parmesan, that belongs on the shopping list.', 'list'],
  ['What else could I cook with parmesan?'],
  ['Is it true that it takes two years to make?'],
  ['Who brought tomatoes to Italy?'],
  ['Tell me something about Naples.'],
];
const ANSWER =
  'That is a good question. She described how a machine could be made to follow a plan, step by step, and more.';

/** What a usual context has left for a history, and what tools may take of it: as a turn computes it (tokens). */
const HISTORY_TOKENS = historyTokens(DEFAULT_CONFIG);
const MOST_TOOL_TOKENS = TOOLS_SHARE * HISTORY_TOKENS;

type Policy = 'none' | 'all' | 'question' | 'conversation';

function toolsFor(policy: Policy, tools: readonly SkillTool[], questions: readonly string[]): readonly Tool[] {
  const offered = {
    none: () => [],
    all: () => tools,
    question: () => offeredTools(tools, questions.slice(-1), MOST_TOOL_TOKENS),
    conversation: () => offeredTools(tools, questions, MOST_TOOL_TOKENS),
  };
  return offered[policy]().map(({ tool }) => tool);
}

interface Cost {
  /** Read at the end of each question, if nothing was read while it was said. */
  readonly waited: readonly number[];
  /** The same if all but the last three words were. */
  readonly ahead: readonly number[];
  readonly warmUp: number;
}

async function costOf(policy: Policy, place: ToolPlace, tools: readonly SkillTool[]): Promise<Cost> {
  const [plain, ahead] = [await converse(policy, place, tools, false), await converse(policy, place, tools, true)];
  return { waited: plain.waited, ahead: ahead.waited, warmUp: plain.warmUp };
}

async function converse(policy: Policy, place: ToolPlace, tools: readonly SkillTool[], readsAhead: boolean) {
  const call: ToolCall = { name: 'timer', arguments: { action: 'start', seconds: 540, name: 'spaghetti' } };
  const server = await startScriptedOllama({
    models: [{ name: 'pi', capabilities: ['completion', 'tools'], toolPlace: place }],
    reply: (messages, offered) =>
      offered.length > 0 && isToolQuestion(messages)
        ? [{ toolCalls: [{ ...call, arguments: { seconds: 540 } }] }]
        : ANSWER,
  });
  const { signal } = new AbortController();
  const model = new OllamaModel({ url: server.url, model: 'pi', numBatch: 64 });
  const conversation = new Conversation(16, { maxTokens: HISTORY_TOKENS });
  const system = voiceSystemPrompt();
  const kept = () => conversation.exchanges.map(({ asked }) => asked);
  const waited: number[] = [];
  try {
    await model.warmUp(buildMessages(system, []), signal, toolsFor(policy, tools, []));
    const warmUp = server.work.promptTokens;
    for (const [minute, [question, tool]] of QUESTIONS.entries()) {
      const at = new Date(2026, 10, 23, 19, minute);
      // What is known before the question is read while nobody waits.
      const known = toolsFor(policy, tools, kept());
      await model.prefill(buildMessages(system, conversation.messages), signal, known);
      const prompt = (text: string) => buildMessages(system, conversation.messages, askedAs(text, at));
      const begun = question.split(' ').slice(0, -3).join(' ');
      if (readsAhead) await model.prefill(prompt(begun), signal, toolsFor(policy, tools, [...kept(), begun]));
      const before = server.work.promptTokens;
      const offered = toolsFor(policy, tools, [...kept(), question]);
      const calls = await reply(model, prompt(question), offered, signal);
      if (calls.length > 0) {
        const round: ChatMessage[] = [
          { role: 'assistant', content: '', toolCalls: calls },
          { role: 'tool', content: 'Nine minutes for spaghetti, starting now.', toolName: tool ?? '' },
        ];
        await reply(model, [...prompt(question), ...round], offered, signal);
      }
      waited.push(server.work.promptTokens - before);
      conversation.add(askedAs(question, at), ANSWER, false);
    }
    return { waited, warmUp };
  } finally {
    await server.close();
  }
}

function isToolQuestion(messages: readonly ChatMessage[]): boolean {
  const last = messages.at(-1);
  return QUESTIONS.some(
    ([question, tool]) => tool !== undefined && last?.role === 'user' && last.content.endsWith(question),
  );
}

async function reply(
  model: OllamaModel,
  messages: readonly ChatMessage[],
  tools: readonly Tool[],
  signal: AbortSignal,
) {
  const calls: ToolCall[] = [];
  for await (const piece of model.reply(messages, signal, tools)) if (typeof piece !== 'string') calls.push(piece);
  return calls;
}

/** Prompt tokens a second on a Raspberry Pi 5, as the simulated boards of the benchmarks have them. */
const MODELS = [
  { name: 'qwen2.5:0.5b', place: 'systemPrompt', tokensPerSecond: 139 },
  { name: 'llama3.2:1b', place: 'lastQuestion', tokensPerSecond: 51 },
] as const;

async function skills(): Promise<readonly SkillTool[]> {
  const world = new TimerWorld('2026-11-23T12:00:00Z');
  await world.switchOn();
  const lists = await ListBook.open(new MemoryStore((value) => listState.parse(value)));
  const math = openMath();
  const unknown = async () => undefined;
  const status = {
    isConnected: () => false,
    temperatureCelsius: unknown,
    memory: unknown,
    disk: unknown,
    runningMs: () => 0,
    model: unknown,
  };
  return skillTools([
    timerSkill(world.book),
    alarmSkill(world.book),
    listSkill(lists),
    mathSkill(math),
    unitsSkill(math),
    chanceSkill(systemRandom),
    statusSkill(status),
  ]);
}

const sum = (tokens: readonly number[]) => tokens.reduce((total, each) => total + each, 0);

const tools = await skills();
for (const { tool } of tools)
  process.stdout.write(`${tool.name.padEnd(10)} ${toolTokens([tool]) - toolTokens([])} tokens, preamble included\n`);
process.stdout.write(
  `all of them ${toolTokens(tools.map(({ tool }) => tool))}, of ${Math.floor(MOST_TOOL_TOKENS)} that they may take\n`,
);
for (const { name, place, tokensPerSecond } of MODELS) {
  process.stdout.write(`\n${name}, tools in the ${place}\n`);
  for (const policy of ['none', 'all', 'question', 'conversation'] as const) {
    const { waited, ahead, warmUp } = await costOf(policy, place, tools);
    const ms = (tokens: number) => `${Math.round((tokens * 1000) / tokensPerSecond)} ms`;
    process.stdout.write(
      `${policy.padEnd(13)} warm-up ${warmUp} (${ms(warmUp)}); waited ${sum(waited)} = ${ms(sum(waited) / waited.length)} a question,` +
        ` worst ${ms(Math.max(...waited))}; read ahead: ${sum(ahead)} = ${ms(sum(ahead) / ahead.length)}, worst ${ms(Math.max(...ahead))}\n` +
        `${''.padEnd(13)} each: ${waited.join(' ')} | ${ahead.join(' ')}\n`,
    );
  }
}
