import type { ChatModel } from '../llm/chatModel.js';
import { askedAs } from '../llm/voicePrompt.js';
import type { Router, Routing } from '../skills/router.js';
import type { Skill, SkillAnswer, SkillContext, Surroundings } from '../skills/skill.js';
import type { SkillTool } from '../skills/skillTool.js';
import type { Conversation } from './conversation.js';
import type { ReplyChunk } from './filler.js';
import { modelReply, type ReplyOccasion } from './modelReply.js';
import { type Chunking, spokenChunks } from './spokenChunks.js';
import { type ReplyDraft, TurnError } from './turnRecord.js';

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
 * @throws {TurnError} when a skill fails; the signal's reason
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
  if ('skill' in routing) {
    draft.isAside = routing.skill.isAside ?? false;
    const answer = await skillAnswer(routing, question, mind, signal);
    if (typeof answer === 'string') yield* spokenChunks(once(answer), mind.chunking, clock, signal);
    else yield* answer;
    return;
  }
  yield* modelReply(question, mind, draft, occasion, signal);
}

/** @throws {TurnError} skillFailed; the signal's reason */
async function skillAnswer(
  { skill, slots }: Extract<Routing, { skill: Skill }>,
  { text, askedAt }: Question,
  { conversation, skillContext }: Mind,
  signal: AbortSignal,
): Promise<SkillAnswer> {
  const context: SkillContext = {
    ...skillContext(),
    slots,
    lastReply: { chunks: conversation.lastReply, ageMs: conversation.lastReplyAgeMs },
    forgetConversation: () => conversation.forget(askedAs(text, askedAt)),
  };
  try {
    const answer = await skill.run(context, signal);
    if (typeof answer !== 'string') conversation.repeating();
    return answer;
  } catch (error) {
    throw signal.aborted ? error : new TurnError('skillFailed', error);
  }
}

async function* once(text: string) {
  yield text;
}
