/** Sounds of thinking, wherever they are, with the pauses around them. Not "mm", which is a unit of length. */
const HESITATIONS = /,? ?\b(?:u+h?m+|u+h+|e+r+m*|e+h+m*|h+m+)\b(?:,|\.{2,}|…)?/gi;

/** An utterance without "uh" and "um": "add, uh, milk" is "add, milk", of which `spellSymbols` makes words. */
export function withoutHesitations(utterance: string): string {
  return utterance.replaceAll(HESITATIONS, (sound) => (sound.includes(',') ? ', ' : ' '));
}
