import type { Check } from '../check.js';
import type { OllamaReport } from '../ollamaReport.js';
import { isAtLeast } from '../versions.js';

/** Earlier ones do not tell what a model can do, so it is offered no tools (release notes of 0.6.4). */
const OLDEST = '0.6.4';

/** Ten times slower on ARM64 than the releases before and after it (ollama/ollama, issues 13819 and 13860). */
const SLOW_ON_ARM = '0.14.3';

const UPDATE = 'on the computer of the server: curl -fsSL https://ollama.com/install.sh | sh';

export type ReadReport = (signal: AbortSignal) => Promise<OllamaReport>;

/** Whether the server is one that works well. @param architecture of its computer, as Node calls it; undefined: not known */
export function ollamaVersionCheck(read: ReadReport, architecture: string | undefined): Check {
  return {
    group: 'ollama',
    name: 'version',
    run: async (signal) => {
      const { version } = await read(signal);
      if (version === undefined) return { verdict: 'skipped', reason: 'the server does not answer' };
      const details = { version };
      if (!isAtLeast(version, OLDEST)) {
        const reason = `${version} does not tell what a model can do, so none is given tools: it should be ${OLDEST} or later`;
        return { verdict: 'degraded', reason, remedy: UPDATE, details };
      }
      if (architecture === 'arm64' && version.split('-')[0] === SLOW_ON_ARM) {
        return {
          verdict: 'degraded',
          reason: `${version} is known to write ten times slower on a Raspberry Pi than other releases`,
          remedy: UPDATE,
          details,
        };
      }
      return { verdict: 'ok', reason: version, details };
    },
  };
}

/** Whether the model can do what it is configured for. @param wantsTools `llm.tools` is "auto" */
export function ollamaAbilitiesCheck(read: ReadReport, model: string, wantsTools: boolean): Check {
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
      const loaded =
        isLoaded === undefined ? '' : isLoaded ? '; loaded' : '; not loaded, which "pressel run" does at its start';
      if (wantsTools && !capabilities.includes('tools')) {
        const reason = `${model} chats, and cannot use skills by itself: timers and the like are still known by their words${loaded}`;
        return { verdict: 'ok', reason, details };
      }
      return { verdict: 'ok', reason: `${capabilities.join(', ')}${loaded}`, details };
    },
  };
}
