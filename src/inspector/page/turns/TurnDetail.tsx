import './turnDetail.css';
import type { TurnRow } from '../../protocol.js';
import { HeardReply } from './HeardReply.js';
import { Waterfall } from './Waterfall.js';

interface TurnDetailProps {
  readonly turn: TurnRow;
  readonly showsWords: boolean;
}

/** All that is known of a turn. */
export function TurnDetail({ turn, showsWords }: TurnDetailProps) {
  const facts: readonly (readonly [string, string | null])[] = [
    ['Why this route', turn.why],
    ['Tools', turn.tools.join(', ') || null],
    ['Tokens', turn.tokens > 0 ? tokensInWords(turn) : null],
    ['Begun early', turn.anticipated ? 'yes, before it was known that you had finished' : null],
  ];
  const known = facts.filter(([, value]) => value !== null);
  const words = showsWords ? '?words=1' : '';
  return (
    <div class="detail">
      {turn.problem && (
        <p class="notice">
          <b>{turn.problem.reason}</b>: {turn.problem.message}
        </p>
      )}
      <Waterfall timeline={turn.timeline} />
      {turn.chunks.length > 0 && <HeardReply turn={turn} />}
      {known.length > 0 && (
        <dl class="turn-facts">
          {known.map(([term, value]) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      <p class="download">
        <a href={`/turns/${encodeURIComponent(turn.id)}.jsonl${words}`} download>
          Download this turn
        </a>{' '}
        <span class="soft">{showsWords ? 'with what was said, ' : 'without what was said, '}for pressel replay</span>
      </p>
    </div>
  );
}

function tokensInWords({ tokens, wastedTokens }: TurnRow): string {
  return wastedTokens === 0 ? String(tokens) : `${tokens}, and ${wastedTokens} for nothing`;
}
