import { Prefill } from './prefill.js';
import { promptOf } from './prompt.js';
import type { Mind } from './reply.js';
import { newReply, type RunningTurn } from './runningTurn.js';
import { Speculation, type SpeculationOptions } from './speculation.js';

const NEVER: SpeculationOptions = { maxAttempts: 0, maxSpeechMs: 0, prefill: false };

/** Replies that are begun while the user may still speak. */
export class Anticipation {
  speculation: Speculation;
  /** What was said before the user went on. */
  said = '';
  readonly #turn: RunningTurn;
  readonly #prefill: Prefill;

  constructor(turn: RunningTurn) {
    this.#turn = turn;
    this.#prefill = new Prefill((question, reading) => {
      turn.record.timeline.mark('prefill');
      const { parts, askedAt, signal } = turn;
      const text = continued(this.said, question);
      const { messages, tools } = promptOf({ text, askedAt }, parts.mind);
      return parts.mind.model.prefill(messages, AbortSignal.any([signal, reading]), tools);
    });
    this.speculation = this.#begin();
  }

  /** For what may follow on `said`. */
  next(said: string): Speculation {
    this.#count();
    this.said = said;
    this.speculation = this.#begin();
    return this.speculation;
  }

  /** The turn is over. */
  stop(): void {
    this.#count();
    this.#turn.record.prefills = this.#prefill.count;
  }

  #begin(): Speculation {
    const { parts } = this.#turn;
    const begin = (heard: string) => {
      const question = continued(this.said, heard);
      return mayAnticipate(parts.mind, question) ? newReply(this.#turn, question) : undefined;
    };
    return new Speculation(parts.speculation ?? NEVER, begin, this.#prefill);
  }

  #count(): void {
    this.speculation.stop();
    this.#turn.record.attempts += this.speculation.attempts;
    this.#turn.record.wastedTokens += this.speculation.wastedTokens;
  }
}

/** A skill acts on the world: not before the user has finished. */
export function mayAnticipate({ router }: Mind, question: string): boolean {
  return router.route(question).route === 'llm';
}

/** Two transcripts of one sentence: what a recogniser takes for its end and its beginning is neither. */
export function continued(said: string, more: string): string {
  if (said === '' || more === '') return said + more;
  const begun = said.replace(/[.!?…,;:]+$/u, '');
  const rest = /^I\b/.test(more) ? more : more.charAt(0).toLowerCase() + more.slice(1);
  return `${begun} ${rest}`;
}
