import { useEffect, useMemo, useRef } from 'preact/hooks';
import { type Rgb, srgb } from '../../../../hardware/leds/rgb.js';
import { composeScene, renderScene, sceneStillForMs } from '../../../../hardware/leds/scene.js';
import type { PanelState } from '../../protocol.js';
import { signalsInWords } from '../../view/signalWords.js';

interface LedRowProps {
  readonly leds: PanelState['leds'];
  readonly clockAheadMs: number;
}

/** The lights as they are now, drawn by what draws the real ones. */
export function LedRow({ leds: { signals, patterns, pixels, since }, clockAheadMs }: LedRowProps) {
  const row = useRef<HTMLDivElement>(null);
  // Without real ones, one is shown: what it would do says as much.
  const count = Math.max(1, pixels);
  const scene = useMemo(() => composeScene(signals, patterns, count), [signals, patterns, count]);
  useEffect(() => {
    const draw = (timeMs: number) => {
      const elements = row.current?.children ?? [];
      renderScene(scene, timeMs).forEach((light, index) => {
        const element = elements[index];
        if (element instanceof HTMLElement) shine(element, light);
      });
    };
    if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) {
      draw(0);
      return;
    }
    let frame = 0;
    let timer = 0;
    const next = () => {
      const timeMs = Math.max(0, Date.now() + clockAheadMs - since);
      draw(timeMs);
      const stillMs = sceneStillForMs(scene, timeMs);
      if (stillMs === Infinity) return;
      timer = window.setTimeout(() => {
        frame = requestAnimationFrame(next);
      }, stillMs);
    };
    next();
    return () => {
      clearTimeout(timer);
      cancelAnimationFrame(frame);
    };
  }, [scene, since, clockAheadMs]);
  return (
    <div class="leds">
      <div ref={row} class="led-row" aria-hidden="true">
        {Array.from({ length: count }, (_, index) => (
          <span key={index} class="led" />
        ))}
      </div>
      <p class="soft">
        {pixels === 0 ? 'A light would say: ' : pixels === 1 ? 'The light says: ' : 'The lights say: '}
        {signalsInWords(signals, patterns)}
      </p>
    </div>
  );
}

function shine(element: HTMLElement, light: Rgb): void {
  const [red, green, blue] = light.map((channel) => Math.round(srgb(channel) * 255));
  const strength = Math.max(...light);
  const colour = `rgb(${red} ${green} ${blue})`;
  element.style.backgroundColor = strength > 0.004 ? colour : '';
  element.style.boxShadow = strength > 0.02 ? `0 0 ${Math.round(4 + 14 * strength)}px ${colour}` : '';
}
