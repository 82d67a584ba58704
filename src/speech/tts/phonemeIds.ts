/** Ids of each symbol, as in a Piper voice's `phoneme_id_map`. Has the three below at least. */
export type PhonemeIdMap = Readonly<Record<string, readonly number[]>>;

/** The symbols with a meaning of their own in every map. */
export const PAD = '_';
export const BEGIN = '^';
export const END = '$';

/**
 * The input of a Piper voice: begin, each symbol followed by a pad, end (`phonemes_to_ids` of rhasspy/piper-phonemize).
 * Symbols are code points of the canonical decomposition (NFD). A symbol that the map has only in lower case is taken
 * in lower case, which is how voices with `phoneme_type: "text"` were trained. Others are left out and returned.
 */
export function phonemeIds(symbols: string, map: PhonemeIdMap): { ids: number[]; unknown: string[] } {
  const pad = map[PAD] ?? [];
  const ids = [...(map[BEGIN] ?? []), ...pad];
  const unknown: string[] = [];
  for (const symbol of symbols.normalize('NFD')) {
    const own = Object.hasOwn(map, symbol) ? map[symbol] : map[symbol.toLowerCase()];
    if (own) ids.push(...own, ...pad);
    else unknown.push(symbol);
  }
  ids.push(...(map[END] ?? []));
  return { ids, unknown };
}
