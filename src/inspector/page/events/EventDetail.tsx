import type { LogEntry } from '../../protocol.js';
import { clockTime } from '../../view/durations.js';

interface EventDetailProps {
  readonly entry: LogEntry;
  readonly onClose: () => void;
}

/** One entry of the log in full. */
export function EventDetail({ entry, onClose }: EventDetailProps) {
  const { number, at, event, detail, taken, state, turn } = entry;
  return (
    <section class="event-detail" aria-label={`Event ${number}`}>
      <button type="button" class="plain close" onClick={onClose}>
        Close
      </button>
      <h3>{event}</h3>
      <dl>
        <dt>At</dt>
        <dd>
          {clockTime(at)}, number {number}
        </dd>
        {detail !== '' && (
          <>
            <dt>With</dt>
            <dd class="code">{detail}</dd>
          </>
        )}
        <dt>Has taken</dt>
        <dd class="code">
          {taken.length === 0 ? 'nothing: it was ignored' : taken.map((id) => <div key={id}>{id}</div>)}
        </dd>
        <dt>Led to</dt>
        <dd>{state ?? 'the same states'}</dd>
        {turn !== null && (
          <>
            <dt>Turn</dt>
            <dd>{turn}</dd>
          </>
        )}
      </dl>
    </section>
  );
}
