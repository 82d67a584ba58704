import type { TransitionId } from '../../protocol.js';
import { mostTaken, timesInWords, transitionWords } from '../../view/transitionWords.js';

interface TakenListProps {
  readonly taken: Readonly<Record<TransitionId, number>>;
  /** Somebody looks at that one. */
  readonly onPoint: (id: TransitionId | null) => void;
}

/** What the drawing shows when it is pointed at, as a list: for the keyboard, and for whoever cannot see it. */
export function TakenList({ taken, onPoint }: TakenListProps) {
  const transitions = mostTaken(taken);
  return (
    <section class="taken" aria-labelledby="taken-title">
      <h3 id="taken-title">Taken since the start</h3>
      {transitions.length === 0 && <p class="soft">Nothing has happened yet.</p>}
      <ol>
        {transitions.map(([id, count]) => (
          <TakenRow key={id} id={id} count={count} onPoint={onPoint} />
        ))}
      </ol>
    </section>
  );
}

interface TakenRowProps {
  readonly id: TransitionId;
  readonly count: number;
  readonly onPoint: (id: TransitionId | null) => void;
}

function TakenRow({ id, count, onPoint }: TakenRowProps) {
  const { from, event } = transitionWords(id);
  return (
    <li>
      <button
        type="button"
        onFocus={() => onPoint(id)}
        onBlur={() => onPoint(null)}
        onPointerEnter={() => onPoint(id)}
        onPointerLeave={() => onPoint(null)}
      >
        <span class="event">{event}</span>
        <span class="count">
          <span aria-hidden="true">{count}</span>
          <span class="unseen">{timesInWords(count)}</span>
        </span>
        <span class="from">{from || 'anywhere'}</span>
      </button>
    </li>
  );
}
