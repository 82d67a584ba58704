import './panel.css';
import { isActive } from '../../view/statusInWords.js';
import type { LiveConnection } from '../liveConnection.js';
import { usePart, type ViewStore } from '../viewStore.js';
import { AskBox } from './AskBox.js';
import { LedRow } from './LedRow.js';
import { TalkButton } from './TalkButton.js';
import { TracePlot } from './TracePlot.js';
import { VolumeControl } from './VolumeControl.js';

interface PanelViewProps {
  readonly store: ViewStore;
  readonly connection: LiveConnection;
  readonly isLive: boolean;
}

/** The appliance's own controls and lights, from afar. */
export function PanelView({ store, connection, isLive }: PanelViewProps) {
  const panel = usePart(store, (view) => view.panel);
  const clockAheadMs = usePart(store, (view) => view.clockAheadMs);
  const active = usePart(store, (view) => view.active);
  const refusal = usePart(store, (view) => view.refusal);
  if (!panel) return null;
  const isMuted = isActive('turn.muted', active);
  const { send } = connection;
  const command = (type: 'mute' | 'unmute' | 'cancel') => {
    store.change({ type: 'refusalRead' });
    send({ type: 'command', command: type });
  };
  return (
    <section class="panel" aria-labelledby="panel-title">
      <h2 id="panel-title" class="unseen">
        Panel
      </h2>
      <div class="device">
        <LedRow leds={panel.leds} clockAheadMs={clockAheadMs} />
        <TalkButton send={send} isLive={isLive} />
        <p class="soft hint">
          Hold to talk, tap to start or stop, tap twice to hear the answer again, hold long to mute.
          {!panel.hasButton && ' The appliance has no button of its own.'}
        </p>
        <div class="commands">
          <button type="button" disabled={!isLive} onClick={() => command('cancel')}>
            Stop
          </button>
          <button
            type="button"
            class={isMuted ? 'strong' : ''}
            disabled={!isLive}
            onClick={() => command(isMuted ? 'unmute' : 'mute')}
          >
            {isMuted ? 'Unmute microphone' : 'Mute microphone'}
          </button>
        </div>
      </div>
      <div class="panel-side">
        <p class="refusal" role="status">
          {refusal}
        </p>
        <AskBox
          maxChars={panel.maxQuestionChars}
          isLive={isLive}
          onAsk={(question) => {
            store.change({ type: 'refusalRead' });
            send({ type: 'ask', question });
          }}
        />
        <TracePlot store={store} />
        <VolumeControl volume={panel.volume} isLive={isLive} send={send} />
      </div>
    </section>
  );
}
