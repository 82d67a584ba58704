import { LedError } from '../../../hardware/leds/drivers.js';
import type { BodyTests } from '../bodyTests.js';
import type { Dialogue } from '../dialogue.js';
import type { NoTest } from '../freeDevices.js';
import type { SetupStep } from '../setupStep.js';

/** Lights the LEDs while the owner is asked whether they do. */
export function ledStep(body: BodyTests, mayTest: (dialogue: Dialogue) => Promise<NoTest>): SetupStep {
  return {
    name: 'leds',
    title: 'LEDs',
    run: async ({ dialogue, settings, signal }) => {
      const leds = body.leds(settings.current.config);
      if (leds === undefined) {
        dialogue.tell('No LED is configured (leds.output). It works without.');
        return { outcome: 'skipped', found: { leds: null } };
      }
      const { name: which, isColoured } = leds;
      const found = { leds: which };
      const noTest = await mayTest(dialogue);
      if (noTest !== undefined) return { outcome: 'skipped', found, ...noTest };
      if (!dialogue.isAttended) return { outcome: 'skipped', found };
      const seen = new AbortController();
      const showing = body.showColours(settings.current.config, AbortSignal.any([signal, seen.signal]));
      const failure = showing.then(
        () => undefined,
        (error: unknown) => error,
      );
      let isSeen: boolean;
      try {
        isSeen = await dialogue.confirm(
          `The LEDs (${which}) ${isColoured ? 'show red, green and blue' : 'blink'}, on and on. Do you see it?`,
          true,
        );
      } finally {
        seen.abort();
      }
      const error = await failure;
      signal.throwIfAborted();
      if (error instanceof LedError) {
        dialogue.tell(error.message, 'warning');
        return { outcome: 'left', found, left: [`The LEDs: ${error.message}`] };
      }
      if (isSeen) return { outcome: 'done', found };
      const left = `The LEDs (${which}) stay dark: check leds.output and what belongs to it; for APA102 switch SPI on: sudo raspi-config nonint do_spi 0`;
      dialogue.tell(left, 'warning');
      return { outcome: 'left', found, left: [left] };
    },
  };
}
