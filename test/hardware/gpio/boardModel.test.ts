import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readBoardModel } from '../../../hardware/gpio/boardModel.js';
import { fakeBoard } from './fakeBoard.js';

/** Models as their firmware names them. */
const MODELS = {
  bcm283x: [
    'Raspberry Pi Model B Rev 1',
    'Raspberry Pi Model B Plus Rev 1.2',
    'Raspberry Pi Model A Plus Rev 1.1',
    'Raspberry Pi 2 Model B Rev 1.1',
    'Raspberry Pi 3 Model B Plus Rev 1.3',
    'Raspberry Pi 3 Model A Plus Rev 1.0',
    'Raspberry Pi 4 Model B Rev 1.5',
    'Raspberry Pi 400 Rev 1.0',
    'Raspberry Pi Zero W Rev 1.1',
    'Raspberry Pi Zero 2 W Rev 1.0',
    'Raspberry Pi Compute Module Rev 1.0',
    'Raspberry Pi Compute Module 3 Plus Rev 1.0',
    'Raspberry Pi Compute Module 4 Rev 1.1',
    'Raspberry Pi Compute Module 4S Rev 1.0',
  ],
  rp1: [
    'Raspberry Pi 5 Model B Rev 1.0',
    'Raspberry Pi 500 Rev 1.0',
    'Raspberry Pi Compute Module 5 Rev 1.0',
    'Raspberry Pi Compute Module 5 Lite Rev 1.0',
  ],
  unknown: ['Raspberry Pi 6 Model B', 'Raspberry Pi Pico', 'Orange Pi Zero', 'linux,dummy-virt'],
} as const;

describe('the board', () => {
  for (const gpio of ['bcm283x', 'rp1', 'unknown'] as const) {
    for (const model of MODELS[gpio]) {
      it(`is ${gpio} on a ${model}`, () => {
        const board = fakeBoard(model);
        assert.deepEqual(readBoardModel(board.procFolder), { model, gpio });
        board.remove();
      });
    }
  }

  it('is unknown without a device tree', () => {
    const board = fakeBoard(undefined);
    assert.deepEqual(readBoardModel(board.procFolder), { gpio: 'unknown' });
    board.remove();
  });
});
