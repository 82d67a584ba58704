const SPELLED: Readonly<Record<string, string>> = {
  ß: 'ss',
  ẞ: 'SS',
  æ: 'ae',
  Æ: 'Ae',
  œ: 'oe',
  Œ: 'Oe',
  ø: 'o',
  Ø: 'O',
  đ: 'd',
  Đ: 'D',
  ł: 'l',
  Ł: 'L',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'Th',
  ı: 'i',
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '–': '-',
  '—': ', ',
  '…': '...',
  '€': ' euro ',
  '£': ' pound ',
  '°': ' degrees ',
};

/**
 * `text` in printable ASCII, for an engine that reads nothing else: accents are dropped ("café" -> "cafe"), typographic
 * marks become plain ones, a letter of another script becomes a space.
 */
export function asciiText(text: string): string {
  return text
    .replace(/[^\p{ASCII}]/gu, (character) => SPELLED[character] ?? character)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x20-\x7e]/g, ' ')
    .replace(/ +/g, ' ')
    .trim();
}
