import { messageOf } from '../../failures/messageOf.js';
import type { ModelPart } from '../../observability/slowModels.js';
import type { Check, Finding } from '../check.js';
import { type Speeds, speedFinding } from '../speedFinding.js';

/** On the slowest computer that is of use, after the models have been read from its card. */
const SPEECH_PATIENCE_MS = 90_000;
/** Reading a model of 1 GB from a card takes a minute, and may have to be done first. */
const CHAT_PATIENCE_MS = 240_000;

/** What was measured, now or earlier. */
export interface Measured extends Omit<Speeds, 'fallRemedy'> {
  /** The release of the chat model's server; undefined: not known. */
  readonly server?: string;
  /** That it was not now, and why. */
  readonly note?: string;
}

/** @returns a text: nothing is known, for this reason. @throws what the models throw; the signal's reason */
export type Measure = (signal: AbortSignal) => Promise<Measured | string>;

const SPEECH_FALL = 'see "power and heat" above, and with "top" what else keeps the processor busy';
/** @param release of Ollama, when it was fast; undefined: its own log has it. @param now its release of today */
function chatFall(release: string | undefined, now: string | undefined): string {
  if (release !== undefined && release === now) return SPEECH_FALL; // no update has done it
  const look = 'see "power and heat" above';
  const back = (version: string) => `curl -fsSL https://ollama.com/install.sh | OLLAMA_VERSION=${version} sh`;
  return release === undefined
    ? `${look}; if Ollama was updated since then, look up what it was: journalctl -u ollama -g "Listening on" --no-pager, and go back: ${back('THAT_VERSION')}`
    : `${look}; it was Ollama ${release} then, and if it has been updated, go back: ${back(release)}`;
}

/** How fast speech is made and understood here. */
export function speechSpeedCheck(measure: Measure): Check {
  return {
    group: 'models',
    name: 'speed',
    alone: true,
    patienceMs: SPEECH_PATIENCE_MS,
    run: async (signal) => found(['tts', 'asr'], await measure(signal), SPEECH_FALL),
  };
}

/** How fast the chat model writes here. */
export function chatSpeedCheck(measure: Measure): Check {
  return {
    group: 'ollama',
    name: 'speed',
    alone: true,
    patienceMs: CHAT_PATIENCE_MS,
    run: async (signal) => {
      let measured: Measured | string;
      try {
        measured = await measure(signal);
      } catch (error) {
        signal.throwIfAborted();
        return { verdict: 'degraded', reason: messageOf(error) }; // much is answered without a chat model
      }
      const { best, server } = typeof measured === 'string' ? { best: {} } : measured;
      return found(['llm'], measured, chatFall(best.generatedTokensPerSecond?.server, server));
    },
  };
}

function found(parts: readonly ModelPart[], measured: Measured | string, fallRemedy: string): Finding {
  if (typeof measured === 'string') return { verdict: 'skipped', reason: measured };
  const finding = speedFinding(parts, { ...measured, fallRemedy });
  const { note } = measured;
  if (note === undefined) return finding;
  return { ...finding, reason: finding.verdict === 'skipped' ? note : `${finding.reason} (${note})` };
}
