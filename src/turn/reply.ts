import type { ChatModel } from '../llm/chatModel.js';
import { askedAs } from '../llm/voicePrompt.js';
import type { SkillAnswer } from '../skills/intent.js';
import type { Router, Routing } from '../skills/router.js';
import { runSkill } from '../skills/runSkill.js';
import type { SkillTool } from '../skills/skillTool.js';
import type { Surroundings } from '../skills/surroundings.js';
import type { Conversation } from './conversation.js';
import type { ReplyChunk } from './filler.js';
import { LongWait } from './longWait.js';
import { modelReply, type ReplyOccasion } from './modelReply.js';
import { type Chunking, spokenChunks } from './spokenChunks.js';
import type { ReplyDraft } from './turnRecord.js';

export interface Mind {
  readonly router: Router;
  readonly model: ChatModel;
  /** What the model is told first. Default: that of an assistant of whom nothing is configured. */
  readonly systemPrompt?: string;
  readonly conversation: Conversation;
  readonly skillContext: () => Surroundings;
  readonly chunking: Chunking;
  /** What the model may call. Default: nothing. */
  readonly tools?: readonly SkillTool[];
}

/** What the user wants to know. */
export interface Question {
  readonly text: string;
  /** When it was begun: the model is told so, and the same in all that is sent of this question. */
  readonly askedAt: Date;
}

/**
 * The spoken reply to `question`, chunk by chunk as it comes into being: from a skill, else from the chat model. A model
 * that fails gives an apology if nothing was said yet, else the reply ends where it ends; the draft says what happened.
 *
 * @throws the signal's reason
 */
export async function* reply(
  question: Question,
  mind: Mind,
  draft: ReplyDraft,
  occasion: ReplyOccasion,
  signal: AbortSignal,
): AsyncGenerator<ReplyChunk, void, undefined> {
  const routing = mind.router.route(question.text);
  draft.route = routing.route;
  draft.why = routing.why;
  const clock = draft.timeline.clock;
  const wait = new LongWait(clock);
  if ('skill' in routing) {
    const answer = yield* wait.bridged(skillAnswer(routing, question, mind, draft, signal));
    if (typeof answer === 'string') yield* spokenChunks(once(answer), mind.chunking, clock, signal);
    else if (answer) yield* answer;
    if (answer !== undefined) return;
    draft.isAside = false;
    draft.route = 'llm';
    draft.why = `${routing.why}, but the skill has declined it`;
  }
  yield* modelReply(question, mind, draft, occasion, wait, signal);
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
