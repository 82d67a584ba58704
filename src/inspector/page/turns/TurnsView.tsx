import { useMemo } from 'preact/hooks';
import './turns.css';
import { stageFigures } from '../../view/stageFigures.js';
import { usePart, type ViewStore } from '../viewStore.js';
import { FigureTable } from './FigureTable.js';
import { FirstAudioPlot } from './FirstAudioPlot.js';
import { TurnItem } from './TurnItem.js';

interface TurnsViewProps {
  readonly store: ViewStore;
  readonly showsWords: boolean;
}

/** Where the time went: of all turns, and of each. */
export function TurnsView({ store, showsWords }: TurnsViewProps) {
  const turns = usePart(store, (view) => view.turns);
  const figures = useMemo(() => stageFigures(turns), [turns]);
  const newestFirst = useMemo(() => [...turns].reverse(), [turns]);
  return (
    <div class="turns">
      <section class="summary" aria-labelledby="summary-title">
        <h2 id="summary-title">Time to first audio</h2>
        <p class="soft">From your last word to the first sound of the reply, over the turns below.</p>
        {figures.length > 0 && (
          <div class="summary-parts">
            <FirstAudioPlot turns={turns} />
            <FigureTable figures={figures} />
          </div>
        )}
      </section>
      <section aria-labelledby="turns-title">
        <h2 id="turns-title">
          Turns <span class="soft">{turns.length}</span>
        </h2>
        {turns.length === 0 && <p class="soft">Nobody has asked anything since the start.</p>}
        <ol class="turn-list">
          {newestFirst.map((turn) => (
            <TurnItem key={turn.id} turn={turn} showsWords={showsWords} />
          ))}
        </ol>
      </section>
    </div>
  );
}
