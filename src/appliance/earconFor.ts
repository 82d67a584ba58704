import type { EarconKind } from '../../hardware/audio/earcons.js';
import type { AssistantNotice, TurnOutcome } from '../../machines/assistantEvents.js';

/**
 * The sound that tells the user of a notice; undefined for what needs none.
 * @param tags of the statechart: the bell waits while somebody talks, the light tells of it meanwhile
 */
export function earconFor(notice: AssistantNotice, tags: ReadonlySet<string> = new Set()): EarconKind | undefined {
  switch (notice.type) {
    case 'bellStruck':
      return tags.has('speaking') || tags.has('hearing') ? undefined : 'ringing';
    case 'stillThinking':
      return 'thinking';
    case 'refused':
      return notice.reason === 'muted' ? 'muted' : 'error';
    case 'turnEnded':
      // A follow-up window closes without a sound: nobody had to say anything.
      return notice.source === 'followUp' && notice.outcome === 'nothingHeard' ? undefined : soundOfEnd(notice.outcome);
    default:
      return undefined;
  }
}

function soundOfEnd(outcome: TurnOutcome): EarconKind | undefined {
  switch (outcome) {
    case 'replied':
    case 'stopped':
    case 'silenced':
      return undefined;
    case 'nothingHeard':
      return 'done';
    default:
      return 'error';
  }
}
