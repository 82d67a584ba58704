import type { ButtonNotice } from '../../machines/buttonEvents.js';

type Gesture = ButtonNotice['type'];

/**
 * Keeps a press that silences the bell from meaning anything else: whoever gropes for the button in the dark holds it too
 * long, or hits it twice, and wants neither to mute the assistant nor to hear its last answer again.
 */
export class BellPress {
  #isForBell = false;

  /**
   * @param rings whether the bell does at this moment
   * @returns what the gesture means to the assistant; undefined: nothing
   */
  meaningOf(gesture: Gesture, rings: boolean): Gesture | undefined {
    switch (gesture) {
      case 'pressed':
        this.#isForBell = rings;
        return gesture;
      case 'doubleTapped':
        if (!rings) break;
        // The tap before it was too early for the bell: this is the first press that can be meant for it.
        this.#isForBell = true;
        return 'pressed';
      case 'stuck':
      case 'bouncing':
      case 'sane':
        return gesture;
    }
    return this.#isForBell ? undefined : gesture;
  }
}
