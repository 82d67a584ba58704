import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { ClientMessage } from '../../protocol.js';

interface TalkButtonProps {
  readonly send: (message: ClientMessage) => void;
  readonly isLive: boolean;
}

const KEYS = [' ', 'Enter'];

/**
 * The talk button: held, tapped, tapped twice or held long, as the real one. It is let go of whenever it is not known to be
 * held any more: nobody must be listened to because a finger slid off the page.
 */
export function TalkButton({ send, isLive }: TalkButtonProps) {
  const isDown = useRef(false);
  const [looksDown, look] = useState(false);
  const set = useCallback(
    (pressed: boolean) => {
      if (isDown.current === pressed) return;
      isDown.current = pressed;
      look(pressed);
      send({ type: 'button', pressed });
    },
    [send],
  );
  const release = useCallback(() => set(false), [set]);

  useEffect(() => {
    const hidden = () => document.visibilityState === 'hidden' && release();
    window.addEventListener('blur', release);
    window.addEventListener('pagehide', release);
    document.addEventListener('visibilitychange', hidden);
    return () => {
      window.removeEventListener('blur', release);
      window.removeEventListener('pagehide', release);
      document.removeEventListener('visibilitychange', hidden);
      release();
    };
  }, [release]);
  // The appliance lets go by itself of what a lost page has held.
  useEffect(() => {
    if (!isLive) release();
  }, [isLive, release]);

  return (
    <button
      type="button"
      class={looksDown ? 'talk down' : 'talk'}
      aria-disabled={!isLive}
      onPointerDown={(event) => {
        if (event.button !== 0 || !isLive) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        set(true);
      }}
      onPointerUp={release}
      onPointerCancel={release}
      onLostPointerCapture={release}
      onContextMenu={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (!KEYS.includes(event.key)) return;
        event.preventDefault();
        if (!event.repeat && isLive) set(true);
      }}
      onKeyUp={(event) => {
        if (!KEYS.includes(event.key)) return;
        event.preventDefault();
        release();
      }}
      onBlur={release}
    >
      Talk
    </button>
  );
}
