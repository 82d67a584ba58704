import { useEffect, useState } from 'preact/hooks';
import type { ClientMessage, PanelState } from '../../protocol.js';

interface VolumeControlProps {
  readonly volume: PanelState['volume'];
  readonly isLive: boolean;
  readonly send: (message: ClientMessage) => void;
}

/** What was chosen is shown for so long, even if the appliance has not said so yet. */
const SETTLED_AFTER_MS = 600;

/** How loud it speaks. */
export function VolumeControl({ volume, isLive, send }: VolumeControlProps) {
  const [wished, wish] = useState<number | null>(null);
  useEffect(() => {
    if (wished === null) return;
    const timer = setTimeout(() => wish(null), SETTLED_AFTER_MS);
    return () => clearTimeout(timer);
  }, [wished]);
  const percent = wished ?? volume.percent;
  return (
    <div class="volume">
      <label for="volume">Volume</label>
      <div>
        <input
          id="volume"
          type="range"
          min={0}
          max={100}
          step={5}
          value={percent}
          disabled={!isLive}
          aria-valuetext={`${percent} %${volume.isMuted ? ', muted' : ''}`}
          onInput={({ currentTarget }) => {
            const chosen = Number(currentTarget.value);
            wish(chosen);
            send({ type: 'volume', percent: chosen });
          }}
        />
        <output for="volume">{percent} %</output>
        <button
          type="button"
          class={volume.isMuted ? 'strong' : ''}
          disabled={!isLive}
          onClick={() => send({ type: 'volume', isMuted: !volume.isMuted })}
        >
          {volume.isMuted ? 'Unmute speaker' : 'Mute speaker'}
        </button>
      </div>
    </div>
  );
}
