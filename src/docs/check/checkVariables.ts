import { SETTINGS } from '../../config/config.js';
import { BOARD_VARIABLE, MODELS_VARIABLE, variableName } from '../../config/environment.js';
import { didYouMean } from '../../config/nearestName.js';
import type { Checkout } from './checkout.js';
import { type Document, proseOf } from './document.js';
import type { Finding } from './finding.js';

/** Not a variable: how the documents write the pattern of all names. */
const PATTERN = 'PRESSEL_SECTION_KEY';

/** Finds variables of the environment, `PRESSEL_...`, that nothing reads. */
export function checkVariables(document: Document, checkout: Checkout): Finding[] {
  const settings = [...SETTINGS].flatMap(([section, keys]) => keys.map((key) => variableName(section, key)));
  const known = [PATTERN, BOARD_VARIABLE, MODELS_VARIABLE, ...settings];
  const code = document.blocks.filter((block) => block.kind === 'code');
  const texts = [...code, ...proseOf(document).flatMap(({ spans }) => spans)];
  return texts.flatMap(({ text, line }) =>
    text.split('\n').flatMap((row, index) =>
      [...row.matchAll(/\bPRESSEL_[A-Z][A-Z_]*[A-Z]\b/g)].flatMap(([name]) => {
        if (known.includes(name) || checkout.readsVariable(name)) return [];
        return [{ file: document.file, line: line + index, what: `nothing reads ${name}${didYouMean(name, known)}` }];
      }),
    ),
  );
}
