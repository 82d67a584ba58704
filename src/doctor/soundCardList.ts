/** A sound card, as the kernel knows it. */
export interface SoundCard {
  readonly number: number;
  /** Outlives a restart: "Device". */
  readonly id: string;
  readonly name: string;
}

/** "0 [Device         ]: USB-Audio - USB PnP Sound Device" */
const CARD = /^\s*(\d+) \[(\S+)\s*\]: \S+ - (.+)$/gm;

/** The cards in the text of /proc/asound/cards. */
export function soundCardsOf(text: string): SoundCard[] {
  return [...text.matchAll(CARD)].map(([, number, id = '', name = '']) => ({ number: Number(number), id, name }));
}
