import type { Check } from '../check.js';
import type { OllamaReport } from '../ollamaReport.js';
import { isAtLeast } from '../versions.js';

/** Earlier ones do not tell what a model can do, so it is offered no tools (release notes of 0.6.4). */
const OLDEST = '0.6.4';

/** Streamed replies with tools came with 0.8.0, and a way to keep a model from thinking aloud with 0.9.0 (release notes). */
const STREAMS_TOOLS = '0.9.0';

/** Ten times slower on ARM64 than the releases before and after it (ollama/ollama, issues 13819 and 13860). */
const SLOW_ON_ARM = '0.14.3';

const UPDATE = 'curl -fsSL https://ollama.com/install.sh | sh';

export type ReadReport = (signal: AbortSignal) => Promise<OllamaReport>;

/** Whether the server is one that works well. @param architecture of its computer, as Node calls it; undefined: it is another computer */
export function ollamaVersionCheck(read: ReadReport, architecture: string | undefined): Check {
  return {
    group: 'ollama',
    name: 'version',
    run: async (signal) => {
      const { version } = await read(signal);
      if (version === undefined) return { verdict: 'skipped', reason: 'the server does not answer' };
      const details = { version };
      const remedy = architecture === undefined ? `on the computer of the server: ${UPDATE}` : UPDATE;
      if (!isAtLeast(version, OLDEST)) {
        const reason = `${version} does not tell what a model can do, so none is given tools: it should be ${OLDEST} or later`;
        return { verdict: 'degraded', reason, remedy, details };
      }
      if (!isAtLeast(version, STREAMS_TOOLS)) {
        const reason = `${version} gives a reply with tools only when all of it is written, and cannot keep a model from thinking aloud: it should be ${STREAMS_TOOLS} or later`;
        return { verdict: 'degraded', reason, remedy, details };
      }
      if (architecture === 'arm64' && version.split('-')[0] === SLOW_ON_ARM) {
        return {
          verdict: 'degraded',
          reason: `${version} is known to write ten times slower on a Raspberry Pi than other releases`,
          remedy,
          details,
        };
      }
      return { verdict: 'ok', reason: version, details };
    },
  };
}

export interface WantedAbilities {
  /** `llm.tools` is "auto". */
  readonly tools: boolean;
  /** The appliance runs, and keeps its model loaded for ever (`llm.keep_alive`). */
  readonly staysLoaded: boolean;
}

/** Whether the model can do what it is configured for. */
export function ollamaAbilitiesCheck(read: ReadReport, model: string, wants: WantedAbilities): Check {
  return {
    group: 'ollama',
    name: 'abilities',
    run: async (signal) => {
      const { capabilities, isLoaded } = await read(signal);
      if (capabilities === undefined)
        return { verdict: 'skipped', reason: `the server does not tell what ${model} can do` };
      const details = { capabilities, isLoaded: isLoaded ?? null };
      if (!capabilities.includes('completion')) {
        return {
          verdict: 'degraded',
          reason: `${model} cannot chat (${capabilities.join(', ') || 'nothing is known that it can'})`,
          remedy: 'ollama pull qwen2.5:0.5b, and set llm.model = "qwen2.5:0.5b"',
          details,
        };
      }
      if (wants.staysLoaded && isLoaded === false) {
        return {
          verdict: 'degraded',
          reason: `the server has unloaded ${model}, though it was told to keep it: the next answer waits until it is loaded again`,
          remedy: 'ollama ps, which shows what took its place; then: sudo systemctl restart pressel',
          details,
        };
      }
      const loaded =
        isLoaded === undefined ? '' : isLoaded ? '; loaded' : '; not loaded, which "pressel run" does at its start';
      if (wants.tools && !capabilities.includes('tools')) {
        const reason = `${model} chats, and cannot use skills by itself: timers and the like are still known by their words${loaded}`;
        return { verdict: 'ok', reason, details };
      }
      return { verdict: 'ok', reason: `${capabilities.join(', ')}${loaded}`, details };
    },
  };
}
