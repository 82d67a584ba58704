import type { TransitionId } from '../../protocol.js';
import { timesInWords, transitionWords } from '../../view/transitionWords.js';
import type { Pointed } from './ChartView.js';

interface TransitionTipProps {
  readonly pointed: Pointed;
  readonly taken: Readonly<Record<TransitionId, number>>;
}

/** Nearer to the upper edge than this, there is no room above the pointer. */
const ROOM_ABOVE_PX = 90;

/** How often the transitions under the pointer were taken. */
export function TransitionTip({ pointed, taken }: TransitionTipProps) {
  return (
    <div
      class={pointed.y < ROOM_ABOVE_PX ? 'tip below' : 'tip'}
      role="status"
      style={{ left: `${pointed.x}px`, top: `${pointed.y}px` }}
    >
      {pointed.transitions.map((id) => (
        <p key={id}>
          <b>{transitionWords(id).event}</b> taken {timesInWords(taken[id] ?? 0)}
        </p>
      ))}
    </div>
  );
}
