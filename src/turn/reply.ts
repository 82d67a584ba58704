import type { Clock } from '../../hardware/clock.js';
import type { TurnReport } from '../../machines/assistantEvents.js';
import { type ChatMessage, type ChatModel, LlmError } from '../llm/chatModel.js';
import { askedAs, buildMessages, voiceSystemPrompt } from '../llm/voicePrompt.js';
import type { SkillAnswer } from '../skills/intent.js';
import type { Router, Routing } from '../skills/router.js';
import { runSkill } from '../skills/runSkill.js';
import type { Surroundings } from '../skills/surroundings.js';
import type { Chunker } from '../speech/text/chunker.js';
import { chunkStream } from '../speech/text/chunkStream.js';
import { HiddenTextFilter } from '../speech/text/hiddenText.js';
import { speakable } from '../speech/text/speakableText.js';
import { apologyFor, NO_ANSWER } from './apology.js';
import type { Conversation } from './conversation.js';
import type { ReplyDraft } from './turnRecord.js';

export interface Mind {
  readonly router: Router;
  readonly model: ChatModel;
  /** What the model is told first. Default: that of an assistant of whom nothing is configured. */
  readonly systemPrompt?: string;
  readonly conversation: Conversation;
  readonly skillContext: () => Surroundings;
  readonly chunking: Chunking;
}

export interface Chunking {
  /** Release a first clause before the first sentence is whole. */
  readonly firstClause: boolean;
  /** A finished-looking chunk is released when the next token is later than this (ms). */
  readonly idleFlushMs: number;
  /** Wait for the whole reply and speak it as one chunk: what an assistant without streaming does. For comparison. */
  readonly whole?: boolean;
  /** Cuts in its own way, whatever the rest says. For comparison. */
  readonly chunker?: () => Chunker;
}

/** What the user wants to know. */
export interface Question {
  readonly text: string;
  /** When it was begun: the model is told so, and the same in all that is sent of this question. */
  readonly askedAt: Date;
}

/**
 * The spoken reply to `question`, chunk by chunk as it comes into being: from a skill, else from the chat model. A skill
 * or a model that fails gives an apology if nothing was said yet, else the reply ends where it ends; the draft says what happened.
 *
 * @throws the signal's reason
 */
export async function* reply(
  question: Question,
  mind: Mind,
  draft: ReplyDraft,
  report: (event: TurnReport) => void,
  signal: AbortSignal,
): AsyncGenerator<string, void, undefined> {
  const routing = mind.router.route(question.text);
  draft.route = routing.route;
  draft.why = routing.why;
  const clock = draft.timeline.clock;
  if ('skill' in routing) {
    const answer = await skillAnswer(routing, question, mind, draft, signal);
    if (typeof answer === 'string') yield* spokenChunks(once(answer), mind.chunking, clock, signal);
    else if (answer) yield* answer;
    if (answer !== undefined) return;
    draft.isAside = false;
    draft.route = 'llm';
    draft.why = `${routing.why}, but the skill has declined it`;
  }
  let said = false;
  try {
    for await (const chunk of spokenChunks(
      modelTokens(question, mind, draft, report, signal),
      mind.chunking,
      clock,
      signal,
    )) {
      said = true;
      yield chunk;
    }
    if (!said) yield NO_ANSWER;
  } catch (error) {
    if (signal.aborted || !(error instanceof LlmError)) throw error;
    draft.problem = { reason: said ? 'replyIncomplete' : 'modelFailed', message: error.message };
    report({ type: 'turn.modelFailed' });
    if (said) return;
    draft.route = 'offline';
    yield apologyFor(error.reason);
  }
}

/** Undefined: the skill has declined the question. @throws the signal's reason */
async function skillAnswer(
  { skill, slots }: Extract<Routing, { skill: unknown }>,
  { text, askedAt }: Question,
  { conversation, skillContext }: Mind,
  draft: ReplyDraft,
  signal: AbortSignal,
): Promise<SkillAnswer | undefined> {
  const context: Surroundings = {
    ...skillContext(),
    talk: {
      lastReply: { chunks: conversation.lastReply, ageMs: conversation.lastReplyAgeMs },
      forget: () => conversation.forget(askedAs(text, askedAt)),
    },
  };
  draft.isAside = skill.isAside ?? false;
  draft.isLast = skill.isLast ?? false;
  const { answer, problem } = await runSkill(skill, slots, context, draft.timeline.clock, signal);
  if (problem !== undefined) draft.problem = { reason: 'skillFailed', message: problem };
  if (answer !== undefined && typeof answer !== 'string') conversation.repeating();
  return answer;
}

/** A text that is whole already. */
export async function* once(text: string) {
  yield text;
}

/** What the model is given to read for this question. */
export function promptOf({ text, askedAt }: Question, mind: Mind): ChatMessage[] {
  const asked = askedAs(text, askedAt);
  return buildMessages(systemPromptOf(mind), mind.conversation.messagesBeside(asked), asked);
}

/** The beginning of the next prompt, as far as it is known before anything is asked. */
export function promptBefore(mind: Mind): ChatMessage[] {
  return buildMessages(systemPromptOf(mind), mind.conversation.messages);
}

function systemPromptOf({ systemPrompt }: Mind): string {
  return systemPrompt ?? voiceSystemPrompt();
}

async function* modelTokens(
  question: Question,
  mind: Mind,
  draft: ReplyDraft,
  report: (event: TurnReport) => void,
  signal: AbortSignal,
) {
  draft.timeline.mark('llmRequest');
  let answered = false;
  for await (const token of mind.model.reply(promptOf(question, mind), signal)) {
    if (!answered) {
      answered = true;
      draft.timeline.mark('firstToken');
      report({ type: 'turn.modelAnswered' });
    }
    draft.tokens += 1;
    yield token;
  }
}

/** tokens -> what is not meant to be heard removed -> chunks, as the model wrote them, that have something to say. */
export async function* spokenChunks(
  tokens: AsyncIterable<string>,
  chunking: Chunking,
  clock: Clock,
  signal: AbortSignal,
) {
  const options = { ...chunking, clock, filter: new HiddenTextFilter() };
  const held: string[] = [];
  for await (const chunk of chunkStream(tokens, options, signal)) {
    if (speakable(chunk.text) === '') continue;
    if (chunking.whole) held.push(chunk.text);
    else yield chunk.text;
  }
  if (held.length > 0) yield held.join('');
}
