import type { Clock } from '../../../hardware/clock.js';
import { SimulatedButton } from '../../../hardware/gpio/simulatedButton.js';

/** The talk button on the page. It is one, however many pages show it: down as long as anybody holds it. */
export class PanelButton {
  /** For whoever turns presses into gestures. */
  readonly driver: SimulatedButton;
  readonly #holders = new Set<object>();

  constructor(clock: Clock) {
    this.driver = new SimulatedButton(clock, 'button on the page');
  }

  press(holder: object): void {
    this.#holders.add(holder);
    this.driver.press();
  }

  /** Does nothing for whoever does not hold it. */
  release(holder: object): void {
    if (this.#holders.delete(holder) && this.#holders.size === 0) this.driver.release();
  }
}
