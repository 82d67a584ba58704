import type { configSchema } from '../config/schema.js';

type Sections = (typeof configSchema)['shape'];

/** Values of settings, by section and key as in the file. */
type Settings = { readonly [Section in keyof Sections]?: Readonly<Partial<Sections[Section]['_zod']['input']>> };

/** A board that is plugged onto the Pi, or parts wired to it in a usual way. */
export interface BoardProfile {
  /** For people: what it is. */
  readonly description: string;
  /** What it stands for: the defaults of these settings. */
  readonly settings: Settings;
}

/** Boards by the name that `board = "..."` has in the configuration. */
export const BOARD_PROFILES = {
  none: { description: 'nothing is plugged onto the Pi', settings: {} },

  /** Seeed ReSpeaker 2-Mics Pi HAT: button on GPIO17, three APA102 on SPI, WM8960 sound. */
  'respeaker-2mic': {
    description: 'Seeed ReSpeaker 2-Mics Pi HAT',
    settings: {
      button: { line: 'GPIO17', active_low: true },
      leds: { output: 'apa102', spi_device: '/dev/spidev0.0', pixels: 3 },
      audio: { input: 'plughw:CARD=seeed2micvoicec', output: 'plughw:CARD=seeed2micvoicec' },
    },
  },

  /** A push-button between GPIO17 and ground, an LED with its resistor between GPIO27 and ground. */
  'button-and-led': {
    description: 'a button on GPIO17 and an LED on GPIO27',
    settings: {
      button: { line: 'GPIO17', active_low: true },
      leds: { output: 'gpio', lines: 'GPIO27', active_low: false },
    },
  },

  /** PiSugar Whisplay HAT: button on GPIO17, RGB LED with a common plus pole on GPIO25, 24, 23, WM8960 sound. */
  whisplay: {
    description: 'PiSugar Whisplay HAT',
    settings: {
      button: { line: 'GPIO17', active_low: false },
      leds: { output: 'rgb', lines: 'GPIO25,GPIO24,GPIO23', active_low: true },
      audio: { input: 'plughw:CARD=wm8960soundcard', output: 'plughw:CARD=wm8960soundcard' },
    },
  },
} as const satisfies Readonly<Record<string, BoardProfile>>;

export type BoardName = keyof typeof BOARD_PROFILES;

export const BOARD_NAMES = Object.keys(BOARD_PROFILES) as readonly BoardName[];
