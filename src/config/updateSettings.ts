import { z } from 'zod';
import { isPublicKey } from '../update/signature.js';
import { textThat } from './fieldKinds.js';

/** The section about updates, for the schema. */
export const updateSettings = z
  .strictObject({
    url: textThat('an http:// or https:// address, or nothing', isFeedAddress)
      .default('')
      .describe('Where "pressel update" asks for releases: the address of a release.json. Empty: it asks nobody.'),
    public_key: textThat('an Ed25519 public key: 32 bytes in base64', (key) => key === '' || isPublicKey(key))
      .default('')
      .describe('The key that releases must be signed with (release.json.sig). Empty: they are believed as they are.'),
  })
  .describe('Newer versions. Nothing is looked for unless somebody runs "pressel update".');

function isFeedAddress(value: string): boolean {
  return value === '' || (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol));
}
