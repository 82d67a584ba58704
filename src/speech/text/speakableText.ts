import { markdownText } from './markdownText.js';
import { sayAddresses } from './spokenAddresses.js';
import { type SpokenWords, spokenWords } from './spokenWords.js';

/** Each pass takes marks away or puts words for them; nested markup needs a pass a level. */
const maxPasses = 6;

/**
 * What a person would read aloud of one chunk of a reply: no markdown, HTML, emoji or code; addresses and symbols in
 * words of `language` (BCP 47). Numbers, money and times stay as they are written. Plain text comes back as it was,
 * without the white space around it; a closing comma or dash stays, as a comma: a voice goes on behind it. What has
 * nothing to say comes back as ''.
 */
export function speakable(chunk: string, language = 'en'): string {
  const words = spokenWords(language);
  let text = chunk;
  for (let pass = 0; pass < maxPasses; pass++) {
    const before = text;
    text = onePass(text, words);
    if (text === before) break;
  }
  if (!/[\p{L}\p{N}]/u.test(text)) return '';
  return /[,–—]\s*$/.test(chunk) && /[\p{L}\p{N})"'’”]$/u.test(text) ? `${text},` : text;
}

function onePass(text: string, words: SpokenWords): string {
  return tidy(withoutMarks(saySymbols(sayAddresses(markdownText(withoutInvisible(text), words), words), words)));
}

/** Characters without ink, and runs of white space. Joiners stay between letters: Indic scripts and Persian are spelled with them. */
function withoutInvisible(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[ \n]*\n/g, '\n')
    .replace(/(?<![\p{L}\p{M}])[\u200C\u200D]|[\u200C\u200D](?![\p{L}\p{M}])/gu, '')
    .replace(
      /[\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFD]|[^\P{Cc}\n\t]|\p{Co}|\p{Cs}/gu,
      '',
    );
}

function saySymbols(text: string, words: SpokenWords): string {
  return text
    .replace(/\s*°\s?C(?!\p{L})/gu, ` ${words.degrees} ${words.celsius}`)
    .replace(/\s*°\s?F(?!\p{L})/gu, ` ${words.degrees} ${words.fahrenheit}`)
    .replace(/\s*℃/g, ` ${words.degrees} ${words.celsius}`)
    .replace(/\s*℉/g, ` ${words.degrees} ${words.fahrenheit}`)
    .replace(/(?<=\p{N})\s*°/gu, ` ${words.degrees} `)
    .replace(/(?<=\p{N})\s*[%％]/gu, ` ${words.percent}`)
    .replace(/(?<=\p{N})\s*[*×]\s*(?=\p{N})/gu, ` ${words.times} `)
    .replace(/(?<=\p{N}|\)) [*×] (?=[\p{N}(])|(?<=(?<!\p{L})\p{L}) \* (?=\p{L}(?!\p{L}))/gu, ` ${words.times} `)
    .replace(/(?<=[\p{L}\p{N}] )@(?= [\p{L}\p{N}])/gu, words.at)
    .replace(/§+\s*(?=\p{N})/gu, `${words.section} `)
    .replace(/(?<=\p{N}|\b\p{L}|\))\^(?=[\p{L}\p{N}(-])/gu, ` ${words.toThePowerOf} `)
    .replace(/~(?=[$€£]?\p{N})/gu, `${words.about} `)
    .replace(/#(?=\p{N})/gu, `${words.number} `)
    .replace(/(?<=\b[A-G])[#♯](?![\p{L}\p{N}])/gu, ` ${words.sharp}`)
    .replace(/(?<=[\p{L}\p{N}.)])\s*&\s*(?=[\p{L}\p{N}])/gu, ` ${words.and} `)
    .replace(/(?<=[\p{L}\p{N})]) < (?=[\p{L}\p{N}(-])/gu, ` ${words.lessThan} `)
    .replace(/(?<=[\p{L}\p{N})]) > (?=[\p{L}\p{N}(-])/gu, ` ${words.greaterThan} `)
    .replace(/\s*(?:[\u2190-\u21FF\u27F0-\u27FF\u2900-\u297F]|<?[-=]+>|<[-=]+)\s*/gu, ', ');
}

/** Emoji with all that modifies them, dingbats, boxes, bullets and daggers. */
export const pictures =
  /(?: ?(?:[©®™ℹ†‡§¶•‣◦∙]|(?!\p{N})\p{Extended_Pictographic}|[\u{1F1E6}-\u{1F1FF}]|[\u{1F3FB}-\u{1F3FF}]|\uFE0E|\uFE0F|\u20E3|[\u2500-\u27BF]|[\u2B00-\u2BFF]))+/gu;

/** What is left of marks and pictures has no words. */
function withoutMarks(text: string): string {
  return text
    .replace(pictures, '\uFFFC')
    .replace(/\uFFFC(?=[.!?,;:])/g, '')
    .replace(/\uFFFC/g, ' ')
    .replace(/(?<=[\p{L}\p{N}])_+(?=[\p{L}\p{N}])/gu, ' ')
    .replace(/[*_`#~|\\^{}<>&@]/g, (mark) => (mark === '|' || mark === '<' || mark === '>' ? ' ' : ''));
}

/** Makes good what taking away left behind: doubled spaces and commas, empty brackets, spaces before stops. */
function tidy(text: string): string {
  return text
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .replace(/[()[\]]\s*[)\]]/g, (pair) => (/^[([]/.test(pair) ? ' ' : pair))
    .replace(/\[([^\][]*)\]/g, '$1')
    .replace(/[[\]]/g, '')
    .replace(/([!！])[!！]+/g, '$1')
    .replace(/([?？])[?？]+/g, '$1')
    .replace(/(?:[?!]){3,}/g, '?!')
    .replace(/\.{4,}/g, '...')
    .replace(/…{2,}/g, '…')
    .replace(/-{2,}/g, ' – ')
    .replace(/[=+]{2,}/g, (marks) => (marks === '++' ? marks : ' '))
    .replace(/(?:\s*,){2,}/g, ',')
    .replace(/(?<=[.!?;:])(?: ,)+(?= |$)/g, '')
    .replace(/(?<=[\p{L}\p{N}])\n(?=\S)/gu, ', ')
    .replace(/\s+/g, ' ')
    .replace(/(?<=[\p{L}\p{N}]) (?=[,.](?:\s|$))/gu, '')
    .replace(/,(?=[.!?;:](?:\s|$))/g, '')
    .replace(/^[\s,;:.–—)\]-]*(?=[\p{L}\p{N}])(?<![.-])|[\s,–—]+$/gu, '')
    .trim();
}
