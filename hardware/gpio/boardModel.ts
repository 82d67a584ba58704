import { readFileSync } from 'node:fs';
import path from 'node:path';

/** What kind of machine this is, as far as its GPIO is concerned. */
export interface BoardModel {
  /** As the device tree says: "Raspberry Pi 4 Model B Rev 1.4"; undefined on machines without one. */
  readonly model?: string;
  /** `bcm283x`: GPIO in the processor, as on every Raspberry Pi up to the 4; the Pi 5 has it in a chip of its own. */
  readonly gpio: 'bcm283x' | 'rp1' | 'unknown';
}

/** Model 1 A/B(+), 2, 3, 4, 400, Zero (2), Compute Module 1, 3 and 4. A list, so that no later model is taken for one. */
const BCM283X = /^Raspberry Pi (?:Model [AB]|[234] Model|400\b|Zero\b|Compute Module(?: [134]S?\b| Rev\b|$))/;
const RP1 = /^Raspberry Pi (?:5\b|500\b|Compute Module 5)/;

/** Reads the device tree's model, which the kernel shows below `procFolder`. */
export function readBoardModel(procFolder = '/proc'): BoardModel {
  let model: string;
  try {
    // The property is a C string.
    model = readFileSync(path.join(procFolder, 'device-tree', 'model'), 'utf8').replace(/\0+$/, '');
  } catch {
    return { gpio: 'unknown' };
  }
  return { model, gpio: BCM283X.test(model) ? 'bcm283x' : RP1.test(model) ? 'rp1' : 'unknown' };
}
