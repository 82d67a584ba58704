import { z } from 'zod';
import type { Clock } from '../../hardware/clock.js';
import { messageOf } from '../failures/messageOf.js';
import { readText, sendHttp } from '../llm/httpConnection.js';
import type { Surroundings } from '../skills/surroundings.js';
import { HomeError } from './homeError.js';

/** Far more than a spoken answer; what is longer is cut and then no JSON. */
const MAX_ANSWER_BYTES = 262_144;
/** Home Assistant itself forgets a conversation after five minutes. */
const CONVERSATION_MS = 5 * 60_000;

/** What a header may hold. */
const TOKEN = /^[\x21-\x7e]+$/;

const answer = z.object({
  response: z.object({
    response_type: z.enum(['action_done', 'query_answer', 'error']),
    speech: z.object({ plain: z.object({ speech: z.string() }).optional() }).optional(),
    data: z.object({ code: z.string().optional() }).optional(),
  }),
  conversation_id: z.string().max(200).nullish(),
});

export interface HomeAssistantOptions {
  /** Of the server: `http://homeassistant.local:8123`. */
  readonly url: string;
  /** Asked before each request. @throws {Error} with what is wrong */
  readonly token: () => string | undefined;
  readonly timeoutMs: number;
  readonly clock: Clock;
}

/** What Home Assistant made of a sentence. */
export interface HomeAnswer {
  readonly speech: string;
  /** False: it knows no such kind of sentence, and has done nothing. */
  readonly isUnderstood: boolean;
}

/** What a sentence is part of; see `Surroundings`. */
export type SentenceOf = Pick<Surroundings, 'language' | 'conversation'>;

/** Home Assistant's conversation API (`POST /api/conversation/process`): sentences go there as they were said. */
export class HomeAssistant {
  #conversation: { readonly id: string; readonly atMs: number; readonly of: symbol | undefined } | undefined;

  constructor(private readonly options: HomeAssistantOptions) {}

  /** It answers, or says why not, within so long (ms). */
  get timeoutMs(): number {
    return this.options.timeoutMs;
  }

  /**
   * @param of the sentence's language (BCP 47 tag), and which conversation it is part of: of another one nothing is known
   * @throws {HomeError}; the signal's reason
   */
  async ask(sentence: string, of: SentenceOf, signal: AbortSignal): Promise<HomeAnswer> {
    const { clock, timeoutMs } = this.options;
    const late = new AbortController();
    const timer = clock.setTimeout(() => late.abort(new Error('too late')), timeoutMs);
    try {
      return await this.#asked(sentence, of, AbortSignal.any([signal, late.signal]));
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (late.signal.aborted)
        throw this.#error(
          'timedOut',
          `did not answer within ${timeoutMs} ms: it may be busy, or skills.home_assistant.timeout_ms short`,
        );
      throw error;
    } finally {
      clock.clearTimeout(timer);
    }
  }

  async #asked(sentence: string, { language, conversation }: SentenceOf, signal: AbortSignal): Promise<HomeAnswer> {
    const known = this.#knownAs(conversation);
    const { status, body } = await this.#post(
      {
        text: sentence,
        language: new Intl.Locale(language).language,
        ...(known !== undefined && { conversation_id: known }),
      },
      signal,
    );
    if (status === 401 || status === 403) {
      throw this.#error(
        'unauthorized',
        `does not accept the access token (status ${status}): make a new one in your profile there`,
      );
    }
    if (status >= 500) throw this.#error('serverError', `failed (status ${status}): read its log`);
    const parsed = status === 200 ? answer.safeParse(jsonOf(body)) : undefined;
    if (!parsed?.success) {
      throw this.#error(
        'badResponse',
        `gave an answer that is none of the conversation API's (status ${status}): check skills.home_assistant.url`,
      );
    }
    const { response, conversation_id: id } = parsed.data;
    this.#conversation = id ? { id, atMs: this.options.clock.now(), of: conversation } : undefined;
    return {
      speech: response.speech?.plain?.speech.trim() ?? '',
      isUnderstood: !(response.response_type === 'error' && response.data?.code === 'no_intent_match'),
    };
  }

  async #post(content: object, signal: AbortSignal): Promise<{ readonly status: number; readonly body: string }> {
    const token = this.#token();
    const body = JSON.stringify(content);
    const url = new URL('api/conversation/process', `${this.options.url.replace(/\/+$/, '')}/`);
    try {
      const headers = {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(body)),
      };
      const response = await sendHttp(url, { method: 'POST', headers, body }, signal);
      try {
        return { status: response.statusCode ?? 0, body: await readText(response, MAX_ANSWER_BYTES) };
      } finally {
        response.destroy();
      }
    } catch (error) {
      signal.throwIfAborted();
      const { code = 'no code' } = error as NodeJS.ErrnoException;
      throw this.#error(
        'unreachable',
        `cannot be reached (${code}): see that it runs there, and check skills.home_assistant.url`,
      );
    }
  }

  #token(): string {
    let token: string | undefined;
    try {
      token = this.options.token();
    } catch (error) {
      throw new HomeError('unauthorized', messageOf(error));
    }
    if (token !== undefined && !TOKEN.test(token)) {
      throw new HomeError('unauthorized', 'The access token for Home Assistant has characters in it that none has.');
    }
    if (token !== undefined) return token;
    throw new HomeError(
      'unauthorized',
      'There is no access token for Home Assistant: set skills.home_assistant.token_file.',
    );
  }

  /** Home Assistant's name for a conversation, as long as both sides know of it. */
  #knownAs(conversation: symbol | undefined): string | undefined {
    const last = this.#conversation;
    if (last?.of !== conversation) return undefined;
    return last && this.options.clock.now() - last.atMs < CONVERSATION_MS ? last.id : undefined;
  }

  #error(reason: HomeError['reason'], what: string): HomeError {
    return new HomeError(reason, `Home Assistant at ${this.options.url} ${what}.`);
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
