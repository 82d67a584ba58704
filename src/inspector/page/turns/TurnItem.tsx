import { useState } from 'preact/hooks';
import type { TurnRow } from '../../protocol.js';
import { clockTime, durationInWords } from '../../view/durations.js';
import { hasFailed, outcomeInWords, routeInWords, sourceInWords } from '../../view/turnWords.js';
import { Mark } from '../Icon.js';
import { TurnDetail } from './TurnDetail.js';

interface TurnItemProps {
  readonly turn: TurnRow;
  readonly showsWords: boolean;
}

/** A turn in one line, which opens to all that is known of it. */
export function TurnItem({ turn, showsWords }: TurnItemProps) {
  const [isOpen, open] = useState(false);
  const { firstAudio } = turn.timeline;
  return (
    <li>
      <details onToggle={({ currentTarget }) => open(currentTarget.open)}>
        <summary>
          <time dateTime={new Date(turn.at).toISOString()}>{clockTime(turn.at).slice(0, 8)}</time>
          <span class="transcript">
            {turn.transcript ?? <span class="soft">{withoutTranscript(turn, showsWords)}</span>}
          </span>
          <span class="route">{[sourceInWords(turn.source), routeInWords(turn.route)].filter(Boolean).join(', ')}</span>
          <span class="outcome">
            {hasFailed(turn) && <Mark kind="attention" />}
            {outcomeInWords(turn)}
          </span>
          <span class="first-audio">
            {firstAudio === null ? <span class="soft">no reply</span> : durationInWords(firstAudio)}
          </span>
        </summary>
        {isOpen && <TurnDetail turn={turn} showsWords={showsWords} />}
      </details>
    </li>
  );
}

/** What stands for the words that there are none of, or that are not shown. */
function withoutTranscript({ source }: TurnRow, showsWords: boolean): string {
  if (source === 'say' || source === 'repeat') return 'nobody asked';
  return showsWords ? 'nothing was recognised' : 'hidden';
}
